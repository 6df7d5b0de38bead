/**
 * Holm's step-down correction: with it, one true hypothesis or more is rejected by chance as often as the level says, however
 * many are tested and however they hang together.
 *
 * Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics, 6, 65–70.
 *
 * @param probabilities of each test, 0..1
 * @returns adjusted, in the same order: to be held against the level itself
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = [...probabilities.keys()].sort((one, other) => probabilities[one]! - probabilities[other]!)
  const adjusted = new Array<number>(probabilities.length)
  let largest = 0
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (probabilities.length - rank) * probabilities[index]!))
    adjusted[index] = largest
  }
  return adjusted
}
