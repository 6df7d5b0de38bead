import { z } from 'zod'
import { meanOf } from '../correlation'
import { ExplainerError } from '../errors'
import type { FloatTensor, Json } from '../evidence'
import { throwIfCancelled } from '../language/cancellation'
import type { LanguageExplainer } from '../language/language-explainer'
import type { EncodedText } from '../language/language-model'
import { describeTokens } from '../language/sentence-input'
import type { TokenizedText } from '../language/tokenizer'
import { cosineSimilarity, euclideanDistance, meanVector, stateOf } from '../language/vectors'

/** Sentences with the characters that are compared in each, [start, end) in UTF-16 units. */
export interface SimilarityInput {
  readonly sentences: readonly {
    readonly text: string
    readonly group: string
    readonly selection: readonly [number, number]
  }[]
}

type SimilarityParameters = {
  readonly metric: 'cosine' | 'euclidean'
  /** Two sentences, counted from 0, whose similarity is followed through the layers. */
  readonly pair: [number, number]
}

/**
 * Compares the contextual embeddings of one selected word in several sentences, at every hidden state from 0 (the
 * embedding before any layer) to the last. A selection of several tokens is compared by their mean.
 *
 * arrays: `matrices` [layers+1, sentences, sentences]: cosine similarity, or Euclidean distance; `vectors`
 * [layers+1, sentences, width]; and what they were read from, filled up with zeros to the longest sentence:
 * `hidden_states` [sentences, layers+1, tokens, width], `attentions` [sentences, layers, heads, tokens, tokens].
 * measurements.layers: per hidden state `within` (per group, mean over its different pairs; null for a group of one),
 * `between` (mean over pairs of different groups), `contrast` (how much more alike within groups than between:
 * difference of the means for cosine, between − within for distances, divided by the between-group mean for both), and
 * `deviation` (standard deviation inside the blocks: small where their colour is even), and `separation`, the difference
 * divided by the deviation, which has no unit: it compares metrics.
 * `pair` follows two sentences; `turningPoint` is the layer from 1 to the last but one where they are least alike,
 * `trend` names its place. `embedding` lists, at layer 0, every pair's value beside the positions of the selection,
 * the lengths of the sentences and how often the selected text occurs.
 */
export const embeddingSimilarity: LanguageExplainer<SimilarityInput, SimilarityParameters> = {
  method: 'embedding-similarity',
  version: 1,
  input: () =>
    z.strictObject({
      sentences: z
        .array(
          z.strictObject({
            text: z.string().min(1).max(500),
            group: z.string().min(1),
            selection: z.tuple([z.int().nonnegative(), z.int().positive()]),
          }),
        )
        .min(2)
        .max(50),
    }),
  parameters: () =>
    z.strictObject({
      metric: z.enum(['cosine', 'euclidean']).default('cosine'),
      pair: z.tuple([z.int().nonnegative(), z.int().nonnegative()]).default([0, 1]),
    }),
  async explain({ model, input, parameters, signal }) {
    const { metric, pair } = parameters
    const count = input.sentences.length
    if (pair.some((sentence) => sentence >= count) || pair[0] === pair[1]) {
      throw new ExplainerError(
        'invalid-parameter',
        'pair',
        `pair [${pair}]: two different numbers from 0 to ${count - 1} are allowed`,
      )
    }
    const selected: Selected[] = []
    const vectors: Float32Array[][] = []
    const encoded: EncodedText[] = []
    for (const sentence of input.sentences) {
      throwIfCancelled(signal)
      const text = model.tokenizer.tokenize(sentence.text)
      const positions = selectedPositions(text, sentence.selection)
      const states = await model.encode(text)
      encoded.push(states)
      selected.push({ ...sentence, tokenized: text, positions })
      vectors.push(statesOfSelection(states.hiddenStates, positions))
    }
    const states = model.config.layers + 1
    const compare = metric === 'cosine' ? cosineSimilarity : euclideanDistance
    const matrices = Array.from({ length: states }, (_, state) =>
      vectors.map((one) => vectors.map((other) => compare(one[state]!, other[state]!))),
    )
    const followed = matrices.map((matrix) => matrix[pair[0]]![pair[1]]!)
    return {
      arrays: {
        hidden_states: stackPadded(
          encoded.map(({ hiddenStates }) => hiddenStates),
          [1],
        ),
        attentions: stackPadded(
          encoded.map(({ attentions }) => attentions),
          [2, 3],
        ),
        matrices: { data: Float32Array.from(matrices.flat(2)), shape: [states, count, count] },
        vectors: stackVectors(vectors, states),
      },
      measurements: {
        metric,
        sentences: selected.map((item) => ({
          text: item.text,
          group: item.group,
          selection: [...item.selection],
          selected: item.text.slice(...item.selection),
          positions: item.positions,
          tokens: describeTokens(item.tokenized.tokens),
        })),
        layers: matrices.map((matrix, state) => ({
          layer: state,
          ...blockContrast(
            matrix,
            selected.map(({ group }) => group),
            metric,
          ),
        })),
        pair: { sentences: pair, values: followed, ...describeTrend(followed, metric) },
        embedding: embeddingPairs(selected, matrices[0]!),
      },
      batch: 1,
    }
  },
}

interface Selected {
  readonly text: string
  readonly group: string
  readonly selection: readonly [number, number]
  readonly tokenized: TokenizedText
  readonly positions: number[]
}

/** @returns the positions of the tokens that share a character with [start, end). */
function selectedPositions({ tokens, texts }: TokenizedText, selection: readonly [number, number]): number[] {
  const [start, end] = selection
  const positions = tokens.flatMap(({ span }, position) =>
    span && span[0] < end && span[1] > start ? [position] : [],
  )
  if (positions.length > 0) return positions
  throw new ExplainerError(
    'invalid-parameter',
    'selection',
    `characters ${start} to ${end} of '${texts[0]}' are no token; it has ${texts[0].length} characters`,
  )
}

function statesOfSelection(states: FloatTensor, positions: readonly number[]): Float32Array[] {
  return Array.from({ length: states.shape[0] ?? 0 }, (_, layer) =>
    meanVector(positions.map((position) => stateOf(states, layer, position))),
  )
}

function stackVectors(vectors: readonly (readonly Float32Array[])[], states: number): FloatTensor {
  const width = vectors[0]![0]!.length
  const data = new Float32Array(states * vectors.length * width)
  for (const [sentence, layers] of vectors.entries()) {
    for (const [state, vector] of layers.entries())
      data.set(vector, (state * vectors.length + sentence) * width)
  }
  return { data, shape: [states, vectors.length, width] }
}

/** Stacks tensors that differ in some axes on a new first axis, each filled up with zeros. */
function stackPadded(tensors: readonly FloatTensor[], ragged: readonly number[]): FloatTensor {
  const shape = tensors[0]!.shape.map((size, axis) =>
    ragged.includes(axis) ? Math.max(...tensors.map((tensor) => tensor.shape[axis]!)) : size,
  )
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  const each = shape.reduce((product, size) => product * size, 1)
  const data = new Float32Array(each * tensors.length)
  const copy = (from: FloatTensor, axis: number, source: number, target: number): number => {
    const size = from.shape[axis]!
    if (axis === from.shape.length - 1) {
      data.set(from.data.subarray(source, source + size), target)
      return source + size
    }
    let next = source
    for (let place = 0; place < size; place++)
      next = copy(from, axis + 1, next, target + place * strides[axis]!)
    return next
  }
  for (const [index, tensor] of tensors.entries()) copy(tensor, 0, 0, index * each)
  return { data, shape: [tensors.length, ...shape] }
}

/** See `embeddingSimilarity`. @param matrix symmetric, [sentences][sentences] */
export function blockContrast(
  matrix: readonly (readonly number[])[],
  groups: readonly string[],
  metric: 'cosine' | 'euclidean',
) {
  const pairs = groups.flatMap((group, one) =>
    groups.flatMap((otherGroup, other) =>
      other > one ? [{ block: group === otherGroup ? group : null, value: matrix[one]![other]! }] : [],
    ),
  )
  const valuesOf = (block: string | null) =>
    pairs.filter((pair) => pair.block === block).map((pair) => pair.value)
  const names = [...new Set(groups)]
  const blocks = [...names, null].map(valuesOf).filter((values) => values.length > 0)
  const inside = names.flatMap(valuesOf)
  const outside = valuesOf(null)
  const within = Object.fromEntries(
    names.map((name) => {
      const values = valuesOf(name)
      return [name, values.length === 0 ? null : meanOf(values)]
    }),
  )
  const variances = blocks.flatMap((values) => {
    const centre = meanOf(values)
    return values.map((value) => (value - centre) ** 2)
  })
  const deviation = Math.sqrt(meanOf(variances))
  const isComparable = inside.length > 0 && outside.length > 0
  const gain = isComparable ? (metric === 'cosine' ? 1 : -1) * (meanOf(inside) - meanOf(outside)) : null
  return {
    within,
    between: outside.length === 0 ? null : meanOf(outside),
    contrast: gain === null || meanOf(outside) === 0 ? null : gain / Math.abs(meanOf(outside)),
    deviation,
    separation: gain === null || deviation === 0 ? null : gain / deviation,
  }
}

/** Where a pair is least alike between layer 1 and the last but one, and what that makes of its way there. */
function describeTrend(values: readonly number[], metric: 'cosine' | 'euclidean') {
  const likeness = values.slice(1, -1).map((value) => (metric === 'cosine' ? value : -value))
  const lowest = likeness.indexOf(Math.min(...likeness))
  const highest = likeness.indexOf(Math.max(...likeness))
  const last = likeness.length - 1
  const isInside = (place: number) => place > 0 && place < last
  const trend = isInside(lowest)
    ? 'falls-then-rises'
    : isInside(highest)
      ? 'rises-then-falls'
      : lowest === last
        ? 'falls'
        : 'rises'
  return { turningPoint: lowest + 1, highest: highest + 1, trend }
}

function embeddingPairs(items: readonly Selected[], matrix: readonly (readonly number[])[]): Json {
  const occurrences = ({ text, selection }: Selected) => text.split(text.slice(...selection)).length - 1
  return items.flatMap((one, first) =>
    items.flatMap((other, second) =>
      second > first
        ? [
            {
              sentences: [first, second],
              value: matrix[first]![second]!,
              positions: [one.positions[0]!, other.positions[0]!],
              lengths: [one.tokenized.tokens.length, other.tokenized.tokens.length],
              occurrences: [occurrences(one), occurrences(other)],
              groups: [one.group, other.group],
            },
          ]
        : [],
    ),
  )
}
