import { z } from 'zod'
import type { CorpusIndex, Match } from '../corpus/corpus-index'
import { ExplainerError } from '../errors'
import type { Json } from '../evidence'
import { throwIfCancelled } from '../language/cancellation'
import type { LanguageExplainer } from '../language/language-explainer'
import type { LanguageModel } from '../language/language-model'
import { hiddenStatePlace, type LayerNumbering, layerRange } from '../language/layer-numbering'
import { partOfSpeechAt, tagSentences } from '../language/parts-of-speech'
import {
  describeTokens,
  positionsSchema,
  type SentenceInput,
  sentenceInputSchema,
} from '../language/sentence-input'
import type { TokenizedText } from '../language/tokenizer'
import { stateOf } from '../language/vectors'

type CorpusSearchParameters = {
  /** Token position whose embedding is searched for. */
  readonly position: number
  /** Token positions replaced by [MASK]; may hold `position`. */
  readonly masks: number[]
  /** How `layers` are counted; `exbert` is the homework's, one less than what its name says. */
  readonly numbering: LayerNumbering
  /** Layers searched; default: all of the numbering. */
  readonly layers: number[]
  /** Matches in a layer. */
  readonly k: number
  /** Heads whose attention is asked for, counted from 1; null: the mean of all. */
  readonly head: number | null
}

/** What can be said of a search before there is an index. */
export const corpusSearchMethod: Omit<LanguageExplainer<SentenceInput, CorpusSearchParameters>, 'explain'> = {
  method: 'corpus-search',
  version: 1,
  input: () => sentenceInputSchema,
  parameters: (variant, { config }) => parametersFor(variant === 'homework' ? 'exbert' : 'output', config),
}

/**
 * The k nearest contextual embeddings of a token in a corpus, with the part of speech of the whole matched word, as
 * exBERT does it (Hoover, Strobelt & Gehrmann, 2020): corpus embedded with [CLS] and [SEP] hidden from attention, the
 * sentence with them; cosine similarity.
 *
 * arrays: `hidden_states`, `attentions` of the sentence.
 * measurements.layers, one for each layer searched: `matches`, histograms of part of speech (`partsOfSpeech`) and of
 * the token that a match attends to most at that layer (`attended`), most frequent first; `mode` is the most frequent
 * part of speech, of equally frequent ones the one with the nearer match. `partOfSpeech` is the unmasked word's own;
 * `firstAgreement` the first layer from which on every searched layer's mode equals it, null where there is none.
 */
export function corpusSearch(index: CorpusIndex): LanguageExplainer<SentenceInput, CorpusSearchParameters> {
  return {
    ...corpusSearchMethod,
    async explain({ model, input, parameters, signal }) {
      if (index.progress.model.sha256 !== model.sha256) {
        throw new ExplainerError(
          'corpus-not-indexed',
          index.corpus.name,
          `the index is of ${index.progress.model.name}, not of ${model.name}`,
        )
      }
      const { position, masks, numbering, layers, k, head } = parameters
      const text = model.tokenizer.tokenize(input.sentence)
      const token = text.tokens[position]
      if (!token?.span) {
        throw new ExplainerError(
          'invalid-parameter',
          'position',
          `position ${position} is no word of the sentence; allowed are 1 to ${text.tokens.length - 2}`,
        )
      }
      throwIfCancelled(signal)
      const { hiddenStates, attentions } = await model.encode(text, { masks })
      const partOfSpeech = partOfSpeechOf(text, position)
      const found = []
      for (const layer of layers) {
        throwIfCancelled(signal)
        const state = hiddenStatePlace(layer, numbering)
        const matches = await index.search(stateOf(hiddenStates, state, position), state, k)
        // The attention of the layer of the same number; the embedding (0) has none and is shown with the first's.
        const attendedIn = Math.max(0, layer - 1)
        const rows = matches.map((match) => match.row)
        const attended = await index.attendedRows(rows, attendedIn, head === null ? undefined : head - 1)
        found.push(describeLayer(index, model, layer, state, matches, attended))
      }
      const agreeing = found.findLastIndex((layer) => layer.mode !== partOfSpeech)
      return {
        arrays: { hidden_states: hiddenStates, attentions },
        measurements: {
          corpus: {
            name: index.corpus.name,
            sha256: index.corpus.sha256,
            source: index.corpus.source,
            tokens: index.progress.tokens,
          },
          tokens: describeTokens(text.tokens),
          position,
          masks,
          numbering,
          k,
          partOfSpeech,
          firstAgreement: found[agreeing + 1]?.layer ?? null,
          layers: found,
        },
        batch: 1,
      }
    },
  }
}

function parametersFor(defaultNumbering: LayerNumbering, config: LanguageModel['config']) {
  return z
    .strictObject({
      position: z.int().nonnegative(),
      masks: positionsSchema.default([]),
      numbering: z.enum(['exbert', 'output']).default(defaultNumbering),
      layers: z.array(z.int()).min(1).optional(),
      k: z.int().min(1).max(500).default(50),
      head: z.int().min(1).max(config.heads).nullable().default(null),
    })
    .transform(({ layers, ...rest }, context) => {
      const [first, last] = layerRange(config.layers, rest.numbering)
      const all = Array.from({ length: last - first + 1 }, (_, index) => first + index)
      const wrong = layers?.find((layer) => layer < first || layer > last)
      if (wrong !== undefined) {
        context.addIssue(`layer ${wrong} does not exist in numbering ${rest.numbering}: ${first} to ${last}`)
        return z.NEVER
      }
      return { ...rest, layers: layers ? [...new Set(layers)].sort((one, other) => one - other) : all }
    })
}

/** Tags the sentence as it was typed, before masking. */
function partOfSpeechOf(text: TokenizedText, position: number): string {
  const [start, end] = text.tokens[position]!.span!
  let from = 0
  for (const sentence of tagSentences(text.texts[0])) {
    const offset = text.texts[0].indexOf(sentence.text, from)
    from = offset + sentence.text.length
    if (start < from) return partOfSpeechAt(sentence.words, start - offset, end - offset)
  }
  return 'X'
}

function describeLayer(
  index: CorpusIndex,
  model: LanguageModel,
  layer: number,
  state: number,
  matches: readonly Match[],
  attended: readonly number[],
) {
  const described = matches.map(({ row, similarity }, place) => {
    const token = index.token(row)
    const target = index.token(attended[place]!)
    return {
      similarity,
      sentence: index.corpus.sentences[token.sentence]!.text,
      sentenceNumber: token.sentence,
      token: model.tokenizer.textOf(token.id),
      span: [...token.span],
      pos: token.pos,
      attended: { token: model.tokenizer.textOf(target.id), span: [...target.span] },
    }
  })
  const partsOfSpeech = histogram(described.map((match) => match.pos))
  return {
    layer,
    state,
    mode: partsOfSpeech[0]!.value,
    partsOfSpeech,
    attended: histogram(described.map((match) => match.attended.token)),
    matches: described,
  } satisfies Json
}

/** Most frequent first; a stable sort keeps the earlier of equals, which belongs to the nearer match, in front. */
function histogram(values: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((one, other) => other.count - one.count)
}
