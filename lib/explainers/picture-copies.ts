import type { FloatTensor, Tensor } from './evidence'

/**
 * Copies of one picture [3,H,W] that differ in a few numbers each. A classifier makes them where it runs, so that
 * only these numbers travel to the device. `pictureCopies` says what they are, pixel by pixel.
 */
export type PictureCopies = HiddenCopies | NoisyCopies | ScaledCopies

/** Copies in which superpixels are shown as they are or filled. */
export interface HiddenCopies {
  readonly kind: 'hidden'
  readonly picture: FloatTensor
  /** [3,H,W]: what is seen where a superpixel is hidden. */
  readonly filled: FloatTensor
  /** int32 [H,W], superpixels numbered from 1. */
  readonly labels: Tensor
  /** [count, superpixels], in the order of their numbers: 0 hides. */
  readonly shown: FloatTensor
}

/** picture + deviation · normal noise */
export interface NoisyCopies {
  readonly kind: 'noisy'
  readonly picture: FloatTensor
  /** int32 [count,2,3·H·W/2], random bits: a pair of numbers, one of each half, becomes two normal ones. */
  readonly bits: Tensor<Int32Array>
  readonly deviation: number
}

/** picture · factor */
export interface ScaledCopies {
  readonly kind: 'scaled'
  readonly picture: FloatTensor
  /** [count] */
  readonly factors: FloatTensor
}

/** The numbers in which the copies differ; the first axis counts them. */
export function differences(copies: PictureCopies): Tensor {
  if (copies.kind === 'hidden') return copies.shown
  return copies.kind === 'noisy' ? copies.bits : copies.factors
}

/** @returns the copies themselves, [count,3,H,W]. A device makes the same, but for roundings. */
export function pictureCopies(copies: PictureCopies): FloatTensor {
  const { data: picture, shape } = copies.picture
  const count = differences(copies).shape[0]!
  const data = new Float32Array(count * picture.length)
  for (let copy = 0; copy < count; copy++) {
    write(copies, copy, data.subarray(copy * picture.length, (copy + 1) * picture.length))
  }
  return { data, shape: [count, ...shape] }
}

/** Writes one copy into `values` [3·H·W]. */
function write(copies: PictureCopies, copy: number, values: Float32Array): void {
  const picture = copies.picture.data
  switch (copies.kind) {
    case 'hidden': {
      const { labels, shown, filled } = copies
      const superpixels = shown.shape[1]!
      const plane = picture.length / 3
      for (let i = 0; i < values.length; i++) {
        const isShown = shown.data[copy * superpixels + labels.data[i % plane]! - 1] !== 0
        values[i] = (isShown ? picture : filled.data)[i]!
      }
      return
    }
    case 'noisy': {
      const start = copy * picture.length
      addNoise(picture, copies.bits.data.subarray(start, start + picture.length), copies.deviation, values)
      return
    }
    case 'scaled': {
      const factor = copies.factors.data[copy]!
      for (let i = 0; i < values.length; i++) values[i] = picture[i]! * factor
    }
  }
}

/**
 * Box and Muller, "A note on the generation of random normal deviates", 1958: the first number of a pair gives the
 * radius √(−2 ln u), u = (|bits| + ½)/2³¹ in (0, 1]; the second the angle, −π to π. Half of the results are cosines.
 */
function addNoise(picture: Float32Array, bits: Int32Array, deviation: number, values: Float32Array): void {
  const half = picture.length / 2
  for (let i = 0; i < half; i++) {
    const radius = Math.sqrt(-2 * Math.log(Math.min(1, (Math.abs(bits[i]!) + 0.5) * 2 ** -31)))
    const angle = bits[i + half]! * Math.PI * 2 ** -31
    values[i] = picture[i]! + deviation * (radius * Math.cos(angle))
    values[i + half] = picture[i + half]! + deviation * (radius * Math.sin(angle))
  }
}
