import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attemptEnd,
  boundaries,
  creditAt,
  everybodyFinishedAt,
  graceEnd,
  graceSeconds,
  nextBoundary,
  nextStep,
  type PersonalTimes,
  personalTimes,
  phaseAt,
  savingAt,
  type TimeOverride,
  type TimeSettings,
} from '@/lib/timing/access-timeline'
import { instantOfWall } from '@/lib/timing/wall-clock'

const at = (hour: number, minute = 0, second = 0) => new Date(Date.UTC(2027, 0, 1, hour, minute, second))
const settings = (given: Partial<TimeSettings> = {}): TimeSettings => ({
  opensAt: null,
  dueAt: null,
  closesAt: null,
  lateTiers: [],
  timeLimitMinutes: null,
  attemptsAllowed: 1,
  ...given,
})
const times = (given: Partial<TimeSettings> = {}, extra = 0, override: Partial<TimeOverride> | null = null) =>
  personalTimes(
    settings(given),
    extra,
    override && {
      opensAt: null,
      dueAt: null,
      closesAt: null,
      timeLimitMinutes: null,
      extraTimePercent: null,
      attemptsAllowed: null,
      ...override,
    },
  )
const attempt = (number: number, startedAt: Date, submittedAt: Date | null = null) => ({
  number,
  startedAt,
  submittedAt,
})

describe('open or not', () => {
  it('from the opening moment until before the closing one', () => {
    const window = times({ opensAt: at(9), closesAt: at(12) })
    expect(phaseAt(window, at(8, 59, 59))).toBe('not-open')
    expect(phaseAt(window, at(9))).toBe('open')
    expect(phaseAt(window, at(11, 59, 59))).toBe('open')
    expect(phaseAt(window, at(12))).toBe('closed')
    expect(phaseAt(times(), at(0))).toBe('open')
  })

  it('an attempt ends with its time limit or with the assignment, whichever comes first', () => {
    const exam = times({ closesAt: at(12), timeLimitMinutes: 60 })
    expect(attemptEnd(exam, at(10))).toEqual({ at: at(11), reason: 'time-limit' })
    expect(attemptEnd(exam, at(11, 30))).toEqual({ at: at(12), reason: 'closes' })
    expect(attemptEnd(times({ timeLimitMinutes: 60 }), at(10))?.at).toEqual(at(11))
    expect(attemptEnd(times(), at(10))).toBeNull()
  })

  it('saves under way are taken for some seconds, and then no more', () => {
    expect(savingAt(at(12), at(11, 59, 59))).toBe('open')
    expect(savingAt(at(12), at(12))).toBe('grace')
    expect(savingAt(at(12), at(12, 0, graceSeconds))).toBe('ended')
    expect(savingAt(null, at(12))).toBe('open')
  })
})

describe('extra time and extensions', () => {
  it('time and a half on every limit, rounded up, with the closing moved as far', () => {
    const exam = times({ closesAt: at(10), timeLimitMinutes: 45 }, 50)
    expect(exam).toMatchObject({ timeLimitMinutes: 68, extraMinutes: 23, closesAt: at(10, 23) })
    expect(attemptEnd(exam, at(9))?.at).toEqual(at(10, 8))
  })

  it('moves no closing where there is no time limit', () => {
    expect(times({ closesAt: at(10) }, 50).closesAt).toEqual(at(10))
  })

  it('what is set for the student alone wins over both', () => {
    const exam = times({ closesAt: at(10), timeLimitMinutes: 60, attemptsAllowed: 1 }, 50, {
      closesAt: at(14),
      extraTimePercent: 100,
      attemptsAllowed: 2,
    })
    expect(exam).toMatchObject({ closesAt: at(14), timeLimitMinutes: 120, attemptsAllowed: 2 })
  })

  it('late tiers follow the student’s own due date', () => {
    const tiers = { dueAt: at(9), lateTiers: [{ untilMinutes: 60, creditPercent: 80 }] }
    expect(creditAt(times(tiers), at(9, 30))).toBe(80)
    expect(creditAt(times(tiers, 0, { dueAt: at(12) }), at(9, 30))).toBe(100)
    expect(creditAt(times(tiers, 0, { dueAt: at(12) }), at(12, 30))).toBe(80)
  })
})

describe('credit', () => {
  const tiers = [
    { untilMinutes: 60, creditPercent: 80 },
    { untilMinutes: 180, creditPercent: 50 },
  ]

  it('falls tier by tier, each to its last second and the grace', () => {
    const late = times({ dueAt: at(9), lateTiers: tiers })
    expect([at(9), at(9, 0, graceSeconds)].map((moment) => creditAt(late, moment))).toEqual([100, 100])
    expect(creditAt(late, at(9, 0, graceSeconds + 1))).toBe(80)
    expect(creditAt(late, at(10, 0, graceSeconds))).toBe(80)
    expect(creditAt(late, at(10, 0, graceSeconds + 1))).toBe(50)
    expect(creditAt(late, at(12, 1))).toBe(0)
  })

  it('a tier without an end holds until the assignment closes', () => {
    const late = times({ dueAt: at(9), lateTiers: [{ untilMinutes: null, creditPercent: 70 }] })
    expect(creditAt(late, new Date(Date.UTC(2030, 0)))).toBe(70)
  })

  it('without tiers being late costs nothing', () => {
    expect(creditAt(times({ dueAt: at(9) }), at(20))).toBe(100)
  })

  it('a day of lateness is 24 hours, also in the night when the clocks change', () => {
    const dueAt = instantOfWall('2027-03-27T18:00', 'Europe/Berlin')
    const late = times({ dueAt, lateTiers: [{ untilMinutes: 24 * 60, creditPercent: 50 }] })
    expect(creditAt(late, instantOfWall('2027-03-28T18:59', 'Europe/Berlin')!)).toBe(50)
    expect(creditAt(late, instantOfWall('2027-03-28T19:01', 'Europe/Berlin')!)).toBe(0)
  })
})

describe('what a student may do next', () => {
  const two = times({ opensAt: at(9), closesAt: at(12), attemptsAllowed: 2, timeLimitMinutes: 30 })

  it('waits, starts, continues, starts again, and has used up all attempts', () => {
    expect(nextStep(two, [], at(8))).toEqual({ kind: 'not-open' })
    expect(nextStep(two, [], at(9))).toEqual({ kind: 'start', number: 1 })
    expect(nextStep(two, [attempt(1, at(9))], at(9, 10))).toEqual({ kind: 'continue', number: 1 })
    expect(nextStep(two, [attempt(1, at(9))], at(9, 30))).toEqual({ kind: 'ended', number: 1 })
    const first = attempt(1, at(9), at(9, 20))
    expect(nextStep(two, [first], at(9, 30))).toEqual({ kind: 'start', number: 2 })
    expect(nextStep(two, [first], at(12))).toEqual({ kind: 'closed' })
    expect(nextStep(two, [first, attempt(2, at(10), at(10, 5))], at(11))).toEqual({ kind: 'used-up' })
  })
})

describe('the number that the student sees', () => {
  const exam = times({
    opensAt: at(8),
    dueAt: at(10),
    closesAt: at(12),
    lateTiers: [
      { untilMinutes: 60, creditPercent: 80 },
      { untilMinutes: null, creditPercent: 50 },
    ],
  })
  const kinds = (personal: PersonalTimes, startedAt: Date | null, now: Date) => {
    const next = nextBoundary(boundaries(personal, startedAt), now)
    return next && [next.kind, next.at, next.creditPercent]
  }

  it('is what changes next, with its reason', () => {
    expect(kinds(exam, null, at(7))).toEqual(['opens', at(8), 100])
    expect(kinds(exam, null, at(9))).toEqual(['due', at(10), 80])
    expect(kinds(exam, at(9), at(10))).toEqual(['credit', at(11), 50])
    expect(kinds(exam, at(9), at(11))).toEqual(['closes', at(12), 50])
    expect(kinds(exam, at(9), at(12))).toBeNull()
  })

  it('names the time limit where that comes first', () => {
    const limited = { ...exam, timeLimitMinutes: 15 }
    expect(kinds(limited, at(9), at(9, 1))).toEqual(['time-limit', at(9, 15), 100])
  })

  it('says nothing of a due date that is the closing', () => {
    expect(boundaries(times({ dueAt: at(9), closesAt: at(9) }), null).map(({ kind }) => kind)).toEqual([
      'closes',
    ])
  })
})

describe('when everybody has finished', () => {
  const exam = times({ closesAt: at(12), attemptsAllowed: 1 })

  it('with the last hand-in, the last extension, or never where no end is known', () => {
    const done = { times: exam, attempts: [attempt(1, at(8), at(9))] }
    expect(everybodyFinishedAt([done])).toEqual(at(9))
    expect(everybodyFinishedAt([done, { times: exam, attempts: [] }])).toEqual(graceEnd(at(12)))
    const extended = { times: { ...exam, closesAt: at(15) }, attempts: [] }
    expect(everybodyFinishedAt([done, extended])).toEqual(graceEnd(at(15)))
    expect(everybodyFinishedAt([done, { times: times(), attempts: [] }])).toBeNull()
    const again = { times: { ...exam, attemptsAllowed: 2 }, attempts: [attempt(1, at(8), at(9))] }
    expect(everybodyFinishedAt([again])).toEqual(graceEnd(at(12)))
  })
})

// Any settings at all, on a day of minutes.
const minute = fc.integer({ min: 0, max: 1440 }).map((minutes) => at(0, minutes))
const tierList = fc
  .array(fc.record({ by: fc.integer({ min: 1, max: 300 }), drop: fc.integer({ min: 0, max: 40 }) }), {
    maxLength: 3,
  })
  .map((steps) => {
    let until = 0
    let creditPercent = 100
    return steps.map(({ by, drop }) => {
      until += by
      creditPercent = Math.max(0, creditPercent - drop)
      return { untilMinutes: until, creditPercent }
    })
  })
const anySettings = fc.record({
  opensAt: fc.option(minute),
  dueAt: fc.option(minute),
  closesAt: fc.option(minute),
  lateTiers: tierList,
  timeLimitMinutes: fc.option(fc.integer({ min: 1, max: 300 })),
  attemptsAllowed: fc.integer({ min: 1, max: 3 }),
})
const anyOverride = fc.record({
  opensAt: fc.option(minute),
  dueAt: fc.option(minute),
  closesAt: fc.option(minute),
  timeLimitMinutes: fc.option(fc.integer({ min: 1, max: 300 })),
  extraTimePercent: fc.option(fc.integer({ min: 0, max: 200 })),
  attemptsAllowed: fc.option(fc.integer({ min: 1, max: 3 })),
})
const anyTimes = fc
  .tuple(anySettings, fc.integer({ min: 0, max: 200 }), fc.option(anyOverride))
  .map(([given, extra, override]) => personalTimes(given, extra, override))

describe('for any settings', () => {
  it('nothing changes between two neighbouring boundaries, and the next one is always ahead', () => {
    fc.assert(
      fc.property(anyTimes, fc.option(minute), minute, minute, (personal, startedAt, one, other) => {
        const known = boundaries(personal, startedAt)
        expect(known.map(({ at }) => at.getTime())).toEqual(
          [...known].map(({ at }) => at.getTime()).sort((a, b) => a - b),
        )
        const [early, late] = one <= other ? [one, other] : [other, one]
        const [a, b] = [nextBoundary(known, early), nextBoundary(known, late)]
        if (a) expect(a.at > early).toBe(true)
        if (a !== b || a === null) return
        // In the seconds of grace the credit is still the one before.
        if (known.some(({ at }) => at <= early && early <= graceEnd(at))) return
        expect(creditAt(personal, late)).toBe(creditAt(personal, early))
        if (startedAt === null) expect(phaseAt(personal, late)).toBe(phaseAt(personal, early))
      }),
      { numRuns: 500 },
    )
  })

  it('credit never grows with time', () => {
    fc.assert(
      fc.property(anyTimes, minute, minute, (personal, one, other) => {
        const [early, late] = one <= other ? [one, other] : [other, one]
        expect(creditAt(personal, late)).toBeLessThanOrEqual(creditAt(personal, early))
      }),
    )
  })

  it('more extra time never ends an attempt earlier', () => {
    const percent = fc.integer({ min: 0, max: 200 })
    fc.assert(
      fc.property(anySettings, percent, percent, minute, (given, some, more, startedAt) => {
        const end = (extra: number) =>
          attemptEnd(personalTimes(given, extra, null), startedAt)?.at.getTime() ?? Number.POSITIVE_INFINITY
        expect(end(some + more)).toBeGreaterThanOrEqual(end(some))
      }),
    )
  })

  it('after everybody has finished nobody can start, go on, or be saved', () => {
    const student = fc
      .tuple(anyTimes, fc.option(minute), fc.option(fc.integer({ min: 1, max: 200 })))
      .map(([personal, startedAt, worked]) => ({
        times: personal,
        attempts: startedAt
          ? [attempt(1, startedAt, worked ? new Date(startedAt.getTime() + worked * 60_000) : null)]
          : [],
      }))
    fc.assert(
      fc.property(fc.array(student, { maxLength: 4 }), (students) => {
        const finished = everybodyFinishedAt(students)
        if (!finished) return
        for (const { times: personal, attempts } of students) {
          const step = nextStep(personal, attempts, finished)
          expect(['closed', 'used-up', 'ended']).toContain(step.kind)
          const open = attempts.find(({ submittedAt }) => submittedAt === null)
          if (open) expect(savingAt(attemptEnd(personal, open.startedAt)!.at, finished)).toBe('ended')
        }
      }),
      { numRuns: 500 },
    )
  })
})
