import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

export interface Projection {
  /** Coordinates of each vector on the first `count` principal axes, [vectors][count]. */
  readonly points: readonly (readonly number[])[]
  /** Share of the variance along each axis, 0 to 1. */
  readonly explained: readonly number[]
}

/**
 * Principal components by exact singular value decomposition (Pearson, 1901): with the centred vectors as rows of X,
 * X·Xᵀ = U·S²·Uᵀ, and the coordinates are U·S. The smaller of the two symmetric products is decomposed whole.
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
  const product = new Matrix(innerProducts(isWide ? centred : transpose(centred)))
  const { realEigenvalues: values, eigenvectorMatrix } = new EigenvalueDecomposition(product, {
    assumeSymmetric: true,
  })
  const order = values.map((_, index) => index).sort((one, other) => values[other]! - values[one]!)
  const axes = order.slice(0, count).map((column) => {
    const vector = eigenvectorMatrix.getColumn(column)
    // Rounding can make the eigenvalue of an empty direction slightly negative.
    const scale = Math.sqrt(Math.max(0, values[column]!))
    const coordinates = isWide
      ? vector.map((value) => value * scale)
      : centred.map((row) => row.reduce((sum, value, i) => sum + value * vector[i]!, 0))
    return withFixedSign(coordinates)
  })
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  return {
    points: vectors.map((_, row) => axes.map((axis) => axis[row]!)),
    explained: order
      .slice(0, count)
      .map((column) => (total === 0 ? 0 : Math.max(0, values[column]!) / total)),
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

/** Written out, because a layer has a picture of its own: several times faster than the library's product. */
function innerProducts(rows: readonly Float64Array[]): number[][] {
  const products = rows.map(() => new Array<number>(rows.length).fill(0))
  for (const [i, one] of rows.entries()) {
    for (let j = 0; j <= i; j++) {
      const other = rows[j]!
      let sum = 0
      for (let k = 0; k < one.length; k++) sum += one[k]! * other[k]!
      products[i]![j] = sum
      products[j]![i] = sum
    }
  }
  return products
}

function withFixedSign(values: readonly number[]): number[] {
  const largest = values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
  return values.map((value) => (largest < 0 ? -value : value))
}
