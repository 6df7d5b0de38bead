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
  const plane = picture.length / 3
  const value = valueAt(copies, plane)
  for (let copy = 0, place = 0; copy < count; copy++) {
    for (let i = 0; i < picture.length; i++, place++) data[place] = value(copy, i)
  }
  return { data, shape: [count, ...shape] }
}

/** @returns the value of pixel and channel `i` of a copy. */
function valueAt(copies: PictureCopies, plane: number): (copy: number, i: number) => number {
  const picture = copies.picture.data
  switch (copies.kind) {
    case 'hidden': {
      const { labels, shown, filled } = copies
      const superpixels = shown.shape[1]!
      return (copy, i) => {
        const isShown = shown.data[copy * superpixels + labels.data[i % plane]! - 1] !== 0
        return (isShown ? picture : filled.data)[i]!
      }
    }
    case 'noisy': {
      const { bits, deviation } = copies
      return (copy, i) =>
        picture[i]! + deviation * normalOf(bits.data, copy * picture.length, picture.length, i)
    }
    case 'scaled':
      return (copy, i) => picture[i]! * copies.factors.data[copy]!
  }
}

/**
 * Box and Muller, "A note on the generation of random normal deviates", 1958: the first number of a pair gives the
 * radius √(−2 ln u), u = (|bits| + ½)/2³¹ in (0, 1]; the second the angle, −π to π. Half of the results are cosines.
 *
 * @returns normal number `i` of the `size` that belong to the bits from `start` on.
 */
function normalOf(bits: Int32Array, start: number, size: number, i: number): number {
  const half = size / 2
  const pair = start + (i % half)
  const radius = Math.sqrt(-2 * Math.log(Math.min(1, (Math.abs(bits[pair]!) + 0.5) * 2 ** -31)))
  const angle = bits[pair + half]! * Math.PI * 2 ** -31
  return radius * (i < half ? Math.cos(angle) : Math.sin(angle))
}
