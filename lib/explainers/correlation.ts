/** @returns Pearson's r, −1 to 1; null of fewer than two values or where one side does not vary. */
export function pearson(one: ArrayLike<number>, other: ArrayLike<number>): number | null {
  if (one.length !== other.length) throw new RangeError(`pearson: ${one.length} and ${other.length} values`)
  const [oneMean, otherMean] = [meanOf(one), meanOf(other)]
  let [products, oneSquares, otherSquares] = [0, 0, 0]
  for (let i = 0; i < one.length; i++) {
    const [x, y] = [one[i]! - oneMean, other[i]! - otherMean]
    products += x * y
    oneSquares += x * x
    otherSquares += y * y
  }
  const scale = Math.sqrt(oneSquares * otherSquares)
  return scale === 0 ? null : products / scale
}

/** @returns Spearman's ρ: Pearson's r of the ranks, equal values sharing their mean rank. */
export function spearman(one: ArrayLike<number>, other: ArrayLike<number>): number | null {
  return pearson(ranksOf(one), ranksOf(other))
}

function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, index) => index).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Float64Array(values.length)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (const index of order.slice(start, end)) ranks[index] = (start + end - 1) / 2
    start = end
  }
  return ranks
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** @returns the mean of the numbers that exist; null where one does not. */
export function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length < values.length || known.length === 0 ? null : meanOf(known)
}
