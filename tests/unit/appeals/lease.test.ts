import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appealState, isAskingOpen, leaseEnd } from '@/lib/appeals/lease'

const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })

describe('a claim', () => {
  it('holds until its last moment and not in it, and not at all once the question is closed', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 3_600_000 }), (claimedAt, later) => {
        const claimedUntil = leaseEnd(claimedAt)
        const now = new Date(claimedAt.getTime() + later)
        const state = appealState({ status: 'OPEN', claimedUntil }, now)
        expect(state).toBe(later < 30 * 60_000 ? 'claimed' : 'open')
        expect(appealState({ status: 'ANSWERED', claimedUntil }, now)).toBe('answered')
        expect(appealState({ status: 'WITHDRAWN', claimedUntil }, now)).toBe('withdrawn')
      }),
    )
  })

  it('is needed for a question to be taken', () => {
    expect(appealState({ status: 'OPEN', claimedUntil: null }, new Date())).toBe('open')
  })
})

describe('asking', () => {
  it('is open while the score is released, until the closing date if there is one', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.option(moment), moment, (isReleased, until, now) => {
        expect(isAskingOpen(isReleased, until, now)).toBe(isReleased && (until === null || now < until))
      }),
    )
    const date = new Date('2026-12-01')
    expect(isAskingOpen(true, date, date)).toBe(false)
  })
})
