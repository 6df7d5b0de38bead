import type { RandomizedDepth } from '../classifier'
import type { ModelName } from '../evidence'
import type { Explainer, ExplainRequest, Explanation, Parameters } from '../explainer'

export interface RandomizedMap {
  readonly arrays: Explanation['arrays']
  /** The network that the map explains. */
  readonly model: ModelName
}

/** Makes the map of the same request, seed included, once the model has lost what it learned down to a depth. */
export async function explainRandomized<P extends Parameters>(
  explainer: Explainer<P>,
  request: ExplainRequest<P>,
  depth: RandomizedDepth,
): Promise<RandomizedMap> {
  const untrained = request.classifier.randomized(depth, request.seed)
  try {
    const { arrays } = await explainer.explain({ ...request, classifier: untrained })
    return { arrays, model: { name: untrained.name, sha256: untrained.sha256 } }
  } finally {
    await untrained.close()
  }
}
