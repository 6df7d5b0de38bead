import { describe, expect, it } from 'vitest'
import { checkOverride, checkSchedule } from '@/lib/timing/schedule-check'
import { lateTiersSchema, type ScheduleInput } from '@/lib/timing/schema'

const input = (given: Partial<ScheduleInput>): ScheduleInput => ({
  timeZone: 'Europe/Berlin',
  opensAt: null,
  dueAt: null,
  closesAt: null,
  lateTiers: [],
  timeLimitMinutes: null,
  attemptsAllowed: 1,
  attemptKeep: 'HIGHEST',
  scoreRelease: 'ON_SUBMIT',
  scoreReleaseAt: null,
  keyRelease: 'ON_SUBMIT',
  keyReleaseAt: null,
  appealsUntil: null,
  ...given,
})
const problemsOf = (given: Partial<ScheduleInput>) => {
  const checked = checkSchedule(input(given))
  return checked.valid ? [] : checked.problems.map(({ path, issue }) => `${path}: ${issue}`)
}

describe('a schedule', () => {
  it('is read in its time zone', () => {
    const checked = checkSchedule(input({ dueAt: '2027-07-01T18:00', closesAt: '2027-12-01T18:00' }))
    expect(checked).toMatchObject({
      valid: true,
      value: { dueAt: new Date('2027-07-01T16:00Z'), closesAt: new Date('2027-12-01T17:00Z') },
    })
  })

  it('is refused with every problem at once', () => {
    expect(
      problemsOf({
        opensAt: '2027-03-28T02:30',
        closesAt: '2027-01-01T00:00',
        dueAt: '2027-02-01T00:00',
        scoreRelease: 'AT_DATE',
      }),
    ).toEqual(['opensAt: no-such-time', 'closesAt: closes-before-due', 'scoreReleaseAt: release-needs-date'])
    expect(
      problemsOf({
        lateTiers: [{ untilMinutes: null, creditPercent: 50 }],
        keyRelease: 'WHEN_ALL_DONE',
      }),
    ).toEqual(['dueAt: tiers-need-due', 'keyRelease: release-needs-closing'])
    expect(problemsOf({ timeZone: 'Mars/Olympus' })).toEqual(['timeZone: unknown-zone'])
  })

  it('takes only what was changed since it was shown', () => {
    const known = input({ dueAt: '2027-10-31T02:30', closesAt: '2027-12-01T18:00' })
    const shown = checkSchedule(known)
    if (!shown.valid) throw new Error('the known settings do not fit')
    // Another has set the closing; the due date has seconds, and is the second half past two of that night.
    const stored = {
      ...shown.value,
      dueAt: new Date('2027-10-31T01:30:59Z'),
      closesAt: new Date('2027-12-03T17:00Z'),
    }
    const wanted = { ...known, attemptsAllowed: 3 }
    expect(checkSchedule(wanted, { known, stored })).toEqual({
      valid: true,
      value: { ...stored, attemptsAllowed: 3 },
    })
    // In the zone in which it was written, whatever the course's is by now.
    const later = { ...known, dueAt: '2027-11-30T18:00' }
    expect(checkSchedule(later, { known, stored: { ...stored, timeZone: 'Asia/Taipei' } })).toMatchObject({
      value: { timeZone: 'Asia/Taipei', dueAt: new Date('2027-11-30T17:00Z'), closesAt: stored.closesAt },
    })
    // What both have changed has to fit together.
    const early = { ...stored, closesAt: new Date('2027-11-01T17:00Z') }
    expect(checkSchedule(later, { known, stored: early })).toEqual({
      valid: false,
      problems: [{ path: 'closesAt', issue: 'closes-before-due' }],
    })
  })

  it('forgets a release date that is not used', () => {
    const checked = checkSchedule(input({ scoreRelease: 'NEVER', scoreReleaseAt: '2027-01-01T00:00' }))
    expect(checked).toMatchObject({ valid: true, value: { scoreReleaseAt: null } })
  })

  it('has late tiers that reach further and credit less, line by line', () => {
    const tiers = (...given: [number | null, number][]) =>
      lateTiersSchema.safeParse(
        given.map(([untilMinutes, creditPercent]) => ({ untilMinutes, creditPercent })),
      )
    expect(tiers([60, 80], [120, 50], [null, 10]).success).toBe(true)
    expect(tiers([60, 80], [60, 50]).success).toBe(false)
    expect(tiers([60, 80], [120, 80]).success).toBe(false)
    expect(tiers([null, 80], [120, 50]).success).toBe(false)
  })
})

describe('a student’s own dates', () => {
  const none = {
    opensAt: null,
    dueAt: null,
    closesAt: null,
    timeLimitMinutes: null,
    extraTimePercent: null,
    attemptsAllowed: null,
    reason: '',
  }
  const general = {
    opensAt: null,
    dueAt: new Date('2027-06-01T10:00Z'),
    closesAt: new Date('2027-06-02T10:00Z'),
    lateTiers: [],
    timeLimitMinutes: null,
    attemptsAllowed: 1,
  }

  it('have to fit the dates that stay', () => {
    const checked = checkOverride({ ...none, dueAt: '2027-06-05T12:00' }, general, 'Europe/Berlin')
    expect(checked).toEqual({
      valid: false,
      problems: [{ path: 'override.closesAt', issue: 'closes-before-due' }],
    })
    const both = { ...none, dueAt: '2027-06-05T12:00', closesAt: '2027-06-06T12:00' }
    expect(checkOverride(both, general, 'Europe/Berlin').valid).toBe(true)
  })
})
