import { z } from 'zod'
import type { Classifier } from '../classifier'
import type { FloatTensor } from '../evidence'
import type { Explainer, ExplainRequest, Explanation } from '../explainer'
import { RandomStream } from '../random'
import { Adam } from './adam'
import { asBatch, checkRequest, filterParameters, firstOf, requireFilter, throwIfAborted } from './request'

const homeworkParameters = (classifier: Pick<Classifier, 'layers'>) =>
  z
    .strictObject({
      ...filterParameters(classifier),
      /** Steps of Adam. */
      steps: z.int().min(1).max(2000).default(100),
      learningRate: z.number().positive().max(10).default(0.1),
    })
    .check(requireFilter(classifier))

const paperParameters = (classifier: Pick<Classifier, 'layers'>) =>
  z
    .strictObject({
      ...filterParameters(classifier),
      steps: z.int().min(1).max(2000).default(200),
      learningRate: z.number().positive().max(10).default(0.02),
      /** Weight of the mean squared distance from grey. */
      decay: z.number().min(0).max(1000).default(2),
      /** Weight of the mean squared difference between neighbouring pixels. */
      roughness: z.number().min(0).max(1000).default(40),
    })
    .check(requireFilter(classifier))

export type FilterVisualizationParameters =
  | z.infer<ReturnType<typeof homeworkParameters>>
  | z.infer<ReturnType<typeof paperParameters>>

const GREY = 0.5

/**
 * Filter visualisation: a picture that makes one filter respond as much as possible, by gradient ascent.
 * D. Erhan et al., "Visualizing Higher-Layer Features of a Deep Network", 2009.
 *
 * `homework`: Adam from the picture on −Σ activation of the filter, without bounds. `paper`: Adam from faint noise
 * around grey on −mean activation + decay · mean (x − ½)² + roughness · mean squared difference of neighbours, kept
 * in 0 to 1 (regularised as by A. Mahendran, A. Vedaldi, "Visualizing deep convolutional neural networks using natural
 * pre-images", IJCV 2016).
 *
 * Arrays: `input` [3,H,W], `logits` [classes] of the input, `start` [3,H,W], `image` [3,H,W] (`homework`: not limited
 * to 0 to 1).
 * Measurements: `activationBefore` and `activationAfter`, Σ of the filter's activation for `start` and `image`.
 */
export const filterVisualization: Explainer<FilterVisualizationParameters> = {
  method: 'filter-visualization',
  version: 1,
  parameters: (variant, classifier) =>
    variant === 'homework' ? homeworkParameters(classifier) : paperParameters(classifier),
  explain,
}

async function explain(request: ExplainRequest<FilterVisualizationParameters>): Promise<Explanation> {
  checkRequest(request)
  const { classifier, picture, parameters, seed, progress, signal } = request
  const { layer, filter, steps } = parameters
  const start = 'decay' in parameters ? faintNoise(picture, seed) : picture
  const before = await sumOfFilter(classifier, start, layer, filter)
  const image = start.data.slice()
  const adam = new Adam(image.length, parameters.learningRate)
  progress?.('optimisation', 0, steps)
  for (let step = 0; step < steps; step++) {
    throwIfAborted(signal)
    const { gradient } = await classifier.inputGradient(asBatch({ data: image, shape: picture.shape }), {
      kind: 'filter',
      layer,
      filter,
    })
    if ('decay' in parameters) {
      regularize(gradient.data, image, picture.shape, before.places, parameters)
      adam.step(image, gradient.data)
      for (let i = 0; i < image.length; i++) image[i] = Math.min(1, Math.max(0, image[i]!))
    } else {
      adam.step(image, gradient.data)
    }
    progress?.('optimisation', step + 1, steps)
  }
  const optimised = { data: image, shape: picture.shape }
  return {
    arrays: {
      input: picture,
      logits: firstOf(await classifier.logits(asBatch(picture))),
      start,
      image: optimised,
    },
    measurements: {
      activationBefore: before.sum,
      activationAfter: (await sumOfFilter(classifier, optimised, layer, filter)).sum,
    },
    batch: classifier.batchOf(1),
  }
}

/** @returns Σ of the filter's activation and in how many places it has one. */
async function sumOfFilter(classifier: Classifier, picture: FloatTensor, layer: number, filter: number) {
  const { data, shape } = await classifier.activation(asBatch(picture), layer)
  const places = shape[2]! * shape[3]!
  const sum = data.subarray(filter * places, (filter + 1) * places).reduce((a, b) => a + b, 0)
  return { sum, places }
}

/** Normal noise of deviation 0.05 around grey: a start without the picture's own features. */
function faintNoise(picture: FloatTensor, seed: number): FloatTensor {
  const random = new RandomStream(seed, 'filter-visualization', picture.data)
  return { data: Float32Array.from(picture.data, () => GREY + 0.05 * random.normal()), shape: picture.shape }
}

/** Turns the gradient of −Σ activation, in place, into that of the regularised mean. */
function regularize(
  gradient: Float32Array,
  image: Float32Array,
  [, height, width]: readonly number[],
  places: number,
  { decay, roughness }: { decay: number; roughness: number },
): void {
  const size = image.length
  const plane = height! * width!
  for (let i = 0; i < size; i++) {
    const value = image[i]!
    const pixel = i % plane
    const x = pixel % width!
    let differences = 0
    if (x > 0) differences += value - image[i - 1]!
    if (x < width! - 1) differences += value - image[i + 1]!
    if (pixel >= width!) differences += value - image[i - width!]!
    if (pixel < plane - width!) differences += value - image[i + width!]!
    gradient[i] = gradient[i]! / places + (2 * decay * (value - GREY) + 2 * roughness * differences) / size
  }
}
