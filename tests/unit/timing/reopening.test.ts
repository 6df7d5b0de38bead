import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attemptEnd, type PersonalTimes } from '@/lib/timing/access-timeline'
import { mayKnowKey, reopens } from '@/lib/timing/reopening'

const noon = Date.parse('2026-03-01T12:00:00Z')
const minute = 60_000
/** Minutes around noon. */
const moment = fc.integer({ min: -600, max: 600 }).map((minutes) => new Date(noon + minutes * minute))
const times: fc.Arbitrary<PersonalTimes> = fc.record({
  opensAt: fc.constant(null),
  dueAt: fc.option(moment),
  closesAt: fc.option(moment),
  lateTiers: fc.constant([]),
  timeLimitMinutes: fc.option(fc.integer({ min: 1, max: 300 })),
  attemptsAllowed: fc.integer({ min: 1, max: 3 }),
  extraMinutes: fc.constant(0),
})
const attempt = fc.record({
  number: fc.integer({ min: 1, max: 3 }),
  startedAt: moment,
  submittedBy: fc.constantFrom('STUDENT' as const, 'SERVER' as const),
})

describe('an attempt that was submitted', () => {
  it('takes answers again only if the server submitted it, it is the latest, and time is left', () => {
    fc.assert(
      fc.property(attempt, fc.integer({ min: 1, max: 3 }), times, moment, (ended, latest, given, now) => {
        const end = attemptEnd(given, ended.startedAt)
        const left = end === null || end.at.getTime() > now.getTime()
        expect(reopens(ended, latest, given, now)).toBe(
          ended.submittedBy === 'SERVER' && ended.number === latest && left,
        )
      }),
    )
  })

  it('stays submitted while nothing gives it time: settings saved again change nothing', () => {
    fc.assert(
      fc.property(attempt, times, fc.nat(10_000), (ended, given, wait) => {
        const end = attemptEnd(given, ended.startedAt)
        fc.pre(end !== null)
        // The server submits after the end, so `now` is never before it.
        expect(reopens(ended, ended.number, given, new Date(end!.at.getTime() + wait))).toBe(false)
      }),
    )
  })

  it('more time never closes what less time would open', () => {
    fc.assert(
      fc.property(attempt, times, moment, fc.nat(600), (ended, given, now, more) => {
        const longer: PersonalTimes = {
          ...given,
          closesAt: given.closesAt && new Date(given.closesAt.getTime() + more * minute),
          timeLimitMinutes: given.timeLimitMinutes === null ? null : given.timeLimitMinutes + more,
        }
        if (reopens(ended, ended.number, given, now))
          expect(reopens(ended, ended.number, longer, now)).toBe(true)
      }),
    )
  })
})

describe('whether the key may be known', () => {
  const now = new Date(noon)
  const before = new Date(noon - 1)
  const after = new Date(noon + 1)
  it.each([
    ['NEVER', null, before, false],
    ['ON_SUBMIT', null, null, true],
    ['AT_DATE', before, null, true],
    ['AT_DATE', after, before, false],
    ['WHEN_ALL_DONE', null, after, false],
    ['WHEN_ALL_DONE', null, before, true],
  ] as const)('%s, date %s, everybody finished %s: %s', (keyRelease, keyReleaseAt, finishedAt, known) => {
    expect(mayKnowKey({ keyRelease, keyReleaseAt }, finishedAt, now)).toBe(known)
  })
})
