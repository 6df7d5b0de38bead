import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '@/lib/log'
import { inRequest, requestIdOf } from '@/lib/request-context'
import { submitEndedAttempts } from '@/lib/submission/mutations'

/** Milliseconds between two looks. A submission is dated to the attempt's end, however late the look is. */
const pause = 3_000
/** After so many looks those attempts that could not be submitted are tried again. */
const looksUntilRetry = 20

/**
 * Submits attempts whose time is over, until the signal aborts. Asking the database what is over, instead of waking at
 * times noted beforehand, needs nothing to be renewed when a date is moved, and nothing to be caught up on after a
 * crash. Any number of processes may watch.
 */
export async function watchDeadlines(signal: AbortSignal): Promise<void> {
  const failed = new Set<string>()
  for (let look = 1; !signal.aborted; look += 1) {
    if (look % looksUntilRetry === 0) failed.clear()
    try {
      const round = { requestId: requestIdOf(null), actingAs: 'server' } as const
      await inRequest(round, async () => {
        while ((await submitEndedAttempts(failed)) > 0 && !signal.aborted);
      })
    } catch (error) {
      log.warn({ error }, 'deadlines could not be looked at; trying again')
    }
    await sleep(pause, undefined, { signal }).catch(() => {})
  }
}
