/**
 * The quantile of Student's t distribution for a two-sided interval of 95 %, by the expansion of Cornish and Fisher; off by
 * less than 0.001 from 9 degrees of freedom on.
 *
 * Fisher, R. A., & Cornish, E. A. (1960). The percentile points of distributions having known cumulants. Technometrics, 2,
 * 209–225; Abramowitz, M., & Stegun, I. A. (1964). Handbook of mathematical functions, 26.7.5.
 *
 * @param freedom degrees of freedom, at least 9
 * @throws RangeError for fewer
 */
export function t95(freedom: number): number {
  if (!(freedom >= 9)) throw new RangeError(`t95: ${freedom} degrees of freedom; expected 9 or more`)
  const z = 1.959963984540054
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  )
}
