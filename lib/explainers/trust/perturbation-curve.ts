import type { FloatTensor } from '../evidence'
import type { Importance } from './importance'
import type { Removal } from './removal-order'

/** The model's score while a picture turns into another one. */
export interface PerturbationCurve {
  /** Ascending from 0 to 1: the share of the pixels that come from the other picture. */
  readonly shares: readonly number[]
  readonly scores: readonly number[]
}

/** @returns a score for each picture; asked for some at a time, in order. */
export type ScorePictures = (
  count: number,
  write: (picture: Float32Array, index: number) => void,
) => Promise<readonly number[]>

/**
 * Turns one picture into another unit by unit, and asks for the score at each look.
 * V. Petsiuk, A. Das, K. Saenko, "RISE: Randomized Input Sampling for Explanation of Black-box Models", BMVC 2018:
 * deletion goes from the picture to a blank, insertion from a blur to the picture.
 *
 * @param from `to` [3, height, width].
 */
export async function perturbationCurve(
  from: FloatTensor,
  to: FloatTensor,
  { unitOfPixel }: Importance,
  { order, counts, shares }: Removal,
  score: ScorePictures,
): Promise<PerturbationCurve> {
  const rank = new Int32Array(order.length)
  for (const [place, unit] of order.entries()) rank[unit] = place
  const plane = unitOfPixel.length
  const scores = await score(counts.length, (picture, index) => {
    for (let place = 0; place < picture.length; place++) {
      const isTaken = rank[unitOfPixel[place % plane]!]! < counts[index]!
      picture[place] = (isTaken ? to : from).data[place]!
    }
  })
  return { shares, scores }
}

/** @returns the area under the curve by trapezoids, in units of the score: the mean score over all shares. */
export function areaUnder({ shares, scores }: PerturbationCurve): number {
  let area = 0
  for (let i = 1; i < shares.length; i++)
    area += ((shares[i]! - shares[i - 1]!) * (scores[i]! + scores[i - 1]!)) / 2
  return area
}

/** @returns the curve's height at evenly spaced shares, `steps` + 1 of them, along straight lines between its points. */
export function evenly({ shares, scores }: PerturbationCurve, steps: number): Float32Array {
  let right = 1
  return Float32Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps
    while (right < shares.length - 1 && shares[right]! < share) right++
    const [start, end] = [shares[right - 1]!, shares[right]!]
    const part = Math.min(1, Math.max(0, (share - start) / (end - start)))
    return scores[right - 1]! * (1 - part) + scores[right]! * part
  })
}
