import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Adjustment, adjustedPoints, adjustmentIssue } from '@/lib/scoring/adjustment'

const scored = fc
  .record({ maximum: fc.integer({ min: 0, max: 2000 }), share: fc.integer({ min: 0, max: 1000 }) })
  .map(({ maximum, share }) => ({ maximum, automatic: Math.round((maximum * share) / 1000) }))
const adjustment: fc.Arbitrary<Adjustment> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), points: fc.integer({ min: 0, max: 3000 }) }),
  fc.record({ kind: fc.constant('add' as const), points: fc.integer({ min: -3000, max: 3000 }) }),
)

describe('an adjustment by hand', () => {
  it('keeps what counts within 0 and full points, and never takes more away for a higher automatic score', () => {
    fc.assert(
      fc.property(scored, adjustment, fc.nat(2000), ({ automatic, maximum }, given, more) => {
        const counts = adjustedPoints(automatic, maximum, given)
        expect(counts).toBeGreaterThanOrEqual(0)
        expect(counts).toBeLessThanOrEqual(maximum)
        expect(adjustedPoints(Math.min(maximum, automatic + more), maximum, given)).toBeGreaterThanOrEqual(
          counts,
        )
      }),
    )
  })

  it('may be written exactly when it does what it says', () => {
    fc.assert(
      fc.property(scored, adjustment, ({ automatic, maximum }, given) => {
        const said = given.kind === 'set' ? given.points : automatic + given.points
        const issue = adjustmentIssue(automatic, maximum, given)
        expect(issue === null).toBe(adjustedPoints(automatic, maximum, given) === said)
        if (issue !== null) expect(issue).toBe(said > maximum ? 'above-maximum' : 'below-zero')
      }),
    )
  })

  it('of no kind leaves what key and rule give', () => {
    fc.assert(
      fc.property(scored, ({ automatic, maximum }) => {
        expect(adjustedPoints(automatic, maximum, null)).toBe(automatic)
      }),
    )
  })
})
