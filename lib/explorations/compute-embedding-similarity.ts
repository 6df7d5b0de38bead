import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { cosineSimilarity, euclideanDistance } from '@/lib/explainers/language/vectors'
import { blockContrast, embeddingSimilarity } from '@/lib/explainers/methods/embedding-similarity'
import { rounded } from '@/lib/explorations/rounding'
import type { EmbeddingSimilarityRequest } from '@/lib/explorations/schema'
import type { EmbeddingSimilarityResult, SimilarityLayer, SimilarityMetric } from '@/lib/explorations/view'

const DECIMALS = 4

const compare = { cosine: cosineSimilarity, euclidean: euclideanDistance } as const

interface MeasuredSentence {
  readonly text: string
  readonly group: string
  readonly selected: string
  readonly positions: readonly number[]
  readonly tokens: readonly unknown[]
}

/**
 * How alike the selected characters of several sentences are, in both metrics and every layer.
 * @throws ExplainerError
 */
export async function computeEmbeddingSimilarity(
  model: LanguageModel,
  { sentences }: EmbeddingSimilarityRequest,
): Promise<EmbeddingSimilarityResult> {
  const variant = 'homework'
  const { arrays, measurements } = await embeddingSimilarity.explain({
    model,
    input: { sentences },
    variant,
    parameters: embeddingSimilarity.parameters(variant, model).parse({}),
  })
  const { data, shape } = arrays.vectors!
  const [states = 0, count = 0, width = 0] = shape
  const groups = sentences.map(({ group }) => group)
  const layersIn = (metric: SimilarityMetric): SimilarityLayer[] =>
    Array.from({ length: states }, (_, state) => {
      const vectors = Array.from({ length: count }, (_, sentence) =>
        Float32Array.from(data.subarray((state * count + sentence) * width).subarray(0, width)),
      )
      const matrix = vectors.map((one) => vectors.map((other) => compare[metric](one, other)))
      const { within, between } = blockContrast(matrix, groups, metric)
      return {
        matrix: matrix.map((row) => row.map((value) => rounded(value, DECIMALS))),
        within: Object.fromEntries(
          Object.entries(within).map(([group, value]) => [group, roundedOrNone(value)]),
        ),
        between: roundedOrNone(between),
      }
    })
  const measured = measurements.sentences as unknown as readonly MeasuredSentence[]
  return {
    kind: 'embedding-similarity',
    model: { name: model.name, sha256: model.sha256 },
    sentences: measured.map(({ text, group, selected, positions, tokens }) => ({
      text,
      group,
      selected,
      position: positions[0]!,
      tokens: tokens.length,
      occurrences: text.split(selected).length - 1,
    })),
    layers: { cosine: layersIn('cosine'), euclidean: layersIn('euclidean') },
  }
}

function roundedOrNone(value: number | null): number | null {
  return value === null ? null : rounded(value, DECIMALS)
}
