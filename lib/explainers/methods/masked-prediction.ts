import { z } from 'zod'
import { ExplainerError } from '../errors'
import type { Json } from '../evidence'
import { throwIfCancelled } from '../language/cancellation'
import type { LanguageExplainer } from '../language/language-explainer'
import type { LanguageModel } from '../language/language-model'
import {
  describeTokens,
  positionsSchema,
  type SentenceInput,
  sentenceInputSchema,
} from '../language/sentence-input'
import type { TokenizedText } from '../language/tokenizer'
import { softmax } from '../language/vectors'

type MaskedPredictionParameters = {
  /** Token positions replaced by [MASK], all at once; at least one. */
  readonly masks: number[]
  /** What the probabilities are compared with: the same sentence with only these masked. Default: none masked. */
  readonly compare: number[]
  readonly topK: number
  /** Whole tokens whose probabilities are wanted, likely or not. */
  readonly watch: string[]
}

/**
 * What the masked-language head predicts at masked places: Devlin et al. (2019).
 *
 * arrays: `hidden_states`, `attentions` of the masked sentence, `probabilities` and `compared`
 * [masks, vocabulary], the second with `compare` masked instead.
 * measurements: per mask its `predictions` (most probable first; `change` = probability − compared) and the same for
 * the original token and the watched ones.
 */
export const maskedPrediction: LanguageExplainer<SentenceInput, MaskedPredictionParameters> = {
  method: 'masked-prediction',
  version: 1,
  input: () => sentenceInputSchema,
  parameters: () =>
    z.strictObject({
      masks: positionsSchema.refine((masks) => masks.length > 0, 'mask at least one token'),
      compare: positionsSchema.default([]),
      topK: z.int().min(1).max(100).default(10),
      watch: z.array(z.string().min(1)).max(50).default([]),
    }),
  async explain({ model, input, parameters, signal }) {
    if (!model.heads.maskedLanguage) {
      throw new ExplainerError(
        'model-unsupported',
        model.name,
        `${model.name} has no masked-language head (cls.predictions); masked-prediction needs one`,
      )
    }
    const { masks, compare, topK, watch } = parameters
    const text = model.tokenizer.tokenize(input.sentence)
    const watched = watch.map((word) => watchedId(model, word))
    throwIfCancelled(signal)
    const masked = await model.encode(text, { masks, predict: masks })
    throwIfCancelled(signal)
    const plain = await model.encode(text, { masks: compare, predict: masks })
    const probabilities = rowsOfSoftmax(masked.predictionLogits!.data, masks.length)
    const compared = rowsOfSoftmax(plain.predictionLogits!.data, masks.length)
    const shape = [masks.length, model.config.vocabulary]
    return {
      arrays: {
        hidden_states: masked.hiddenStates,
        attentions: masked.attentions,
        probabilities: { data: Float32Array.from(probabilities.flatMap((row) => [...row])), shape },
        compared: { data: Float32Array.from(compared.flatMap((row) => [...row])), shape },
      },
      measurements: {
        tokens: describeTokens(text.tokens),
        masks,
        compare,
        predictions: masks.map((position, index) => {
          const [after, before] = [probabilities[index]!, compared[index]!]
          const entry = (id: number) => describePrediction(model, id, after, before)
          return {
            position,
            original: entry(originalId(text, position)),
            top: topIds(after, topK).map(entry),
            watched: watched.map(entry),
          }
        }),
      },
      batch: 1,
    }
  },
}

function describePrediction(
  model: LanguageModel,
  id: number,
  after: Float64Array,
  before: Float64Array,
): Json {
  const [probability, compared] = [after[id]!, before[id]!]
  return {
    id,
    token: model.tokenizer.textOf(id),
    probability,
    compared,
    change: probability - compared,
  }
}

function originalId(text: TokenizedText, position: number): number {
  return text.tokens[position]!.id
}

function watchedId(model: LanguageModel, word: string): number {
  const id = model.tokenizer.idOf(word)
  if (id !== undefined) return id
  throw new ExplainerError(
    'invalid-parameter',
    'watch',
    `'${word}' is not one token of ${model.name}; only whole tokens have a probability`,
  )
}

/** @returns the ids of the `count` largest probabilities, largest first; of equal ones the smaller id first. */
export function topIds(probabilities: Float64Array, count: number): number[] {
  const best: number[] = []
  // A vocabulary has tens of thousands of tokens, and few are wanted: sorting all takes longer than the network.
  for (let id = 0; id < probabilities.length; id++) {
    const probability = probabilities[id]!
    if (best.length >= count && !(probability > probabilities[best[count - 1]!]!)) continue
    let place = best.length
    while (place > 0 && probabilities[best[place - 1]!]! < probability) place--
    best.splice(place, 0, id)
    if (best.length > count) best.pop()
  }
  return best
}

function rowsOfSoftmax(logits: Float32Array, rows: number): Float64Array[] {
  const size = logits.length / rows
  return Array.from({ length: rows }, (_, row) => softmax(logits.subarray(row * size, (row + 1) * size)))
}
