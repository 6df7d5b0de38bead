import { z } from 'zod'
import { ExplainerError } from '../errors'
import type { FloatTensor, Variant } from '../evidence'
import type { Explainer, ExplainRequest, Explanation } from '../explainer'
import { type NoisyCopies, pictureCopies } from '../picture-copies'
import { RandomBits } from '../random'
import { asBatch, checkRequest, firstOf, forEachBatch } from './request'

/** Noisy copies and their gradients that go into the arrays, for figures. */
const KEPT_COPIES = 6

const parametersWith = (samples: number, noise: number) =>
  z.strictObject({
    /** Noisy copies. */
    samples: z.int().min(1).max(10_000).default(samples),
    /** Strength of the noise; how it becomes a deviation depends on the variant. */
    noise: z.number().min(0).max(10).default(noise),
  })
const homeworkParameters = parametersWith(500, 0.4)
const paperParameters = parametersWith(50, 0.15)

export type SmoothGradParameters = z.infer<typeof homeworkParameters>

/**
 * SmoothGrad: the mean of the gradients of many copies of the picture with normal noise.
 * D. Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017.
 *
 * `homework`: mean of |∂ cross-entropy/∂ copy|; deviation of the noise (noise/(max − min))², by the picture's largest
 * and smallest value. `paper`: mean of ∂ logit/∂ copy with its sign; deviation noise · (max − min).
 *
 * Each picture has its own stream of random numbers, so that equal seeds give equal noise whatever ran before.
 *
 * Arrays: `input` [3,H,W], `logits` [classes], `attribution` [3,H,W]; and of the first six copies, `noisyCopies`
 * [6,3,H,W] and `noisyGradients` [6,3,H,W] (absolute in `homework`).
 * Measurements: `deviation` of the noise; `largest` and `mean` of the attribution's absolute values.
 */
export const smoothGrad: Explainer<SmoothGradParameters> = {
  method: 'smooth-grad',
  version: 2,
  parameters: (variant) => (variant === 'homework' ? homeworkParameters : paperParameters),
  explain,
}

async function explain(request: ExplainRequest<SmoothGradParameters>): Promise<Explanation> {
  checkRequest(request)
  const { classifier, picture, target, variant, parameters, seed, progress } = request
  const { samples } = parameters
  const deviation = noiseDeviation(picture.data, variant, parameters.noise)
  const random = new RandomBits(seed, 'smooth-grad', picture.data)
  const isHomework = variant === 'homework'
  const objective = isHomework
    ? ({ kind: 'cross-entropy', label: target } as const)
    : ({ kind: 'logit', target } as const)
  const size = picture.data.length
  const kept = Math.min(KEPT_COPIES, samples)
  const noisyCopies = new Float32Array(kept * size)
  const noisyGradients = new Float32Array(kept * size)
  const sum = new Float64Array(size)
  const bits = new Int32Array(classifier.batchOf(samples) * size)
  progress?.('noisy-copies', 0, samples)
  await forEachBatch(request, samples, async (first, end) => {
    const count = end - first
    const data = random.fill(bits.subarray(0, count * size))
    const drawn = { data, shape: [count, 2, size / 2] }
    const copies = { kind: 'noisy', picture, bits: drawn, deviation } as const
    const part = await classifier.summedGradient(copies, objective, {
      weights: new Float32Array(count).fill(1),
      absolute: isHomework,
      each: first < kept,
    })
    for (let i = 0; i < size; i++) sum[i]! += part.sum.data[i]!
    if (part.gradient) {
      const shown = Math.min(count, kept - first)
      const values = part.gradient.data.subarray(0, shown * size)
      noisyGradients.set(isHomework ? values.map(Math.abs) : values, first * size)
      noisyCopies.set(pictureCopies(firstCopies(copies, shown)).data, first * size)
    }
    progress?.('noisy-copies', end, samples)
  })
  const logits = await classifier.logits(asBatch(picture))
  const attribution = Float32Array.from(sum, (value) => value / samples)
  const keptShape = [kept, ...picture.shape]
  return {
    arrays: {
      input: picture,
      logits: firstOf(logits),
      attribution: { data: attribution, shape: picture.shape },
      noisyCopies: { data: noisyCopies, shape: keptShape },
      noisyGradients: { data: noisyGradients, shape: keptShape },
    },
    measurements: { deviation, ...magnitude({ data: attribution, shape: picture.shape }) },
    batch: classifier.batchOf(samples),
  }
}

/** @returns the standard deviation of the noise. */
function noiseDeviation(picture: Float32Array, variant: Variant, noise: number): number {
  const range = picture.reduce((a, b) => Math.max(a, b)) - picture.reduce((a, b) => Math.min(a, b))
  if (variant === 'paper') return noise * range
  if (range === 0) {
    throw new ExplainerError(
      'invalid-parameter',
      'picture',
      'the picture has one value everywhere, and the homework divides the noise by the range of its values; the variant paper allows such a picture',
    )
  }
  return (noise / range) ** 2
}

function firstCopies(copies: NoisyCopies, count: number): NoisyCopies {
  const {
    data,
    shape: [, ...rest],
  } = copies.bits
  const size = copies.picture.data.length
  return { ...copies, bits: { data: data.subarray(0, count * size), shape: [count, ...rest] } }
}

function magnitude({ data }: FloatTensor) {
  return {
    largest: data.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
    mean: data.reduce((a, b) => a + Math.abs(b), 0) / data.length,
  }
}
