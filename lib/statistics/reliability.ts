import { type Column, variance } from './moments'

export interface Reliability {
  /** Cronbach's alpha, at most 1; null with fewer than two items, or where totals do not vary. */
  readonly alpha: number | null
  /** In the unit of the totals; null where alpha is. */
  readonly standardError: number | null
  /** Alpha of the test without each item; null where it cannot be told. */
  readonly alphaWithout: readonly (number | null)[]
}

/**
 * Cronbach's alpha, k/(k−1) · (1 − Σ σᵢ² / σ²), how closely the items measure the same. For items scored 0 or 1 it is
 * Kuder and Richardson's formula 20.
 *
 * Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, 16, 297–334.
 * Kuder, G. F., & Richardson, M. W. (1937). The theory of the estimation of test reliability. Psychometrika, 2, 151–160.
 *
 * The standard error of measurement is σ·√(1 − α): two thirds of repeated scores of a student would lie within one of it
 * around the true one (Lord, F. M., & Novick, M. R. (1968). Statistical theories of mental test scores).
 *
 * @param items points by student, one column an item, all as long as `totals`
 * @param totals each student's sum over the items
 */
export function reliability(items: readonly Column[], totals: Column): Reliability {
  const total = variance(totals)
  const variances = items.map((item) => variance(item))
  const sum = variances.reduce((all, one) => all + one, 0)
  const alpha = cronbach(items.length, sum, total)
  return {
    alpha,
    standardError: alpha === null ? null : Math.sqrt(total * Math.max(0, 1 - alpha)),
    alphaWithout: items.map((item, index) =>
      cronbach(items.length - 1, sum - variances[index]!, variance(restOf(totals, item))),
    ),
  }
}

/** @returns each student's total without the item. */
export function restOf(totals: Column, item: Column): Float64Array {
  const rest = new Float64Array(totals.length)
  for (let row = 0; row < rest.length; row += 1) rest[row] = totals[row]! - item[row]!
  return rest
}

function cronbach(items: number, sumOfVariances: number, varianceOfTotal: number): number | null {
  if (items < 2 || varianceOfTotal === 0) return null
  return (items / (items - 1)) * (1 - sumOfVariances / varianceOfTotal)
}
