import { z } from 'zod'
import type { FloatTensor } from '../evidence'
import { throwIfCancelled } from '../language/cancellation'
import type { LanguageExplainer } from '../language/language-explainer'
import {
  describeTokens,
  positionsSchema,
  type SentenceInput,
  sentenceInputSchema,
} from '../language/sentence-input'
import type { Token } from '../language/tokenizer'

/** What a head may look at, in the order of the last axis of `measures`. */
export const ATTENTION_TARGETS = ['next', 'previous', 'same', 'period', 'special'] as const

type AttentionParameters = {
  /** Token positions replaced by [MASK]. */
  readonly masks: number[]
  /** Pairs [from, to] of token positions whose weights are wanted in every head. */
  readonly pairs: [number, number][]
}

/**
 * Attention weights of every head, and what each head looks at on average.
 *
 * arrays: `hidden_states` [layers+1, tokens, width], `attentions` [layers, heads, tokens, tokens], `measures`
 * [layers, heads, 5]: mean over the words' and marks' positions (not [CLS] and [SEP]) of the weight on the next
 * position, the previous one, the same one, the last full stop, and [CLS] and [SEP] together. Without a full stop
 * its column is 0 and `period` null. A head that spreads evenly gives `uniform` = 1/tokens to one position.
 *
 * Layer and head numbers in `measurements.pairs` are places counted from 0; exBERT's "Layer L, head h" is
 * `attentions[L-1][h-1]`. Clark et al. (2019), "What Does BERT Look At?".
 */
export const attention: LanguageExplainer<SentenceInput, AttentionParameters> = {
  method: 'attention',
  version: 1,
  input: () => sentenceInputSchema,
  parameters: () =>
    z.strictObject({
      masks: positionsSchema.default([]),
      pairs: z
        .array(z.tuple([z.int().nonnegative(), z.int().nonnegative()]))
        .max(64)
        .default([]),
    }),
  async explain({ model, input, parameters, signal }) {
    throwIfCancelled(signal)
    const text = model.tokenizer.tokenize(input.sentence)
    const { hiddenStates, attentions } = await model.encode(text, { masks: parameters.masks })
    const measures = measureHeads(attentions, text.tokens)
    const period = periodOf(text.tokens)
    return {
      arrays: { hidden_states: hiddenStates, attentions, measures },
      measurements: {
        tokens: describeTokens(text.tokens),
        masks: parameters.masks,
        targets: [...ATTENTION_TARGETS],
        period: period ?? null,
        uniform: 1 / text.tokens.length,
        measures: nested(measures),
        pairs: parameters.pairs.map(([from, to]) => ({
          from,
          to,
          weights: headsOf(attentions, (weight) => weight(from, to)),
        })),
      },
      batch: 1,
    }
  },
}

/** @returns [layers, heads, 5], see `attention`. */
export function measureHeads(attentions: FloatTensor, tokens: readonly Token[]): FloatTensor {
  const period = periodOf(tokens)
  const words = tokens.flatMap((token, position) => (token.special ? [] : [position]))
  const specials = tokens.flatMap((token, position) => (token.special ? [position] : []))
  const values = headsOf(attentions, (weight) => {
    const average = (target: (query: number) => number) =>
      words.reduce((sum, query) => sum + target(query), 0) / words.length
    return [
      average((query) => (query + 1 < tokens.length ? weight(query, query + 1) : 0)),
      average((query) => (query > 0 ? weight(query, query - 1) : 0)),
      average((query) => weight(query, query)),
      period === undefined ? 0 : average((query) => weight(query, period)),
      average((query) => specials.reduce((sum, key) => sum + weight(query, key), 0)),
    ]
  })
  const [layers = 0, heads = 0] = attentions.shape
  return { data: Float32Array.from(values.flat(2)), shape: [layers, heads, ATTENTION_TARGETS.length] }
}

function headsOf<Result>(
  { data, shape }: FloatTensor,
  read: (weight: (query: number, key: number) => number) => Result,
): Result[][] {
  const [layers = 0, heads = 0, tokens = 0] = shape
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: heads }, (_, head) => {
      const start = (layer * heads + head) * tokens * tokens
      return read((query, key) => data[start + query * tokens + key] ?? Number.NaN)
    }),
  )
}

function periodOf(tokens: readonly Token[]): number | undefined {
  const place = tokens.findLastIndex((token) => token.text === '.' || token.text === '。')
  return place < 0 ? undefined : place
}

function nested({ data, shape }: FloatTensor): number[][][] {
  const [layers = 0, heads = 0, size = 0] = shape
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: heads }, (_, head) => {
      const start = (layer * heads + head) * size
      return [...data.subarray(start, start + size)]
    }),
  )
}
