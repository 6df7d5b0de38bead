import { z } from 'zod'
import type { Explainer, ExplainRequest, Explanation } from '../explainer'
import { asBatch, checkRequest, firstOf } from './request'

/** The notebook asks for the gradient of all ten pictures at once, of the mean of their ten cross-entropies. */
const PICTURES_IN_LOSS = 10

const homeworkParameters = z.strictObject({
  /**
   * Pictures in the mean whose gradient is taken: it divides the map. With 10, the course's own numbers; with 1, the
   * gradient of this picture's cross-entropy alone.
   */
  picturesInLoss: z.int().min(1).max(1000).default(PICTURES_IN_LOSS),
})
const paperParameters = z.strictObject({})

export type SaliencyParameters = z.infer<typeof homeworkParameters> | z.infer<typeof paperParameters>

/**
 * Saliency: how much each pixel would change the classifier's verdict, to first order.
 * K. Simonyan, A. Vedaldi, A. Zisserman, "Deep Inside Convolutional Networks", ICLR Workshop 2014.
 *
 * `homework`: the largest over RGB of |∂ cross-entropy(logits, target)/∂ picture|, the cross-entropy being the mean
 * over `picturesInLoss` pictures. `paper`: the same of the target's logit.
 *
 * Arrays: `input` [3,H,W], `logits` [classes], `attribution` [H,W] (at least 0), `gradient` [3,H,W] with its signs.
 * Measurements: `largest` of the attribution and `mean`.
 */
export const saliency: Explainer<SaliencyParameters> = {
  method: 'saliency',
  version: 1,
  parameters: (variant) => (variant === 'homework' ? homeworkParameters : paperParameters),
  explain,
}

async function explain(request: ExplainRequest<SaliencyParameters>): Promise<Explanation> {
  checkRequest(request)
  const { classifier, picture, target, variant, parameters, progress } = request
  progress?.('gradient', 0, 1)
  const { gradient: batch, logits } = await classifier.inputGradient(
    asBatch(picture),
    variant === 'homework' ? { kind: 'cross-entropy', label: target } : { kind: 'logit', target },
  )
  progress?.('gradient', 1, 1)
  const divisor = 'picturesInLoss' in parameters ? parameters.picturesInLoss : 1
  const { data, shape } = firstOf(batch)
  const gradient = { data: data.map((value) => value / divisor), shape }
  const attribution = largestOverChannels(gradient.data, shape[1]! * shape[2]!)
  return {
    arrays: {
      input: picture,
      logits: firstOf(logits!),
      attribution: { data: attribution, shape: shape.slice(1) },
      gradient,
    },
    measurements: {
      largest: attribution.reduce((a, b) => Math.max(a, b)),
      mean: attribution.reduce((a, b) => a + b) / attribution.length,
    },
    batch: classifier.batchOf(1),
  }
}

/** @returns the largest absolute value of the channels in each place, [places]. */
function largestOverChannels(values: Float32Array, places: number): Float32Array {
  const largest = new Float32Array(places)
  for (const [i, value] of values.entries()) {
    const place = i % places
    largest[place] = Math.max(largest[place]!, Math.abs(value))
  }
  return largest
}
