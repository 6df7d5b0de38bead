import type { FloatTensor } from '../evidence'

/** A view of `hidden_states` [layers+1, tokens, width] at one layer and token; no copy. */
export function stateOf({ data, shape }: FloatTensor, layer: number, token: number): Float32Array {
  const [, tokens = 0, width = 0] = shape
  const start = (layer * tokens + token) * width
  return data.subarray(start, start + width)
}

/** @returns the mean of vectors of one length. @throws RangeError when there is none */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors
  if (!first) throw new RangeError('meanVector: there are no vectors')
  const sums = new Float64Array(first.length)
  for (const vector of vectors) for (let i = 0; i < sums.length; i++) sums[i]! += vector[i]!
  return Float32Array.from(sums, (sum) => sum / vectors.length)
}

export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!
  return sum
}

/**
 * @param rows vectors of one length
 * @returns [rows, rows], row-major: the products of all pairs, those above the diagonal left 0. Four sums run side by
 * side, which a processor does at once, where each would have to wait for its own last addition
 */
export function innerProducts(rows: readonly Float64Array[]): Float64Array {
  const count = rows.length
  const products = new Float64Array(count * count)
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j <= i; j += 4) {
      // Past the end the last row once more: its products land in no place, or in their own.
      const [one, two, three, four] = [0, 1, 2, 3].map((step) => rows[Math.min(j + step, i)]!)
      let [first, second, third, fourth] = [0, 0, 0, 0]
      for (let k = 0; k < row.length; k++) {
        const value = row[k]!
        first += value * one![k]!
        second += value * two![k]!
        third += value * three![k]!
        fourth += value * four![k]!
      }
      const sums = [first, second, third, fourth]
      for (let step = 0; step < 4 && j + step <= i; step++) products[i * count + j + step] = sums[step]!
    }
  }
  return products
}

/** @returns the vector at length 1; itself where it is 0. */
export function unitVector(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector))
  return length === 0 ? vector : vector.map((value) => value / length)
}

/** @returns cosine of the angle, −1 to 1; 0 where a vector is 0. */
export function cosineSimilarity(one: Float32Array, other: Float32Array): number {
  const length = Math.sqrt(dot(one, one) * dot(other, other))
  return length === 0 ? 0 : dot(one, other) / length
}

export function euclideanDistance(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += (one[i]! - other[i]!) ** 2
  return Math.sqrt(sum)
}

/** @returns softmax of the logits, computed stably. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  let largest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < logits.length; i++) largest = Math.max(largest, logits[i]!)
  const weights = Float64Array.from(logits, (logit) => Math.exp(logit - largest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
