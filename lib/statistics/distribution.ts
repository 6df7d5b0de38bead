import type { Column } from './moments'

export interface Bin {
  /** The bin holds values from here … */
  readonly from: number
  /** … to below here; the last bin holds its upper end too. */
  readonly to: number
  readonly count: number
}

/**
 * @param values outside `minimum`..`maximum` they are counted in the first or last bin
 * @param bins how many, of equal width
 */
export function histogram(values: Column, minimum: number, maximum: number, bins: number): Bin[] {
  if (!Number.isInteger(bins) || bins < 1 || !(maximum > minimum))
    throw new RangeError(`histogram: ${bins} bins from ${minimum} to ${maximum} cannot be made`)
  const counts = new Array<number>(bins).fill(0)
  for (let row = 0; row < values.length; row += 1) {
    const bin = Math.floor(((values[row]! - minimum) * bins) / (maximum - minimum))
    counts[Math.min(bins - 1, Math.max(0, bin))]! += 1
  }
  const edge = (bin: number) => minimum + ((maximum - minimum) * bin) / bins
  return counts.map((count, bin) => ({ from: edge(bin), to: edge(bin + 1), count }))
}

/**
 * Quantile by linear interpolation between order statistics, type 7 of Hyndman, R. J., & Fan, Y. (1996). Sample quantiles
 * in statistical packages. The American Statistician, 50, 361–365; what R, NumPy and spreadsheets give.
 * @param probability 0..1
 * @returns null for no values
 */
export function quantile(values: Column, probability: number): number | null {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`quantile: ${probability} is no probability; expected 0 to 1`)
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  const position = (sorted.length - 1) * probability
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(sorted.length - 1, below + 1)]!
  return low + (high - low) * (position - below)
}
