import { leadingEigenpairs } from './leading-eigenpairs'
import { innerProducts } from './vectors'

export interface Projection {
  /** Coordinates of each vector on the first `count` principal axes, [vectors][count]. */
  readonly points: readonly (readonly number[])[]
  /** Share of the variance along each axis, 0 to 1. */
  readonly explained: readonly number[]
}

/**
 * Principal components by exact singular value decomposition (Pearson, 1901): with the centred vectors as rows of X,
 * X·Xᵀ = U·S²·Uᵀ, and the coordinates are U·S. Of the smaller of the two symmetric products only the wanted pairs are
 * computed; its trace is the whole variance.
 *
 * The sign of an axis is arbitrary; here the coordinate of largest magnitude (of equals the first) is positive, so
 * that equal input gives an equal picture.
 * @param vectors at least two, of one length
 */
export function principalComponents(vectors: readonly Float32Array[], count = 2): Projection {
  const width = vectors[0]?.length ?? 0
  if (vectors.length < 2 || count > Math.min(vectors.length, width)) {
    throw new RangeError(
      `principalComponents: ${count} axes of ${vectors.length} vectors of ${width} numbers`,
    )
  }
  const centred = centre(vectors)
  const isWide = vectors.length <= width
  const product = innerProducts(isWide ? centred : transpose(centred))
  const size = isWide ? vectors.length : width
  let total = 0
  for (let i = 0; i < size; i++) total += product[i * size + i]!
  const pairs = leadingEigenpairs(product, count)
  const axes = pairs.map(({ value, vector }) => {
    // Rounding can make the eigenvalue of an empty direction slightly negative.
    const scale = Math.sqrt(Math.max(0, value))
    const coordinates = isWide
      ? vector.map((part) => part * scale)
      : centred.map((row) => row.reduce((sum, part, i) => sum + part * vector[i]!, 0))
    return withFixedSign(coordinates)
  })
  return {
    points: vectors.map((_, row) => axes.map((axis) => axis[row]!)),
    explained: pairs.map(({ value }) => (total === 0 ? 0 : Math.max(0, value) / total)),
  }
}

function centre(vectors: readonly Float32Array[]): Float64Array[] {
  const means = new Float64Array(vectors[0]!.length)
  for (const vector of vectors)
    for (let i = 0; i < means.length; i++) means[i]! += vector[i]! / vectors.length
  return vectors.map((vector) => Float64Array.from(vector, (value, i) => value - means[i]!))
}

function transpose(rows: readonly Float64Array[]): Float64Array[] {
  return Array.from(rows[0]!, (_, column) => Float64Array.from(rows, (row) => row[column]!))
}

function withFixedSign(values: ArrayLike<number>): number[] {
  const numbers = Array.from(values)
  const largest = numbers.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
  return numbers.map((value) => (largest < 0 ? -value : value))
}
