/** A range that holds the true value in the stated share of samples. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** The normal distribution's quantile for a two-sided interval of 95 %. */
export const z95 = 1.959963984540054

/**
 * Wilson's score interval of a proportion. Unlike p ± z·√(pq/n) it stays within 0..1 and says something at 0 and 1.
 *
 * Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
 * Statistical Association, 22, 209–212.
 *
 * For an item with part points, `proportion` is the mean share of its points. Shares between 0 and 1 vary at most as much
 * as zeros and ones of the same mean do, so the interval is then no narrower than it should be.
 *
 * @param proportion 0..1
 * @param n students, a positive integer
 * @throws RangeError when an argument is out of its range
 */
export function wilsonInterval(proportion: number, n: number, z = z95): Interval {
  if (!(proportion >= 0 && proportion <= 1))
    throw new RangeError(`wilsonInterval: ${proportion} is no proportion; expected 0 to 1`)
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`wilsonInterval: ${n} students; expected a positive whole number`)
  const square = z * z
  const centre = (proportion + square / (2 * n)) / (1 + square / n)
  const half = (z / (1 + square / n)) * Math.sqrt((proportion * (1 - proportion)) / n + square / (4 * n * n))
  return {
    low: proportion === 0 ? 0 : Math.max(0, centre - half),
    high: proportion === 1 ? 1 : Math.min(1, centre + half),
  }
}
