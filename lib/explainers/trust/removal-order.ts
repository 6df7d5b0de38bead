import type { RandomStream } from '../random'
import type { Importance } from './importance'

/** In which order the units of a map are taken, and after which of them is looked. */
export interface Removal {
  /** Every unit once. */
  readonly order: Int32Array
  /** Ascending, from 0 to all: how many units have been taken at each look. */
  readonly counts: readonly number[]
  /** Of the picture's pixels, 0 to 1: their share at each look. */
  readonly shares: readonly number[]
}

/** The most important unit first; of equal ones the first in the picture's numbering. */
export function byImportance({ values }: Importance): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b)
}

/** All orders equally likely (Fisher and Yates). */
export function atRandom(units: number, random: RandomStream): Int32Array {
  const order = Int32Array.from({ length: units }, (_, unit) => unit)
  for (let last = units - 1; last > 0; last--) {
    const other = random.integer(last + 1)
    const held = order[last]!
    order[last] = order[other]!
    order[other] = held
  }
  return order
}

/**
 * Looks at the beginning, and each time that a further `1/steps` of the pixels has been taken. A unit is never cut in
 * two: the look comes after the unit that reaches the share, so that large units make fewer looks.
 */
export function planRemoval(order: Int32Array, { unitOfPixel }: Importance, steps: number): Removal {
  const areas = new Int32Array(order.length)
  for (const unit of unitOfPixel) areas[unit]! += 1
  const pixels = unitOfPixel.length
  const counts = [0]
  const shares = [0]
  let taken = 0
  let next = 1
  for (const [index, unit] of order.entries()) {
    taken += areas[unit]!
    if (taken * steps < next * pixels && index < order.length - 1) continue
    counts.push(index + 1)
    shares.push(taken / pixels)
    next = Math.floor((taken * steps) / pixels) + 1
  }
  return { order, counts, shares }
}
