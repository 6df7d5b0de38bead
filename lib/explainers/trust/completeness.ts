/** How far a map is from adding up to what it explains. */
export interface Completeness {
  /** What the map adds up to, and what it should: the change of the output from the baseline to the picture. */
  readonly sum: number
  readonly change: number
  /** |sum − change|, in units of the output. */
  readonly error: number
  /** The error as a share of |change|; null where nothing changes. */
  readonly relative: number | null
}

/**
 * Completeness: attributions add up to the difference between the output for the input and that for the baseline.
 * M. Sundararajan, A. Taly, Q. Yan, "Axiomatic Attribution for Deep Networks", ICML 2017.
 */
export function completenessOf(sum: number, change: number): Completeness {
  const error = Math.abs(sum - change)
  return { sum, change, error, relative: change === 0 ? null : error / Math.abs(change) }
}
