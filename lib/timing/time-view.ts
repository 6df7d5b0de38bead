import {
  type AttemptTimes,
  boundaries,
  creditAt,
  graceSeconds,
  nextStep,
  type PersonalTimes,
} from '@/lib/timing/access-timeline'
import type { TimeView } from '@/lib/timing/view'

/** @param attempts of one student, in the order of their numbers. */
export function timeViewAt(times: PersonalTimes, attempts: readonly AttemptTimes[], now: Date): TimeView {
  const latest = attempts.at(-1)
  const open = latest && !latest.submittedAt ? latest : null
  const step = nextStep(times, attempts, now)
  // Who has handed in and cannot start again has no time to watch.
  const known = step.kind === 'used-up' ? [] : boundaries(times, open?.startedAt ?? null)
  return {
    now: now.toISOString(),
    boundaries: known.map(({ at, kind, creditPercent }) => ({ at: at.toISOString(), kind, creditPercent })),
    creditPercent: creditAt(times, now),
    running: open !== null,
    graceSeconds,
    timeLimitMinutes: times.timeLimitMinutes,
    extraMinutes: times.extraMinutes,
    attemptsAllowed: times.attemptsAllowed,
  }
}
