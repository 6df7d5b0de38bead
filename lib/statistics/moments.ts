/** Means, variances and correlations of columns of numbers; deviations are taken from the mean, so nothing cancels. */

export type Column = ArrayLike<number>

/** @throws RangeError for an empty column. */
export function mean(column: Column): number {
  if (column.length === 0) throw new RangeError('mean: the column is empty')
  let sum = 0
  for (let row = 0; row < column.length; row += 1) sum += column[row]!
  return sum / column.length
}

/** @returns Σ(x − x̄)² / (n − 1), the unbiased sample variance. @throws RangeError for fewer than two numbers. */
export function variance(column: Column): number {
  if (column.length < 2) throw new RangeError('variance: at least two numbers are needed')
  const centre = mean(column)
  let squares = 0
  for (let row = 0; row < column.length; row += 1) squares += (column[row]! - centre) ** 2
  return squares / (column.length - 1)
}

/**
 * Pearson's product-moment correlation. With a column of zeros and ones it is the point-biserial correlation.
 * @returns −1..1; null where a column does not vary, so that there is nothing to correlate
 * @throws RangeError for columns of different lengths or fewer than two rows
 */
export function pearson(left: Column, right: Column): number | null {
  if (left.length !== right.length)
    throw new RangeError(`pearson: ${left.length} and ${right.length} rows cannot be paired`)
  if (left.length < 2) throw new RangeError('pearson: at least two rows are needed')
  const [leftMean, rightMean] = [mean(left), mean(right)]
  let leftSquares = 0
  let rightSquares = 0
  let products = 0
  for (let row = 0; row < left.length; row += 1) {
    const x = left[row]! - leftMean
    const y = right[row]! - rightMean
    leftSquares += x * x
    rightSquares += y * y
    products += x * y
  }
  if (leftSquares === 0 || rightSquares === 0) return null
  return Math.min(1, Math.max(-1, products / Math.sqrt(leftSquares * rightSquares)))
}
