import { attemptEnd, type PersonalTimes } from '@/lib/timing/access-timeline'

/** An attempt, as far as it matters whether it takes answers again. */
export interface EndedAttempt {
  readonly number: number
  readonly startedAt: Date
  readonly submittedBy: 'STUDENT' | 'SERVER'
}

/**
 * Whether a submitted attempt takes answers again under settings that have changed. Only one that the server submitted
 * because its time was over does, where the new settings leave it time: what a student has handed in stays handed in.
 * Of several attempts only the latest does, so that never two are open.
 * @param latest number of the student's latest attempt
 */
export function reopens(attempt: EndedAttempt, latest: number, times: PersonalTimes, now: Date): boolean {
  if (attempt.submittedBy !== 'SERVER' || attempt.number !== latest) return false
  const end = attemptEnd(times, attempt.startedAt)
  return end === null || now < end.at
}

/**
 * Whether the student of an attempt that the server submitted may have seen its key by now. Errs on the side of yes: it
 * is a note for staff who weigh what the reopened attempt shows.
 * @param everybodyFinishedAt of the settings until now; null: not known
 */
export function mayKnowKey(
  settings: {
    readonly keyRelease: 'NEVER' | 'ON_SUBMIT' | 'AT_DATE' | 'WHEN_ALL_DONE'
    readonly keyReleaseAt: Date | null
  },
  everybodyFinishedAt: Date | null,
  now: Date,
): boolean {
  const passed = (date: Date | null) => date !== null && date <= now
  switch (settings.keyRelease) {
    case 'NEVER':
      return false
    case 'ON_SUBMIT':
      return true
    case 'AT_DATE':
      return passed(settings.keyReleaseAt)
    case 'WHEN_ALL_DONE':
      return passed(everybodyFinishedAt)
  }
}
