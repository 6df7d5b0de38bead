import type { FloatTensor, Tensor } from '../evidence'
import { pictureCopies } from '../picture-copies'
import type { RandomStream } from '../random'

/**
 * Draws which superpixels each perturbed copy shows: the first copy all of them, every other each with probability ½.
 *
 * @returns [samples, superpixels], 1 for shown and 0 for hidden.
 */
export function drawSamples(random: RandomStream, samples: number, superpixels: number): Uint8Array {
  const shown = new Uint8Array(samples * superpixels).fill(1, 0, superpixels)
  for (let i = superpixels; i < shown.length; i++) shown[i] = random.bit() ? 1 : 0
  return shown
}

/**
 * How near a copy is to the picture: √exp(−d²/width²), d the cosine distance between its row of zeros and ones and
 * the row of ones, which is 1 − √(k/n) when k of n superpixels are shown.
 *
 * @param shown [samples, superpixels].
 * @returns the weight of each copy in the regression, 0 to 1.
 */
export function proximityWeights(shown: Uint8Array, superpixels: number, kernelWidth: number): Float64Array {
  const weights = new Float64Array(shown.length / superpixels)
  for (let sample = 0; sample < weights.length; sample++) {
    let count = 0
    for (let i = 0; i < superpixels; i++) count += shown[sample * superpixels + i]!
    const distance = 1 - Math.sqrt(count / superpixels)
    weights[sample] = Math.sqrt(Math.exp(-(distance * distance) / (kernelWidth * kernelWidth)))
  }
  return weights
}

/**
 * @param picture [3, height, width].
 * @param labels int32 [height, width], superpixels numbered from 1.
 * @returns [3, height, width]: the picture with every superpixel filled with its mean colour.
 */
export function fillWithMeanColours(picture: FloatTensor, labels: Tensor, superpixels: number): FloatTensor {
  const plane = labels.data.length
  const sizes = new Float64Array(superpixels + 1)
  const sums = new Float64Array(3 * (superpixels + 1))
  for (let pixel = 0; pixel < plane; pixel++) {
    const label = labels.data[pixel]!
    sizes[label]! += 1
    for (let channel = 0; channel < 3; channel++) {
      sums[3 * label + channel]! += picture.data[channel * plane + pixel]!
    }
  }
  const data = new Float32Array(3 * plane)
  for (let pixel = 0; pixel < plane; pixel++) {
    const label = labels.data[pixel]!
    for (let channel = 0; channel < 3; channel++) {
      data[channel * plane + pixel] = sums[3 * label + channel]! / sizes[label]!
    }
  }
  return { data, shape: picture.shape }
}

/**
 * The picture with some superpixels hidden, for figures and deletion tests.
 *
 * @param shown one number for each superpixel, in the order of their labels; 0 hides it.
 * @returns [3, height, width]: the picture where superpixels are shown, their mean colours where they are hidden.
 */
export function perturbedCopy(picture: FloatTensor, labels: Tensor, shown: ArrayLike<number>): FloatTensor {
  const superpixels = shown.length
  const filled = fillWithMeanColours(picture, labels, superpixels)
  const rows = { data: Float32Array.from(shown), shape: [1, superpixels] }
  const { data } = pictureCopies({ kind: 'hidden', picture, filled, labels, shown: rows })
  return { data, shape: picture.shape }
}
