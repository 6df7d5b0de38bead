/** @returns places of the largest values, that share of them but at least one; the earlier of equal ones first. */
export function strongestPlaces(values: Float64Array, share: number): Set<number> {
  const order = Array.from(values, (_, index) => index).sort((a, b) => values[b]! - values[a]! || a - b)
  return new Set(order.slice(0, Math.max(1, Math.round(share * values.length))))
}
