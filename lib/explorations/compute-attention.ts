import type { Json } from '@/lib/explainers/evidence'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { attention, measureHeads } from '@/lib/explainers/methods/attention'
import { maskedPrediction, topIds } from '@/lib/explainers/methods/masked-prediction'
import { rounded } from '@/lib/explorations/rounding'
import type { AttentionRequest } from '@/lib/explorations/schema'
import { readTokens } from '@/lib/explorations/sentence-tokens'
import type { AttentionResult, MaskPredictions, Prediction } from '@/lib/explorations/view'
import { encodeWeights } from '@/lib/explorations/weights-encoding'

/** Most probable tokens that are sent for each mask, and how many that were most probable before. */
const TOP = 10
const TOP_BEFORE = 3

const DECIMALS = 6

/**
 * Attention weights, what each head looks at, and, where words are masked, what the model expects there.
 * @throws ExplainerError
 * @throws TooLongError
 */
export async function computeAttention(
  model: LanguageModel,
  { sentence, masks, compare }: AttentionRequest,
): Promise<AttentionResult> {
  const tokens = readTokens(model, sentence)
  const shared = { model, input: { sentence }, variant: 'homework' as const }
  const predicts = model.heads.maskedLanguage
  const explanation =
    masks.length > 0 && predicts
      ? await maskedPrediction.explain({ ...shared, parameters: { masks, compare, topK: TOP, watch: [] } })
      : await attention.explain({ ...shared, parameters: { masks, pairs: [] } })
  const attentions = explanation.arrays.attentions as { data: Float32Array; shape: readonly number[] }
  const period = tokens.findLastIndex((token) => token.text === '.' || token.text === '。')
  return {
    kind: 'attention',
    model: {
      name: model.name,
      sha256: model.sha256,
      layers: model.config.layers,
      heads: model.config.heads,
      predicts,
    },
    sentence,
    tokens: tokens.map(({ text, special, span }) => ({ text, special, span })),
    masks,
    compare,
    attentions: encodeWeights(attentions.data),
    measures: nested(measureHeads(attentions, tokens)),
    period: period < 0 ? null : period,
    predictions: predicts ? readPredictions(model, explanation) : [],
  }
}

type Explained = Awaited<ReturnType<typeof maskedPrediction.explain>>

/** The most probable tokens at each mask, and those that were most probable in what it is compared with. */
function readPredictions(model: LanguageModel, { measurements, arrays }: Explained): MaskPredictions[] {
  const predictions = (measurements.predictions ?? []) as readonly {
    readonly position: number
    readonly original: Prediction & { readonly [key: string]: Json }
  }[]
  return predictions.map(({ position, original }, index) => {
    const row = (name: string) => {
      const { data, shape } = arrays[name]!
      const size = shape[1]!
      return Float64Array.from(data.subarray(index * size, (index + 1) * size))
    }
    const [after, before] = [row('probabilities'), row('compared')]
    const ids = [...new Set([...topIds(after, TOP), ...topIds(before, TOP_BEFORE)])]
    return {
      position,
      original: pick(original),
      top: ids
        .map((id) => ({
          token: model.tokenizer.textOf(id),
          probability: rounded(after[id]!, DECIMALS),
          compared: rounded(before[id]!, DECIMALS),
        }))
        .sort((one, other) => other.probability - one.probability),
    }
  })
}

function pick({ token, probability, compared }: Prediction): Prediction {
  return { token, probability: rounded(probability, DECIMALS), compared: rounded(compared, DECIMALS) }
}

function nested({ data, shape }: { data: Float32Array; shape: readonly number[] }): number[][][] {
  const [layers = 0, heads = 0, targets = 0] = shape
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: heads }, (_, head) => {
      const start = (layer * heads + head) * targets
      return Array.from(data.subarray(start, start + targets), (value) => rounded(value, DECIMALS))
    }),
  )
}
