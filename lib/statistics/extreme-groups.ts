import type { Column } from './moments'

/** How far each student belongs to the best and to the weakest group, 0..1; students in the order of the totals. */
export interface ExtremeGroups {
  readonly upper: Float64Array
  readonly lower: Float64Array
  /** Students in each group; the weights of each add up to it. */
  readonly size: number
}

/** Kelley's share: with normal totals it tells the groups apart best. */
export const kelleyShare = 0.27

/** @returns how many students are in each group: at least one, at most half. */
export function groupSize(students: number, share = kelleyShare): number {
  return Math.min(Math.floor(students / 2), Math.max(1, Math.round(share * students)))
}

/**
 * The best and the weakest 27 % by total.
 *
 * Kelley, T. L. (1939). The selection of upper and lower groups for the validation of test items. Journal of Educational
 * Psychology, 30, 17–24.
 *
 * Where several students have the total at which a group ends, each belongs to it in part. So the groups have their size,
 * and nothing depends on the order in which students happen to be listed.
 *
 * @param totals at least two
 * @param share of the students in each group, above 0 and up to 0.5
 */
export function extremeGroups(totals: Column, share = kelleyShare): ExtremeGroups {
  const students = totals.length
  if (students < 2) throw new RangeError('extremeGroups: at least two students are needed')
  if (!(share > 0 && share <= 0.5)) throw new RangeError(`extremeGroups: ${share} is not in (0, 0.5]`)
  const size = groupSize(students, share)
  const sorted = Float64Array.from(totals).sort()
  return {
    lower: weigh(totals, size, sorted[size - 1]!, -1),
    upper: weigh(totals, size, sorted[students - size]!, 1),
    size,
  }
}

/** @param direction 1 for the group whose totals lie above its edge, −1 for the one below. */
function weigh(totals: Column, size: number, edge: number, direction: 1 | -1): Float64Array {
  const weights = new Float64Array(totals.length)
  let certain = 0
  let atEdge = 0
  for (let row = 0; row < weights.length; row += 1) {
    const beyond = (totals[row]! - edge) * direction
    if (beyond > 0) {
      weights[row] = 1
      certain += 1
    } else if (beyond === 0) atEdge += 1
  }
  for (let row = 0; row < weights.length; row += 1)
    if (totals[row] === edge) weights[row] = (size - certain) / atEdge
  return weights
}

/** @returns the mean of `values` in a group: Σ wx / Σ w. */
export function meanInGroup(values: Column, weights: Float64Array, size: number): number {
  let sum = 0
  for (let row = 0; row < weights.length; row += 1) sum += weights[row]! * values[row]!
  return sum / size
}
