import fc from 'fast-check'
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { leadingEigenpairs } from '@/lib/explainers/language/leading-eigenpairs'
import { innerProducts } from '@/lib/explainers/language/vectors'

/** Small whole numbers make matrices with zeros and with equal values among them. */
const entries = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  // The library that it is compared with stumbles over squares that are too small to be numbers.
  fc.double({ min: -100, max: 100, noNaN: true }).map((entry) => (Math.abs(entry) < 1e-100 ? 0 : entry)),
)

const symmetric = fc.integer({ min: 1, max: 24 }).chain((size) =>
  fc.array(entries, { minLength: size * size, maxLength: size * size }).map((numbers) => {
    const matrix = Float64Array.from(numbers)
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j]!
    return { size, matrix }
  }),
)

function rowsOf(matrix: Float64Array, size: number): number[][] {
  return Array.from({ length: size }, (_, i) => [...matrix.subarray(i * size, (i + 1) * size)])
}

describe('leading eigenpairs', () => {
  it('are those of the whole decomposition, at right angles to each other', () => {
    fc.assert(
      fc.property(symmetric, fc.integer({ min: 1, max: 5 }), ({ size, matrix }, wanted) => {
        const rows = rowsOf(matrix, size)
        const { realEigenvalues } = new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true })
        const expected = [...realEigenvalues].sort((one, other) => other - one)
        const rounding = 1e-13 * size * Math.max(1, ...expected.map(Math.abs))
        const count = Math.min(wanted, size)
        const found = leadingEigenpairs(matrix, count)
        expect(found).toHaveLength(count)
        for (const [rank, { value, vector }] of found.entries()) {
          expect(Math.abs(value - expected[rank]!)).toBeLessThanOrEqual(rounding)
          for (const [i, row] of rows.entries()) {
            const image = row.reduce((sum, entry, j) => sum + entry * vector[j]!, 0)
            expect(Math.abs(image - value * vector[i]!)).toBeLessThanOrEqual(rounding)
          }
          for (const [other, { vector: otherVector }] of found.entries()) {
            const product = vector.reduce((sum, part, i) => sum + part * otherVector[i]!, 0)
            expect(product).toBeCloseTo(other === rank ? 1 : 0, 10)
          }
        }
      }),
    )
  })

  it('share the plane of equal values', () => {
    const size = 9
    const identity = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 3 : 0))
    const [one, other] = leadingEigenpairs(identity, 2)
    expect([one!.value, other!.value]).toEqual([expect.closeTo(3, 12), expect.closeTo(3, 12)])
    expect(one!.vector.reduce((sum, part, i) => sum + part * other!.vector[i]!, 0)).toBeCloseTo(0, 12)
  })

  it('refuse a matrix that is not square, and more pairs than it has', () => {
    expect(() => leadingEigenpairs(new Float64Array(8), 1)).toThrow(RangeError)
    expect(() => leadingEigenpairs(new Float64Array(4), 3)).toThrow(RangeError)
  })
})

describe('inner products', () => {
  it('are those of each pair', () => {
    const vectors = fc
      .tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 7 }))
      .chain(([count, width]) =>
        fc.array(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: width, maxLength: width }), {
          minLength: count,
          maxLength: count,
        }),
      )
    fc.assert(
      fc.property(vectors, (rows) => {
        const products = innerProducts(rows.map((row) => Float64Array.from(row)))
        for (const [i, one] of rows.entries()) {
          for (const [j, other] of rows.slice(0, i + 1).entries()) {
            expect(products[i * rows.length + j]).toBe(
              one.reduce((sum, value, k) => sum + value * other[k]!, 0),
            )
          }
        }
      }),
    )
  })
})
