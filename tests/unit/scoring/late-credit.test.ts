import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countingAttempt } from '@/lib/scoring/attempt-choice'
import { creditedPoints } from '@/lib/scoring/late-credit'

const points = fc.integer({ min: 0, max: 10_000 })
const percent = fc.integer({ min: 0, max: 100 })

describe('late credit', () => {
  it('takes nothing at 100 and all at 0, and rounds halves up', () => {
    expect(creditedPoints(8_700, 100)).toBe(8_700)
    expect(creditedPoints(8_700, 0)).toBe(0)
    expect(creditedPoints(8_700, 80)).toBe(6_960)
    expect(creditedPoints(333, 50)).toBe(167)
  })

  it('is an integer within half a thousandth, and grows with points and with credit', () => {
    fc.assert(
      fc.property(points, points, percent, percent, (a, b, p, q) => {
        const credited = creditedPoints(a, p)
        expect(Number.isInteger(credited)).toBe(true)
        expect(Math.abs(credited - (a * p) / 100)).toBeLessThanOrEqual(0.5)
        if (a <= b) expect(credited).toBeLessThanOrEqual(creditedPoints(b, p))
        if (p <= q) expect(credited).toBeLessThanOrEqual(creditedPoints(a, q))
      }),
    )
  })
})

describe('the attempt that counts', () => {
  const attempts = [
    { number: 2, points: 700 },
    { number: 1, points: 500 },
    { number: 3, points: 700 },
  ]

  it('is the highest, the latest or the first', () => {
    expect(countingAttempt(attempts, 'HIGHEST')?.number).toBe(2)
    expect(countingAttempt(attempts, 'LATEST')?.number).toBe(3)
    expect(countingAttempt(attempts, 'FIRST')?.number).toBe(1)
    expect(countingAttempt([], 'HIGHEST')).toBeNull()
  })

  it('with the highest kept, trying again never lowers a score', () => {
    const list = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 20 }), points }), {
      selector: ({ number }) => number,
      minLength: 1,
    })
    fc.assert(
      fc.property(list, points, (known, next) => {
        const before = countingAttempt(known, 'HIGHEST')!.points
        const after = countingAttempt([...known, { number: 21, points: next }], 'HIGHEST')!.points
        expect(after).toBeGreaterThanOrEqual(before)
      }),
    )
  })
})
