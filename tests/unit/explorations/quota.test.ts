import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runsAtOnce, spendRuns } from '@/lib/explorations/quota'

const start = new Date('2026-01-01T00:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)

/** Spends one run as often as it is allowed at one moment. */
function spendAll(
  spentUntil: Date | null,
  now: Date,
): { count: number; spentUntil: Date | null; wait: number } {
  let held = spentUntil
  for (let count = 0; ; count++) {
    const spent = spendRuns(held, 1, now)
    if (!spent.allowed) return { count, spentUntil: held, wait: spent.waitSeconds }
    held = spent.spentUntil
  }
}

describe('the allowance of explorations', () => {
  it('is a minute of runs at once, then one a second', () => {
    const first = spendAll(null, start)
    expect(first.count).toBe(60)
    expect(first.wait).toBe(1)
    expect(spendAll(first.spentUntil, later(1)).count).toBe(1)
    expect(spendAll(first.spentUntil, later(10)).count).toBe(10)
  })

  it('is never more than a minute of runs, however long nobody asked', () => {
    expect(spendAll(start, later(100_000)).count).toBe(60)
  })

  it('says how long to wait, and keeps its word', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 60 }), (ahead, cost) => {
        const held = later(ahead)
        const spent = spendRuns(held, cost, start)
        if (spent.allowed) {
          expect(ahead + cost).toBeLessThanOrEqual(runsAtOnce)
          return
        }
        expect(spendRuns(held, cost, later(spent.waitSeconds)).allowed).toBe(true)
        expect(spendRuns(held, cost, later(spent.waitSeconds - 1)).allowed).toBe(false)
      }),
    )
  })
})
