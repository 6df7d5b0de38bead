import { databasePool } from '@/lib/database/pool'
import { bandOf, priorityOf } from '@/lib/jobs/fair-shares'
import { figureTasks, type Turn } from '@/lib/jobs/queue'
import { log } from '@/lib/log'

/** How often work looks whether it should stop, in milliseconds: somebody has pressed a button, or waits. */
const lookEvery = 1000

export interface Interruption {
  /** Aborts when the work should stop at its next batch. */
  readonly signal: AbortSignal
  readonly end: () => void
}

/**
 * A signal that aborts when the worker stops, and also when something has come in between. Whoever runs the work asks for
 * it again where it should go on.
 * @param isTimeToStop asked again and again; the work goes on where it cannot be answered.
 * @param stop of the worker.
 */
export function interruptWhen(isTimeToStop: () => Promise<boolean>, stop: AbortSignal): Interruption {
  const controller = new AbortController()
  const abort = () => controller.abort()
  stop.addEventListener('abort', abort)
  if (stop.aborted) abort()
  const look = setInterval(() => {
    isTimeToStop().then(
      (isTime) => isTime && abort(),
      (error: unknown) => log.warn({ error }, 'the queue could not be looked at'),
    )
  }, lookEvery)
  return {
    signal: controller.signal,
    end() {
      clearInterval(look)
      stop.removeEventListener('abort', abort)
    },
  }
}

/** @returns whether a job waits for the workers of figures that belongs to a more urgent band than this one. */
export async function isOvertaken({ priority }: Turn): Promise<boolean> {
  const { rows } = await databasePool().query<{ waiting: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM graphile_worker.jobs
       WHERE task_identifier = ANY($1::text[]) AND priority < $2
         AND locked_at IS NULL AND run_at <= now() AND attempts < max_attempts
     ) AS waiting`,
    [figureTasks, priorityOf(bandOf(priority))],
  )
  return rows[0]?.waiting === true
}
