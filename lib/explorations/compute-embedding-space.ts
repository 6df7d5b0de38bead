import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { embeddingSpace, type SPACE_MEASURES } from '@/lib/explainers/methods/embedding-space'
import { rounded } from '@/lib/explorations/rounding'
import { type EmbeddingSpaceRequest, mostPassageTokens } from '@/lib/explorations/schema'
import { TooLongError } from '@/lib/explorations/sentence-tokens'
import type { EmbeddingSpaceResult, SpaceLayer, SpaceMeasures, SpaceTokenKind } from '@/lib/explorations/view'

/** Coordinates are tens of units wide and drawn on some hundred pixels. */
const POINT_DECIMALS = 2
const MEASURE_DECIMALS = 4

type Measured = { readonly layer: number; readonly explained: readonly number[] } & Readonly<
  Record<(typeof SPACE_MEASURES)[number], number>
>

/**
 * A question-answering model's view of a question and its passage, layer by layer.
 * @throws ExplainerError
 * @throws TooLongError
 */
export async function computeEmbeddingSpace(
  model: LanguageModel,
  { question, context, answer }: EmbeddingSpaceRequest,
): Promise<EmbeddingSpaceResult> {
  const { tokens } = model.tokenizer.tokenize(question, context)
  if (tokens.length > mostPassageTokens) throw new TooLongError(tokens.length, mostPassageTokens)
  const variant = 'homework'
  const { arrays, measurements } = await embeddingSpace.explain({
    model,
    input: { question, context, answer },
    variant,
    parameters: embeddingSpace.parameters(variant, model).parse({}),
  })
  const kinds = measurements.kinds as readonly SpaceTokenKind[]
  const { text, span, probability } = measurements.predicted as unknown as EmbeddingSpaceResult['predicted']
  const { source, text: answerText } = measurements.answer as unknown as EmbeddingSpaceResult['answer']
  const points = arrays.points!.data
  const pointAt = (layer: number, token: number) => {
    const start = (layer * tokens.length + token) * 2
    return [rounded(points[start]!, POINT_DECIMALS), rounded(points[start + 1]!, POINT_DECIMALS)] as const
  }
  const layers = (measurements.layers as unknown as readonly Measured[]).map(
    (measured, layer): SpaceLayer => ({
      points: tokens.map((_, token) => pointAt(layer, token)),
      explained: measured.explained.map((share) => rounded(share, MEASURE_DECIMALS)),
      measures: readMeasures(measured),
    }),
  )
  return {
    kind: 'embedding-space',
    model: { name: model.name, sha256: model.sha256 },
    question,
    context,
    tokens: tokens.map((token, position) => ({ text: token.text, kind: kinds[position]! })),
    predicted: { text, span, probability: rounded(probability, MEASURE_DECIMALS) },
    answer: { source, text: answerText },
    layers,
  }
}

function readMeasures(measured: Measured): SpaceMeasures {
  const value = (name: (typeof SPACE_MEASURES)[number]) => rounded(measured[name], MEASURE_DECIMALS)
  return {
    answerDistance: value('answer-distance-ratio'),
    questionRelevant: value('question-relevant'),
    // The explainer says exactly 0 where the passage has no other sentence.
    questionRest: measured['question-rest'] === 0 ? null : value('question-rest'),
    purity: value('purity'),
    purityChance: value('purity-chance'),
  }
}
