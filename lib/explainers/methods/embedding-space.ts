import { z } from 'zod'
import { meanOf } from '../correlation'
import { ExplainerError } from '../errors'
import type { FloatTensor } from '../evidence'
import { findAnswer, passagePositions, predictAnswer } from '../language/answer-span'
import { throwIfCancelled } from '../language/cancellation'
import type { LanguageExplainer } from '../language/language-explainer'
import { tagSentences } from '../language/parts-of-speech'
import { type Projection, principalComponents } from '../language/principal-components'
import { describeTokens } from '../language/sentence-input'
import type { TokenizedText } from '../language/tokenizer'
import {
  cosineSimilarity,
  euclideanDistance,
  innerProducts,
  meanVector,
  stateOf,
  unitVector,
} from '../language/vectors'

/** A question, the passage that answers it and, where it is known, the answer as it stands there. */
export interface QuestionInput {
  readonly question: string
  readonly context: string
  readonly answer?: string | undefined
}

type EmbeddingSpaceParameters = {
  /** Tokens that the axes are fitted to: the notebook's PCA sees [CLS] and [SEP] too, which it does not draw. */
  readonly fit: 'all' | 'words'
  /** Neighbours that a token's purity looks at. */
  readonly neighbours: number
}

/**
 * How a question-answering model arranges question, passage and answer, layer by layer (van Aken et al., 2019, "How
 * Does BERT Answer Questions?").
 *
 * arrays: `hidden_states` [layers+1, tokens, width], `attentions` [layers, heads, tokens, tokens]; `points` [layers, tokens, 2], the two principal components of
 * each layer 1 to layers; `measures` [layers, 5] in the order of `SPACE_MEASURES`.
 * - `answer-distance-ratio`: distance of the answer's mean from the centroid of the other words, divided by the mean
 *   distance of these from it. The answer is the given one where the input has it, else the predicted one
 * - `question-relevant`: cosine of the question's mean with the mean of the sentence that holds the answer, and
 *   `question-rest` with the mean of the passage's other sentences (0 where there are none)
 * - `purity`: mean share of a passage word's nearest neighbours (cosine, in the passage) that stand in its own
 *   sentence; `purity-chance`: the same for neighbours drawn at random
 */
export const embeddingSpace: LanguageExplainer<QuestionInput, EmbeddingSpaceParameters> = {
  method: 'embedding-space',
  version: 1,
  input: () =>
    z.strictObject({
      question: z.string().trim().min(1).max(500),
      context: z.string().trim().min(1).max(4000),
      answer: z.string().trim().min(1).max(200).optional(),
    }),
  parameters: (variant) =>
    z.strictObject({
      fit: z.enum(['all', 'words']).default(variant === 'homework' ? 'all' : 'words'),
      neighbours: z.int().min(1).max(50).default(5),
    }),
  async explain({ model, input, parameters, signal }) {
    if (!model.heads.questionAnswering) {
      throw new ExplainerError(
        'model-unsupported',
        model.name,
        `${model.name} has no question-answering head (qa_outputs); embedding-space needs one`,
      )
    }
    const text = model.tokenizer.tokenize(input.question, input.context)
    const given = input.answer === undefined ? undefined : findAnswer(text, input.answer)
    if (input.answer !== undefined && !given) {
      throw new ExplainerError(
        'invalid-parameter',
        'answer',
        `'${input.answer}' does not stand in the passage; give it as it is written there`,
      )
    }
    throwIfCancelled(signal)
    const { hiddenStates, attentions, spanLogits } = await model.encode(text)
    const predicted = predictAnswer(spanLogits!, text)
    const answer = given ?? predicted
    const places = placesOf(text, answer)
    const layers = model.config.layers
    const projections: Projection[] = []
    const measures: number[][] = []
    for (let layer = 1; layer <= layers; layer++) {
      throwIfCancelled(signal)
      projections.push(project(hiddenStates, layer, text, parameters.fit))
      measures.push(measureLayer(hiddenStates, layer, places, parameters.neighbours))
    }
    const kinds = text.tokens.map((token, position) => {
      if (token.special) return 'special'
      if (position >= answer.first && position <= answer.last) return 'answer'
      return token.sequence === 0 ? 'question' : 'context'
    })
    return {
      arrays: {
        hidden_states: hiddenStates,
        attentions,
        points: {
          data: Float32Array.from(projections.flatMap(({ points }) => points.flat())),
          shape: [layers, text.tokens.length, 2],
        },
        measures: { data: Float32Array.from(measures.flat()), shape: [layers, SPACE_MEASURES.length] },
      },
      measurements: {
        tokens: describeTokens(text.tokens),
        kinds,
        predicted: { ...predicted, span: [...predicted.span] },
        answer: {
          source: given ? 'given' : 'predicted',
          first: answer.first,
          last: answer.last,
          text: answer.text,
        },
        relevantSentence: places.relevantSentence,
        names: [...SPACE_MEASURES],
        layers: measures.map((values, index) => ({
          layer: index + 1,
          explained: [...projections[index]!.explained],
          ...Object.fromEntries(SPACE_MEASURES.map((name, place) => [name, values[place]!])),
        })),
      },
      batch: 1,
    }
  },
}

export const SPACE_MEASURES = [
  'answer-distance-ratio',
  'question-relevant',
  'question-rest',
  'purity',
  'purity-chance',
] as const

interface Places {
  readonly question: readonly number[]
  readonly answer: readonly number[]
  /** Words of question and passage that are not the answer. */
  readonly others: readonly number[]
  readonly relevant: readonly number[]
  readonly rest: readonly number[]
  /** Passage positions with the number of their sentence. */
  readonly passage: readonly { readonly position: number; readonly sentence: number }[]
  readonly relevantSentence: number
}

function placesOf(text: TokenizedText, answer: { first: number; last: number }): Places {
  const sentences = sentenceEnds(text.texts[1]!)
  const passage = passagePositions(text.tokens).map((position) => {
    const sentence = sentences.findIndex((end) => text.tokens[position]!.span![0] < end)
    return { position, sentence: sentence < 0 ? sentences.length - 1 : sentence }
  })
  const relevantSentence = passage.find(({ position }) => position === answer.first)!.sentence
  const words = text.tokens.flatMap((token, position) => (token.special ? [] : [position]))
  const isAnswer = (position: number) => position >= answer.first && position <= answer.last
  const inSentence = (isRelevant: boolean) =>
    passage
      .filter(({ sentence }) => (sentence === relevantSentence) === isRelevant)
      .map(({ position }) => position)
  return {
    question: words.filter((position) => text.tokens[position]!.sequence === 0),
    answer: words.filter(isAnswer),
    others: words.filter((position) => !isAnswer(position)),
    relevant: inSentence(true),
    rest: inSentence(false),
    passage,
    relevantSentence,
  }
}

/** @returns for each sentence of the passage, the character after its last. */
function sentenceEnds(passage: string): number[] {
  let from = 0
  return tagSentences(passage).map((sentence) => {
    from = passage.indexOf(sentence.text, from) + sentence.text.length
    return from
  })
}

function project(states: FloatTensor, layer: number, text: TokenizedText, fit: 'all' | 'words'): Projection {
  const fitted = text.tokens.flatMap((token, position) => (fit === 'all' || !token.special ? [position] : []))
  const { points, explained } = principalComponents(
    fitted.map((position) => stateOf(states, layer, position)),
  )
  // Tokens that took no part have no point: they are not drawn.
  const all = text.tokens.map((_, position) => points[fitted.indexOf(position)] ?? [Number.NaN, Number.NaN])
  return { points: all, explained }
}

function measureLayer(states: FloatTensor, layer: number, places: Places, neighbours: number): number[] {
  const vectors = (positions: readonly number[]) =>
    positions.map((position) => stateOf(states, layer, position))
  const others = vectors(places.others)
  const centroid = meanVector(others)
  const spread = meanOf(others.map((vector) => euclideanDistance(vector, centroid)))
  const question = meanVector(vectors(places.question))
  const { purity, chance } = sentencePurity(
    places.passage.map(({ position, sentence }) => ({ vector: stateOf(states, layer, position), sentence })),
    neighbours,
  )
  return [
    euclideanDistance(meanVector(vectors(places.answer)), centroid) / spread,
    cosineSimilarity(question, meanVector(vectors(places.relevant))),
    places.rest.length === 0 ? 0 : cosineSimilarity(question, meanVector(vectors(places.rest))),
    purity,
    chance,
  ]
}

/** Mean share of the nearest neighbours that are of the same sentence, and what chance would give. */
function sentencePurity(
  words: readonly { readonly vector: Float32Array; readonly sentence: number }[],
  neighbours: number,
): { purity: number; chance: number } {
  const count = Math.min(neighbours, words.length - 1)
  if (count < 1) return { purity: 1, chance: 1 }
  // Of unit vectors the cosine is the dot product: lengths are not computed again for every pair.
  const cosines = innerProducts(words.map(({ vector }) => Float64Array.from(unitVector(vector))))
  const cosineOf = (one: number, other: number) =>
    cosines[Math.max(one, other) * words.length + Math.min(one, other)]!
  const shares = words.map((word, place) => {
    const nearest = words
      .map((other, at) => ({ same: other.sentence === word.sentence, similarity: cosineOf(place, at) }))
      .filter((_, at) => at !== place)
      .sort((one, other) => other.similarity - one.similarity)
      .slice(0, count)
    return nearest.filter((other) => other.same).length / count
  })
  const chances = words.map(
    (word) => (words.filter((other) => other.sentence === word.sentence).length - 1) / (words.length - 1),
  )
  return { purity: meanOf(shares), chance: meanOf(chances) }
}
