import { layersDownTo, type RandomizedDepth } from '../classifier'
import type { OtherModel } from '../evidence'
import type { Explainer, ExplainRequest, Explanation, Parameters } from '../explainer'

/** Which weights a network loses, and from which seed it gets others. */
export interface Randomization {
  /** Places among the classifier's weighted layers. */
  readonly layers: readonly number[]
  /** Which these are, for the network's name. */
  readonly what: string
  readonly seed: number
}

/** @returns what the model has lost down to a depth, drawn from the request's own seed. */
export function downTo(depth: RandomizedDepth, { classifier, seed }: ExplainRequest): Randomization {
  return { layers: layersDownTo(depth, classifier.weighted), what: depth, seed }
}

export interface RandomizedMap {
  readonly arrays: Explanation['arrays']
  /** The network that the map explains. */
  readonly model: OtherModel
}

/** Makes the map of the same request, its seed included, once the model has lost what it learned in some layers. */
export async function explainRandomized<P extends Parameters>(
  explainer: Explainer<P>,
  request: ExplainRequest<P>,
  { layers, seed, what }: Randomization,
): Promise<RandomizedMap> {
  const { classifier } = request
  const untrained = classifier.randomized(layers, seed, what)
  try {
    const { arrays } = await explainer.explain({ ...request, classifier: untrained })
    const { name, sha256, provider } = untrained
    return { arrays, model: { name, sha256, ...(provider !== classifier.provider && { provider }) } }
  } finally {
    await untrained.close()
  }
}
