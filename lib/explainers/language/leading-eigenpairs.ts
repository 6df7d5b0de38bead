import { RandomStream } from '../random'

export interface Eigenpair {
  readonly value: number
  /** Of length 1. */
  readonly vector: Float64Array
}

/** Rounds of inverse iteration: the first finds the vector, the others make its rounding errors small. */
const ROUNDS = 3
/** The square of its inverse is still a number: a matrix of smaller ones counts as 0. */
const SMALLEST = 1e-140

/**
 * The largest eigenvalues of a symmetric matrix with their vectors, without computing the others: Householder's
 * reduction to three diagonals, bisection and inverse iteration (Golub & Van Loan, "Matrix Computations", 4th ed.,
 * 8.3 and 8.4). As exact as a whole decomposition: a vector's error is a few roundings of the largest value, divided by
 * the distance of its value from its neighbours.
 *
 * @param matrix [size, size], row-major; only what is not above the diagonal is read, and all of it is overwritten
 * @returns `count` pairs, the largest value first
 */
export function leadingEigenpairs(matrix: Float64Array, count: number): Eigenpair[] {
  const size = Math.sqrt(matrix.length)
  if (!Number.isInteger(size) || count > size)
    throw new RangeError(`leadingEigenpairs: ${count} of a matrix of ${matrix.length} numbers`)
  const reduced = tridiagonalize(matrix, size)
  const random = new RandomStream(0, 'inverse iteration')
  const found: Eigenpair[] = []
  for (let rank = 0; rank < count; rank++) {
    const value = valueOfRank(reduced, rank)
    const vector = Float64Array.from({ length: size }, () => random.uniform() - 0.5)
    for (let round = 0; round < ROUNDS; round++) {
      solveShifted(reduced, value, vector)
      // Equal values share a plane: their vectors are those that stand at right angles in it.
      for (const other of found) removeAlong(vector, other.vector)
      normalize(vector)
    }
    found.push({ value, vector })
  }
  for (const { vector } of found) transformBack(matrix, reduced, vector)
  return found
}

/** A matrix T with numbers beside its diagonal only, similar to the given one. */
interface Tridiagonal {
  readonly diagonal: Float64Array
  /** `beside[i]` is T[i, i−1]; the first is 0. */
  readonly beside: Float64Array
  /** Half the squared length of each reflection's vector, which lies in the matrix's row; 0: no reflection. */
  readonly heights: Float64Array
  /** Below this a number is a rounding error. */
  readonly tiny: number
}

/** From the last row up, so that every loop runs along rows. Reflection i is I − u·uᵀ/height, u in row i. */
function tridiagonalize(matrix: Float64Array, size: number): Tridiagonal {
  const diagonal = new Float64Array(size)
  const beside = new Float64Array(size)
  const heights = new Float64Array(size)
  const image = new Float64Array(size)
  for (let i = size - 1; i > 0; i--) {
    const u = matrix.subarray(i * size, i * size + i)
    const last = u[i - 1]!
    let rest = 0
    for (let k = 0; k < i - 1; k++) rest += u[k]! * u[k]!
    if (rest === 0) {
      beside[i] = last
      continue
    }
    const length = Math.sqrt(rest + last * last)
    beside[i] = last >= 0 ? -length : length
    heights[i] = length * (length + Math.abs(last))
    u[i - 1] = last - beside[i]!
    reflect(matrix, size, u, heights[i]!, image)
  }
  for (let i = 0; i < size; i++) diagonal[i] = matrix[i * size + i]!
  const largest = diagonal.reduce(
    (most, value, i) => Math.max(most, Math.abs(value), Math.abs(beside[i]!)),
    0,
  )
  return { diagonal, beside, heights, tiny: Math.max(largest * Number.EPSILON, SMALLEST) }
}

/** Applies a reflection from both sides to the rows and columns before `u.length`. @param image to work in */
function reflect(
  matrix: Float64Array,
  size: number,
  u: Float64Array,
  height: number,
  image: Float64Array,
): void {
  const length = u.length
  image.fill(0, 0, length)
  for (let j = 0; j < length; j++) {
    const start = j * size
    const uj = u[j]!
    let sum = matrix[start + j]! * uj
    for (let k = 0; k < j; k++) {
      const value = matrix[start + k]!
      sum += value * u[k]!
      image[k]! += value * uj
    }
    image[j]! += sum
  }
  let along = 0
  for (let j = 0; j < length; j++) {
    image[j]! /= height
    along += image[j]! * u[j]!
  }
  along /= 2 * height
  for (let j = 0; j < length; j++) image[j]! -= along * u[j]!
  for (let j = 0; j < length; j++) {
    const start = j * size
    const uj = u[j]!
    const ij = image[j]!
    for (let k = 0; k <= j; k++) matrix[start + k]! -= uj * image[k]! + ij * u[k]!
  }
}

/** @returns the eigenvalue that `rank` others are larger than or equal to, to the last digit. */
function valueOfRank(reduced: Tridiagonal, rank: number): number {
  const { diagonal, beside, tiny } = reduced
  const size = diagonal.length
  // Gershgorin: no value is farther from its diagonal than the numbers beside it.
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < size; i++) {
    const reach = Math.abs(beside[i]!) + Math.abs(beside[i + 1] ?? 0) + tiny
    low = Math.min(low, diagonal[i]! - reach)
    high = Math.max(high, diagonal[i]! + reach)
  }
  for (;;) {
    const middle = (low + high) / 2
    if (high - low <= tiny || middle <= low || middle >= high) return middle
    if (countBelow(reduced, middle) >= size - rank) high = middle
    else low = middle
  }
}

/** @returns how many eigenvalues are smaller: the negative ones in Sturm's sequence. */
function countBelow({ diagonal, beside, tiny }: Tridiagonal, bound: number): number {
  let count = 0
  let ratio = 1
  for (let i = 0; i < diagonal.length; i++) {
    ratio = diagonal[i]! - bound - (beside[i]! * beside[i]!) / ratio
    if (ratio === 0) ratio = tiny
    if (ratio < 0) count++
  }
  return count
}

/** Solves (T − shift·I)·x = vector in place, by elimination that exchanges rows. */
function solveShifted({ diagonal, beside, tiny }: Tridiagonal, shift: number, vector: Float64Array): void {
  const size = diagonal.length
  // The three diagonals of the upper triangle.
  const pivots = new Float64Array(size)
  const next = new Float64Array(size + 1)
  const second = new Float64Array(size + 2)
  let pivot = diagonal[0]! - shift
  let right = beside[1] ?? 0
  for (let i = 0; i + 1 < size; i++) {
    const below = beside[i + 1]!
    const belowPivot = diagonal[i + 1]! - shift
    const belowRight = beside[i + 2] ?? 0
    const [here, there] = [vector[i]!, vector[i + 1]!]
    if (Math.abs(pivot) >= Math.abs(below)) {
      const factor = pivot === 0 ? 0 : below / pivot
      pivots[i] = pivot
      next[i] = right
      vector[i + 1] = there - factor * here
      pivot = belowPivot - factor * right
      right = belowRight
    } else {
      const factor = pivot / below
      pivots[i] = below
      next[i] = belowPivot
      second[i] = belowRight
      vector[i] = there
      vector[i + 1] = here - factor * there
      pivot = right - factor * belowPivot
      right = -factor * belowRight
    }
  }
  pivots[size - 1] = pivot
  for (let i = size - 1; i >= 0; i--) {
    const rest = vector[i]! - next[i]! * (vector[i + 1] ?? 0) - second[i]! * (vector[i + 2] ?? 0)
    vector[i] = rest / (Math.abs(pivots[i]!) < tiny ? tiny : pivots[i]!)
  }
}

/** Takes a vector of T's to one of the matrix. */
function transformBack(matrix: Float64Array, { heights }: Tridiagonal, vector: Float64Array): void {
  const size = vector.length
  for (let i = 1; i < size; i++) {
    if (heights[i] === 0) continue
    const u = matrix.subarray(i * size, i * size + i)
    let along = 0
    for (let k = 0; k < i; k++) along += u[k]! * vector[k]!
    along /= heights[i]!
    for (let k = 0; k < i; k++) vector[k]! -= along * u[k]!
  }
}

function removeAlong(vector: Float64Array, direction: Float64Array): void {
  const along = vector.reduce((sum, value, i) => sum + value * direction[i]!, 0)
  for (let i = 0; i < vector.length; i++) vector[i]! -= along * direction[i]!
}

function normalize(vector: Float64Array): void {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  for (let i = 0; i < vector.length; i++) vector[i]! /= length
}
