import { databasePool } from '@/lib/database/pool'
import { log } from '@/lib/log'

/** How often long work looks whether something waits that goes before it, in milliseconds. */
const lookEvery = 2000

export interface Interruption {
  /** Aborts when the work should stop at its next batch. */
  readonly signal: AbortSignal
  readonly end: () => void
}

/**
 * For work that is no hurry: a signal that aborts when the worker stops, and also when a job of these tasks waits. Whoever
 * runs the work queues it again.
 * @param stop of the worker.
 */
export function giveWayTo(tasks: readonly string[], stop: AbortSignal): Interruption {
  return interruptWhen(() => isWaiting(tasks), stop, lookEvery)
}

/**
 * @param isTimeToStop asked again and again; the work goes on where it cannot be answered.
 * @param stop of the worker.
 * @param every milliseconds between two questions.
 */
export function interruptWhen(
  isTimeToStop: () => Promise<boolean>,
  stop: AbortSignal,
  every: number,
): Interruption {
  const controller = new AbortController()
  const abort = () => controller.abort()
  stop.addEventListener('abort', abort)
  if (stop.aborted) abort()
  const look = setInterval(() => {
    isTimeToStop().then(
      (isTime) => isTime && abort(),
      (error: unknown) => log.warn({ error }, 'the queue could not be looked at'),
    )
  }, every)
  return {
    signal: controller.signal,
    end() {
      clearInterval(look)
      stop.removeEventListener('abort', abort)
    },
  }
}

export async function isWaiting(tasks: readonly string[]): Promise<boolean> {
  const { rows } = await databasePool().query<{ waiting: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM graphile_worker.jobs
       WHERE task_identifier = ANY($1::text[]) AND locked_at IS NULL AND run_at <= now() AND attempts < max_attempts
     ) AS waiting`,
    [tasks],
  )
  return rows[0]?.waiting === true
}
