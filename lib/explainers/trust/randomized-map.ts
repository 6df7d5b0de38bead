import type { RandomizedDepth } from '../classifier'
import type { OtherModel } from '../evidence'
import type { Explainer, ExplainRequest, Explanation, Parameters } from '../explainer'

export interface RandomizedMap {
  readonly arrays: Explanation['arrays']
  /** The network that the map explains. */
  readonly model: OtherModel
}

/** Makes the map of the same request, seed included, once the model has lost what it learned down to a depth. */
export async function explainRandomized<P extends Parameters>(
  explainer: Explainer<P>,
  request: ExplainRequest<P>,
  depth: RandomizedDepth,
): Promise<RandomizedMap> {
  const { classifier } = request
  const untrained = classifier.randomized(depth, request.seed)
  try {
    const { arrays } = await explainer.explain({ ...request, classifier: untrained })
    const { name, sha256, provider } = untrained
    return { arrays, model: { name, sha256, ...(provider !== classifier.provider && { provider }) } }
  } finally {
    await untrained.close()
  }
}
