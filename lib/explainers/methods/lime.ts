import { z } from 'zod'
import type { Classifier } from '../classifier'
import { ExplainerError } from '../errors'
import type { FloatTensor, Tensor, Variant } from '../evidence'
import type { Explainer, ExplainRequest, Explanation } from '../explainer'
import { RandomStream } from '../random'
import { NOTABLE_WEIGHT } from '../regions'
import { type Superpixels, slic } from '../segmentation/slic'
import { probabilityOf } from '../softmax'
import { drawSamples, fillWithMeanColours, proximityWeights } from './lime-perturbation'
import { fitWeightedRidge, type RidgeFit } from './lime-regression'
import { checkRequest, forEachBatch } from './request'

/** How many superpixels the homework shows: the largest absolute weights, if they are notable. */
export const STRONGEST_SUPERPIXELS = 11
/** Perturbed copies that go into the arrays, for figures: the unchanged picture and eight more. */
const KEPT_SAMPLES = 9

const numbers = z.strictObject({
  /** Perturbed copies, the unchanged picture among them. */
  samples: z.int().min(2).max(20_000).default(1000),
  /** SLIC: how many superpixels to aim for. */
  segments: z.int().min(1).max(1000).default(200),
  /** SLIC: weight of place against colour. */
  compactness: z.number().positive().max(1000).default(1),
  /** SLIC: deviation of the smoothing, in pixels. */
  sigma: z.number().min(0).max(20).default(1),
  /** Width of the kernel that turns the distance of a copy into its weight. */
  kernelWidth: z.number().min(0.01).max(10).default(0.25),
  /** Penalty of the ridge regression. */
  alpha: z.number().positive().max(1000).default(1),
})
const limeParameters = numbers
  .extend({
    /** Arithmetic of the copies; float16 where the device has it. Default: what the process computes in. */
    precision: z.enum(['float32', 'float16']).optional(),
  })
  // float32 is left out, so that maps of earlier releases keep their names.
  .transform(({ precision, ...others }) => (precision === 'float16' ? { ...others, precision } : others))

export type LimeParameters = z.infer<typeof numbers> & { readonly precision?: 'float16' }

/**
 * LIME: hides random superpixels of the picture, asks the classifier about each copy, and fits a linear model of its
 * output by which superpixels are shown; a superpixel's coefficient is its weight.
 * M. T. Ribeiro, S. Singh, C. Guestrin, "Why Should I Trust You?", KDD 2016.
 *
 * `homework` explains the target's logit, `paper` its probability.
 *
 * One difference from the course's notebook is on purpose: there, superpixels count from 1 and LIME's features from
 * 0, so that one feature hides nothing and the last superpixel is never hidden. Here feature i is superpixel i + 1.
 *
 * Arrays, with n superpixels: `input` [3,H,W]; `logits` [classes]; `superpixels` int32 [H,W], numbered from 1;
 * `weights` [H,W], the weight of each pixel's superpixel; `coefficients` [n]; and of the first nine copies, of which
 * the first is the unchanged picture, `samples` int32 [9,n] (1 shown, 0 hidden), `outputs` [9] (the target's logit
 * or probability) and `proximities` [9] (weight in the regression).
 *
 * Measurements: `superpixels` n; `intercept`; `r2`, weighted; `strongest`, at most eleven superpixels
 * of absolute weight 0.05 or more with their weights, the largest first.
 */
export const lime: Explainer<LimeParameters> = {
  method: 'lime',
  version: 1,
  parameters: () => limeParameters,
  explain,
}

async function explain(request: ExplainRequest<LimeParameters>): Promise<Explanation> {
  const { picture, parameters, seed, progress } = request
  checkRequest(request)
  progress?.('superpixels', 0, 1)
  const superpixels = slic(picture, parameters)
  progress?.('superpixels', 1, 1)

  const random = new RandomStream(seed, 'lime', picture.data)
  const shown = drawSamples(random, parameters.samples, superpixels.count)
  const { logits, outputs } = await classifyCopies(request, superpixels, shown)

  progress?.('regression', 0, 1)
  const proximities = proximityWeights(shown, superpixels.count, parameters.kernelWidth)
  const fit = fitWeightedRidge(shown, outputs, proximities, parameters.alpha)
  progress?.('regression', 1, 1)
  return {
    arrays: {
      input: picture,
      logits,
      superpixels: superpixels.labels,
      weights: weightOfEachPixel(superpixels.labels, fit.coefficients),
      coefficients: vector(fit.coefficients),
      ...keptSamples(shown, outputs, proximities, superpixels.count),
    },
    measurements: measure(fit, superpixels.count),
    batch: request.classifier.batchOf(parameters.samples),
    precision: request.classifier.copyPrecision(parameters.precision),
  }
}

/** @returns logits of the unchanged picture, and the target's output for each copy. */
async function classifyCopies(
  { classifier, picture, target, variant, parameters, progress, signal }: ExplainRequest<LimeParameters>,
  { labels, count }: Superpixels,
  shown: Uint8Array,
): Promise<{ readonly logits: FloatTensor; readonly outputs: Float64Array }> {
  const classes = classifier.classes.length
  const filled = fillWithMeanColours(picture, labels, count)
  const outputs = new Float64Array(parameters.samples)
  let logits = new Float32Array()
  await forEachBatch({ classifier, signal }, parameters.samples, async (first, end) => {
    const data = Float32Array.from(shown.subarray(first * count, end * count))
    const rows = { data, shape: [end - first, count] }
    const copies = { kind: 'hidden', picture, filled, labels, shown: rows } as const
    const result = await classifier.logits(copies, parameters.precision)
    for (let sample = first; sample < end; sample++) {
      const row = result.data.subarray((sample - first) * classes, (sample - first + 1) * classes)
      outputs[sample] = targetOutput(row, target, variant, classifier)
    }
    if (first === 0) logits = result.data.slice(0, classes)
    progress?.('perturbed-copies', end, parameters.samples)
  })
  return { logits: { data: logits, shape: [classes] }, outputs }
}

/** @returns the target's logit (homework) or its probability (paper). */
export function targetOutput(
  logits: Float32Array,
  target: number,
  variant: Variant,
  classifier: Classifier,
): number {
  if (!logits.every(Number.isFinite)) {
    throw new ExplainerError(
      'model-damaged',
      classifier.name,
      `${classifier.name} gave logits that are not numbers`,
    )
  }
  return variant === 'homework' ? logits[target]! : probabilityOf(logits, target)
}

function weightOfEachPixel(labels: Tensor<Int32Array>, coefficients: Float64Array): FloatTensor {
  return { data: Float32Array.from(labels.data, (label) => coefficients[label - 1]!), shape: labels.shape }
}

function keptSamples(
  shown: Uint8Array,
  outputs: Float64Array,
  proximities: Float64Array,
  superpixels: number,
) {
  const kept = Math.min(KEPT_SAMPLES, outputs.length)
  return {
    samples: { data: Int32Array.from(shown.subarray(0, kept * superpixels)), shape: [kept, superpixels] },
    outputs: vector(outputs.subarray(0, kept)),
    proximities: vector(proximities.subarray(0, kept)),
  }
}

function measure(fit: RidgeFit, superpixels: number): Explanation['measurements'] {
  const strongest = Array.from(fit.coefficients, (weight, i) => ({ superpixel: i + 1, weight }))
    .filter(({ weight }) => Math.abs(weight) >= NOTABLE_WEIGHT)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, STRONGEST_SUPERPIXELS)
  return { superpixels, intercept: fit.intercept, r2: fit.r2, strongest }
}

function vector(values: Float64Array): FloatTensor {
  return { data: Float32Array.from(values), shape: [values.length] }
}
