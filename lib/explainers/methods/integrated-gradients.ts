import { z } from 'zod'
import type { Pictures } from '../classifier'
import type { FloatTensor, Variant } from '../evidence'
import type { Explainer, ExplainRequest, Explanation } from '../explainer'
import { gaussLegendre } from './gauss-legendre'
import { checkRequest, forEachBatch } from './request'

const parametersWith = (steps: number) =>
  z.strictObject({
    /** Points on the path from the baseline to this picture. */
    steps: z.int().min(1).max(1000).default(steps),
  })
const homeworkParameters = parametersWith(10)
const paperParameters = parametersWith(50)
  .extend({
    /** The picture that the path begins with. Default: black. */
    baseline: z.enum(['black', 'white']).optional(),
  })
  // Black is left out, so that maps of earlier releases keep their names.
  .transform(({ baseline, ...others }) => (baseline === 'white' ? { ...others, baseline } : others))

export type IntegratedGradientsParameters = z.infer<typeof homeworkParameters> & {
  readonly baseline?: 'white'
}

/**
 * Integrated gradients: the gradient of the target's logit, averaged over the straight path from a baseline to the
 * picture; the baseline is black, or white where the parameters say so.
 * M. Sundararajan, A. Taly, Q. Yan, "Axiomatic Attribution for Deep Networks", ICML 2017.
 *
 * `homework`: the points are k/steps for k = 0 … steps − 1, equally weighted (a left Riemann sum), and the mean gradient is the
 * map. `paper`: Gauss–Legendre points and weights, and the mean gradient is multiplied by picture − baseline, so
 * that the map sums to the change of the logit (completeness).
 *
 * Arrays: `input` [3,H,W], `logits` [classes], `attribution` [3,H,W] with its signs, `path` [steps] (share of the
 * picture at each point, the rest being baseline), `pathLogits` [steps] (the target's logit there).
 * Measurements: `change` f(picture) − f(baseline) of the target's logit; `sum` of mean gradient ⊙ (picture −
 * baseline); `convergenceDelta` = sum − change, which is 0 for a perfect integral.
 */
export const integratedGradients: Explainer<IntegratedGradientsParameters> = {
  method: 'integrated-gradients',
  version: 1,
  parameters: (variant) => (variant === 'homework' ? homeworkParameters : paperParameters),
  explain,
}

async function explain(request: ExplainRequest<IntegratedGradientsParameters>): Promise<Explanation> {
  checkRequest(request)
  const { classifier, picture, target, variant, parameters, progress } = request
  const { steps } = parameters
  const baseline = parameters.baseline === 'white' ? 1 : 0
  const { points, weights } = pathOf(variant, steps)
  const size = picture.data.length
  const classes = classifier.classes.length
  const mean = new Float64Array(size)
  const pathLogits = new Float32Array(steps)
  progress?.('path', 0, steps)
  await forEachBatch(request, steps, async (first, end) => {
    const copies = pathFrom(baseline, picture, Float32Array.from(points.subarray(first, end)))
    const sumWith = { weights: Float32Array.from(weights.subarray(first, end)), absolute: false }
    const part = await classifier.summedGradient(copies, { kind: 'logit', target }, sumWith)
    for (let k = first; k < end; k++) {
      pathLogits[k] = part.logits.data[(k - first) * classes + target]!
    }
    for (let i = 0; i < size; i++) mean[i]! += part.sum.data[i]!
    progress?.('path', end, steps)
  })
  const ends = new Float32Array(2 * size).fill(baseline)
  ends.set(picture.data)
  const { data: endLogits } = await classifier.logits({ data: ends, shape: [2, ...picture.shape] })
  const change = endLogits[target]! - endLogits[classes + target]!
  const sum = mean.reduce((total, value, i) => total + value * (picture.data[i]! - baseline), 0)
  const attribution =
    variant === 'homework'
      ? Float32Array.from(mean)
      : Float32Array.from(mean, (value, i) => value * (picture.data[i]! - baseline))
  return {
    arrays: {
      input: picture,
      logits: { data: endLogits.slice(0, classes), shape: [classes] },
      attribution: { data: attribution, shape: picture.shape },
      path: { data: Float32Array.from(points), shape: [steps] },
      pathLogits: { data: pathLogits, shape: [steps] },
    },
    measurements: { change, sum, convergenceDelta: sum - change },
    batch: classifier.batchOf(steps),
  }
}

/** @returns the pictures at these shares of the way; those from black are made where the classifier runs. */
function pathFrom(baseline: number, picture: FloatTensor, shares: Float32Array): Pictures {
  if (baseline === 0) return { kind: 'scaled', picture, factors: { data: shares, shape: [shares.length] } }
  const size = picture.data.length
  const data = Float32Array.from({ length: shares.length * size }, (_, place) => {
    const share = shares[Math.floor(place / size)]!
    return share * picture.data[place % size]! + (1 - share) * baseline
  })
  return { data, shape: [shares.length, ...picture.shape] }
}

function pathOf(variant: Variant, steps: number) {
  if (variant === 'paper') return gaussLegendre(steps)
  return {
    points: Float64Array.from({ length: steps }, (_, k) => k / steps),
    weights: new Float64Array(steps).fill(1 / steps),
  }
}
