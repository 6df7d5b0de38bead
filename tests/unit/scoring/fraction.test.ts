import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fractionOfPoints } from '@/lib/scoring/fraction'

describe('fractionOfPoints', () => {
  it('agrees with exact arithmetic', () => {
    const fractions = fc.integer({ min: 1, max: 1000 }).chain((denominator) =>
      fc.record({
        denominator: fc.constant(denominator),
        numerator: fc.integer({ min: 0, max: denominator }),
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fractions, (points, fraction) => {
        const numerator = BigInt(2 * fraction.numerator) * BigInt(points) + BigInt(fraction.denominator)
        expect(BigInt(fractionOfPoints(points, fraction))).toBe(numerator / BigInt(2 * fraction.denominator))
      }),
    )
  })

  it('refuses what an integer cannot hold', () => {
    expect(() => fractionOfPoints(2 ** 50, { numerator: 1000, denominator: 1000 })).toThrow('too many')
  })
})
