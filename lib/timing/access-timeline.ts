/**
 * The one place that decides when an assignment may be answered, by whom, until when, and at what credit. Pure: dates
 * in, dates out. Everything that asks "is it open?" asks here; the statement that saves answers compares with an end
 * that was computed here.
 *
 * A moment that ends something is exclusive (at `closesAt` it is closed) but for credit, where "due 18:00" includes
 * 18:00:00.
 */

/** Saves and submissions that left in time may arrive this much later, in seconds. */
export const graceSeconds = 10

/** Credit for what is handed in after `dueAt`. Tiers are sorted; the first that is not over counts. */
export interface LateTier {
  /** Minutes after `dueAt` until which, inclusive, it holds; null: until the assignment closes. */
  readonly untilMinutes: number | null
  /** Of the score, 0 to 100. */
  readonly creditPercent: number
}

/** How the assignment is set for everybody. */
export interface TimeSettings {
  readonly opensAt: Date | null
  readonly dueAt: Date | null
  readonly closesAt: Date | null
  /** None: handing in late costs nothing. After the last one nothing is credited. */
  readonly lateTiers: readonly LateTier[]
  /** For each attempt; null: none. */
  readonly timeLimitMinutes: number | null
  readonly attemptsAllowed: number
  /** Put away: nobody starts an attempt. Those that were begun go on. */
  readonly archived?: boolean
}

/** What is different for one student in one assignment; null: as for everybody. */
export interface TimeOverride {
  readonly opensAt: Date | null
  readonly dueAt: Date | null
  readonly closesAt: Date | null
  readonly timeLimitMinutes: number | null
  readonly extraTimePercent: number | null
  readonly attemptsAllowed: number | null
}

/** The settings as they are for one student. */
export interface PersonalTimes extends TimeSettings {
  /** Minutes of `timeLimitMinutes` that are extra time. */
  readonly extraMinutes: number
}

/**
 * @param extraTimePercent on top of every time limit, from the student's enrolment: 50 is time and a half. With a time
 * limit the closing moves by the extra minutes too, so that who starts as late as the others has all of the time. A
 * closing that was set for the student alone stays as it was set.
 */
export function personalTimes(
  settings: TimeSettings,
  extraTimePercent: number,
  override: TimeOverride | null,
): PersonalTimes {
  const limit = override?.timeLimitMinutes ?? settings.timeLimitMinutes
  const percent = override?.extraTimePercent ?? extraTimePercent
  const extraMinutes = limit === null ? 0 : Math.ceil((limit * percent) / 100)
  const closesForAll = settings.closesAt && addMinutes(settings.closesAt, extraMinutes)
  return {
    opensAt: override?.opensAt ?? settings.opensAt,
    dueAt: override?.dueAt ?? settings.dueAt,
    closesAt: override?.closesAt ?? closesForAll,
    lateTiers: settings.lateTiers,
    timeLimitMinutes: limit === null ? null : limit + extraMinutes,
    attemptsAllowed: override?.attemptsAllowed ?? settings.attemptsAllowed,
    extraMinutes,
    ...(settings.archived && { archived: true }),
  }
}

export type Phase = 'not-open' | 'open' | 'closed'

/** Whether attempts may be started at `now`. */
export function phaseAt(times: Pick<TimeSettings, 'opensAt' | 'closesAt'>, now: Date): Phase {
  if (times.closesAt && now >= times.closesAt) return 'closed'
  if (times.opensAt && now < times.opensAt) return 'not-open'
  return 'open'
}

export interface AttemptEnd {
  readonly at: Date
  readonly reason: 'closes' | 'time-limit'
}

/** @returns when an attempt's time ends, without the grace; null: it has no end. */
export function attemptEnd(times: PersonalTimes, startedAt: Date): AttemptEnd | null {
  const limit = times.timeLimitMinutes === null ? null : addMinutes(startedAt, times.timeLimitMinutes)
  if (limit && (!times.closesAt || limit < times.closesAt)) return { at: limit, reason: 'time-limit' }
  return times.closesAt && { at: times.closesAt, reason: 'closes' }
}

/**
 * `grace`: time is over, and saves that were on their way still count.
 * @param endsAt of `attemptEnd`
 */
export function savingAt(endsAt: Date | null, now: Date): 'open' | 'grace' | 'ended' {
  if (!endsAt || now < endsAt) return 'open'
  return now < graceEnd(endsAt) ? 'grace' : 'ended'
}

export function graceEnd(endsAt: Date): Date {
  return new Date(endsAt.getTime() + graceSeconds * 1000)
}

/** @returns what is credited, in per cent, of an attempt that is handed in at `moment`; the grace is on time. */
export function creditAt(times: Pick<TimeSettings, 'dueAt' | 'lateTiers'>, moment: Date): number {
  const { dueAt, lateTiers } = times
  if (!dueAt || lateTiers.length === 0) return 100
  const late = moment.getTime() - graceEnd(dueAt).getTime()
  if (late <= 0) return 100
  const tier = lateTiers.find(({ untilMinutes }) => untilMinutes === null || late <= untilMinutes * 60_000)
  return tier?.creditPercent ?? 0
}

/** A student's attempt, as far as time is concerned. */
export interface AttemptTimes {
  readonly number: number
  readonly startedAt: Date
  readonly submittedAt: Date | null
}

/** What a student may do next. `ended`: time is over, and the server is about to submit. */
export type NextStep =
  | { readonly kind: 'start' | 'continue' | 'ended'; readonly number: number }
  | { readonly kind: 'not-open' | 'closed' | 'used-up' }

/** @param attempts of one student, in the order of their numbers. */
export function nextStep(times: PersonalTimes, attempts: readonly AttemptTimes[], now: Date): NextStep {
  const latest = attempts.at(-1)
  if (latest && !latest.submittedAt) {
    const end = attemptEnd(times, latest.startedAt)
    return { kind: end && now >= end.at ? 'ended' : 'continue', number: latest.number }
  }
  const phase = phaseAt(times, now)
  if (phase === 'closed' || times.archived) return { kind: 'closed' }
  if (attempts.length >= times.attemptsAllowed) return { kind: 'used-up' }
  return phase === 'open' ? { kind: 'start', number: (latest?.number ?? 0) + 1 } : { kind: 'not-open' }
}

/** A moment at which something changes for the student. */
export interface Boundary {
  readonly at: Date
  /** `credit`: a late tier ends. */
  readonly kind: 'opens' | 'due' | 'credit' | AttemptEnd['reason']
  /** What is credited after it. */
  readonly creditPercent: number
}

/**
 * Everything that changes with time for one student, earliest first; what comes after the end is left out.
 * @param startedAt of the attempt that is open; null: none is.
 */
export function boundaries(times: PersonalTimes, startedAt: Date | null): readonly Boundary[] {
  const end: AttemptEnd | null =
    startedAt === null
      ? times.closesAt && { at: times.closesAt, reason: 'closes' }
      : attemptEnd(times, startedAt)
  const afterwards = (moment: Date) => creditAt(times, new Date(graceEnd(moment).getTime() + 1))
  const changes: Boundary[] = []
  if (times.opensAt && startedAt === null)
    changes.push({ at: times.opensAt, kind: 'opens', creditPercent: 100 })
  if (times.dueAt) {
    changes.push({ at: times.dueAt, kind: 'due', creditPercent: afterwards(times.dueAt) })
    for (const { untilMinutes } of times.lateTiers) {
      if (untilMinutes === null) continue
      const at = addMinutes(times.dueAt, untilMinutes)
      changes.push({ at, kind: 'credit', creditPercent: afterwards(at) })
    }
  }
  const before = end ? changes.filter(({ at }) => at < end.at) : changes
  before.sort((a, b) => a.at.getTime() - b.at.getTime())
  return end ? [...before, { at: end.at, kind: end.reason, creditPercent: creditAt(times, end.at) }] : before
}

/** @returns the earliest boundary after `now`; null: nothing changes any more. */
export function nextBoundary<Known extends { readonly at: Date }>(
  known: readonly Known[],
  now: Date,
): Known | null {
  return known.find(({ at }) => at > now) ?? null
}

/**
 * @returns from when on no student can change an answer: everybody has handed in the last attempt that they had, or
 * has no time left, extensions and grace included; null: not known, since somebody's time has no end.
 */
export function everybodyFinishedAt(
  students: readonly { readonly times: PersonalTimes; readonly attempts: readonly AttemptTimes[] }[],
): Date | null {
  let latest = 0
  for (const { times, attempts } of students) {
    const submissions = attempts.map(({ submittedAt }) => submittedAt)
    const usedUp = attempts.length >= times.attemptsAllowed && submissions.every((at) => at !== null)
    const running = attempts.find(({ submittedAt }) => submittedAt === null)
    const lastRunning = running && attempts.length >= times.attemptsAllowed
    const end = lastRunning ? attemptEnd(times, running.startedAt)?.at : times.closesAt
    if (!usedUp && !end) return null
    const finished = usedUp
      ? Math.max(0, ...submissions.map((at) => at?.getTime() ?? 0))
      : graceEnd(end as Date).getTime()
    latest = Math.max(latest, finished)
  }
  return new Date(latest)
}

function addMinutes(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * 60_000)
}
