import { z } from 'zod'
import { type RandomizedDepth, randomizedDepths } from '../classifier'
import { spearman } from '../correlation'
import type { DerivedExplainer } from '../derived-explainer'
import type { OtherModel, Tensor } from '../evidence'
import type { Explainer, Explanation, Parameters } from '../explainer'
import { integratedGradients } from '../methods/integrated-gradients'
import { checkRequest, throwIfAborted } from '../methods/request'
import { saliency } from '../methods/saliency'
import { smoothGrad } from '../methods/smooth-grad'
import { agreementOf } from './agreement'
import { edgesOf } from './edges'
import { importanceOf } from './importance'
import { downTo, explainRandomized } from './randomized-map'

const correlation = z.number().nullable()

export const cascadeMeasurementsSchema = z.object({
  /** Of each network with random weights: how alike its map and the trained network's rank the pixels. */
  randomization: z.array(z.object({ depth: z.enum(randomizedDepths), correlation, overlap: z.number() })),
  /** Spearman's ρ of the map with the picture's edges, by whose map it is. */
  edges: z.object({ trained: correlation, output: correlation, linear: correlation, all: correlation }),
})

export type CascadeMeasurements = z.infer<typeof cascadeMeasurementsSchema>

/** Raised when the numbers change. */
const VERSION = 2

/**
 * The model-parameter randomization test, to be looked at: a method's map, its maps of the same picture while the weights
 * are drawn anew from the output down, and an edge detector, which has no weights at all.
 * J. Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018.
 *
 * Arrays: `input` [3,H,W]; `logits` [classes] of the trained network; `attribution`, and `output`, `linear` and `all`, as the
 * method gives its map; `edges` [H,W]. Measurements: `CascadeMeasurements`.
 */
function cascadeOf<P extends Parameters>(explainer: Explainer<P>): DerivedExplainer<P> {
  const { method, parameters } = explainer
  return {
    method: `cascade-${method}`,
    // Another map is another cascade.
    version: 1000 * VERSION + explainer.version,
    basis: method,
    parameters: (variant, classifier) => parameters.call(explainer, variant, classifier),

    async explain(request, basis): Promise<Explanation> {
      checkRequest(request)
      const { classifier, picture, variant, progress, signal } = request
      const { logits, attribution } = basis.arrays
      if (!logits || !attribution) throw new TypeError(`The evidence of ${method} has no map`)
      const rank = (map: Tensor) => importanceOf({ method, variant }, { attribution: map }).values
      const [trained, edges] = [rank(attribution), edgesOf(picture)]
      const maps: Partial<Record<RandomizedDepth, Tensor>> = {}
      const randomization: CascadeMeasurements['randomization'] = []
      const likeness: CascadeMeasurements['edges'] = {
        trained: spearman(trained, edges.data),
        output: null,
        linear: null,
        all: null,
      }
      const otherModels: OtherModel[] = []
      for (const [index, depth] of randomizedDepths.entries()) {
        throwIfAborted(signal)
        progress?.('testing-map', index, randomizedDepths.length)
        const { progress: _, ...quiet } = request
        const { arrays, model } = await explainRandomized(explainer, quiet, downTo(depth, request))
        const map = arrays.attribution!
        const importance = rank(map)
        maps[depth] = map
        randomization.push({ depth, ...agreementOf(trained, importance) })
        likeness[depth] = spearman(importance, edges.data)
        otherModels.push(model)
      }
      progress?.('testing-map', randomizedDepths.length, randomizedDepths.length)
      const measured: CascadeMeasurements = { randomization, edges: likeness }
      return {
        arrays: { input: picture, logits, attribution, ...maps, edges },
        measurements: { ...measured },
        batch: classifier.batchOf(1),
        otherModels,
      }
    },
  }
}

export const saliencyCascade = cascadeOf(saliency)
export const smoothGradCascade = cascadeOf(smoothGrad)
export const integratedGradientsCascade = cascadeOf(integratedGradients)
