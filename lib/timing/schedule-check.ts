import type { ReleaseSettings } from '@/lib/attempts/release'
import { onTopOf } from '@/lib/on-top-of'
import type { TimeOverride, TimeSettings } from '@/lib/timing/access-timeline'
import type { ScheduleInput, StudentScheduleInput } from '@/lib/timing/schema'
import { instantOfWall, isTimeZone } from '@/lib/timing/wall-clock'

/** A field that cannot be as it is: where, and one of a closed list of reasons, which the form words. */
export interface ScheduleProblem {
  readonly path: string
  readonly issue:
    | 'unknown-zone'
    | 'no-such-time'
    | 'due-before-opening'
    | 'closes-before-opening'
    | 'closes-before-due'
    | 'tiers-need-due'
    | 'release-needs-date'
    | 'release-needs-closing'
}

export interface Schedule extends TimeSettings, ReleaseSettings {
  readonly timeZone: string
  readonly attemptKeep: ScheduleInput['attemptKeep']
  readonly appealsUntil: Date | null
}

type Checked<Value> =
  | { readonly valid: true; readonly value: Value }
  | { readonly valid: false; readonly problems: readonly ScheduleProblem[] }

const noZone: ScheduleProblem = { path: 'timeZone', issue: 'unknown-zone' }

/**
 * Turns wall clocks into instants and checks that the settings make sense together. All problems are named at once.
 * @param since what the settings were when they were shown to whoever changes them, and what is stored now. Only what was
 * changed is then taken: whoever else has set another date meanwhile keeps it, and a date that was shown without its seconds
 * keeps them.
 */
export function checkSchedule(
  input: ScheduleInput,
  since?: { readonly known: ScheduleInput; readonly stored: Schedule },
): Checked<Schedule> {
  if (!isTimeZone(input.timeZone)) return { valid: false, problems: [noZone] }
  const problems: ScheduleProblem[] = []
  const read = readWalls(input, problems)
  const value =
    since && isTimeZone(since.known.timeZone) ? onTopOf(since.stored, readWalls(since.known, []), read) : read
  // A date that could not be read is not missing.
  const unread = problems.map(({ path }) => path)
  problems.push(...findScheduleProblems(value, value).filter(({ path }) => !unread.includes(path)))
  return problems.length > 0 ? { valid: false, problems } : { valid: true, value }
}

function readWalls(input: ScheduleInput, problems: ScheduleProblem[]): Schedule {
  const instant = wallReader(input.timeZone, problems)
  const dateOf = (name: 'score' | 'key') =>
    input[`${name}Release`] === 'AT_DATE'
      ? instant(`${name}ReleaseAt`, input[`${name}ReleaseAt`] || null)
      : null
  return {
    ...input,
    opensAt: instant('opensAt', input.opensAt),
    dueAt: instant('dueAt', input.dueAt),
    closesAt: instant('closesAt', input.closesAt),
    scoreReleaseAt: dateOf('score'),
    keyReleaseAt: dateOf('key'),
    appealsUntil: instant('appealsUntil', input.appealsUntil),
  }
}

/** What is set, as far as it has to be there for something else; dates in any form. */
type GivenSettings = Pick<ScheduleInput, 'lateTiers' | 'scoreRelease' | 'keyRelease'> & {
  readonly [date in 'dueAt' | 'closesAt' | 'scoreReleaseAt' | 'keyReleaseAt']: string | Date | null
}

/** Whether settings make sense together. @returns all that does not, by field. */
export function findScheduleProblems(
  times: Pick<TimeSettings, 'opensAt' | 'dueAt' | 'closesAt'>,
  given: GivenSettings,
): ScheduleProblem[] {
  const problems: ScheduleProblem[] = []
  checkOrder(times, problems)
  if (given.lateTiers.length > 0 && !given.dueAt) problems.push({ path: 'dueAt', issue: 'tiers-need-due' })
  for (const name of ['score', 'key'] as const) {
    if (given[`${name}Release`] === 'AT_DATE' && !given[`${name}ReleaseAt`])
      problems.push({ path: `${name}ReleaseAt`, issue: 'release-needs-date' })
    if (given[`${name}Release`] === 'WHEN_ALL_DONE' && !given.closesAt)
      problems.push({ path: `${name}Release`, issue: 'release-needs-closing' })
  }
  return problems
}

/** @param general the assignment's settings, which the student's own must fit. */
export function checkOverride(
  input: StudentScheduleInput['override'],
  general: TimeSettings,
  timeZone: string,
): Checked<TimeOverride> {
  const problems: ScheduleProblem[] = []
  const instant = wallReader(timeZone, problems)
  const own = {
    opensAt: instant('override.opensAt', input.opensAt),
    dueAt: instant('override.dueAt', input.dueAt),
    closesAt: instant('override.closesAt', input.closesAt),
  }
  const merged = {
    opensAt: own.opensAt ?? general.opensAt,
    dueAt: own.dueAt ?? general.dueAt,
    closesAt: own.closesAt ?? general.closesAt,
  }
  checkOrder(merged, problems, 'override.')
  if (problems.length > 0) return { valid: false, problems }
  const { timeLimitMinutes, extraTimePercent, attemptsAllowed } = input
  return { valid: true, value: { ...own, timeLimitMinutes, extraTimePercent, attemptsAllowed } }
}

function wallReader(timeZone: string, problems: ScheduleProblem[]) {
  return (path: string, wall: string | null): Date | null => {
    const instant = wall ? instantOfWall(wall, timeZone) : null
    if (wall && !instant) problems.push({ path, issue: 'no-such-time' })
    return instant
  }
}

function checkOrder(
  { opensAt, dueAt, closesAt }: Pick<TimeSettings, 'opensAt' | 'dueAt' | 'closesAt'>,
  problems: ScheduleProblem[],
  prefix = '',
): void {
  if (opensAt && dueAt && dueAt <= opensAt)
    problems.push({ path: `${prefix}dueAt`, issue: 'due-before-opening' })
  if (opensAt && closesAt && closesAt <= opensAt)
    problems.push({ path: `${prefix}closesAt`, issue: 'closes-before-opening' })
  if (dueAt && closesAt && closesAt < dueAt)
    problems.push({ path: `${prefix}closesAt`, issue: 'closes-before-due' })
}
