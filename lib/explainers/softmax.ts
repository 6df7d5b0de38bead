/** @returns the probability of one class, 0 to 1, from the logits of all. */
export function probabilityOf(logits: Float32Array, target: number): number {
  const largest = logits.reduce((a, b) => Math.max(a, b))
  const sum = logits.reduce((total, value) => total + Math.exp(value - largest), 0)
  return Math.exp(logits[target]! - largest) / sum
}
