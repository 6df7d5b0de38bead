import { databasePool } from '@/lib/database/pool'
import { drawFigureTask } from '@/lib/jobs/queue'
import { log } from '@/lib/log'

/** How often long work looks whether a figure waits, for which students wait. */
const lookEvery = 2000

/**
 * For work that is no hurry: a signal that aborts when the worker stops, and also when a question's figure waits. The
 * work then stops at its next batch, and whoever runs it queues it again.
 * @param stop of the worker.
 */
export function giveWayToFigures(stop: AbortSignal): {
  readonly signal: AbortSignal
  readonly end: () => void
} {
  const controller = new AbortController()
  const abort = () => controller.abort()
  stop.addEventListener('abort', abort)
  if (stop.aborted) abort()
  const look = setInterval(() => {
    isFigureWaiting().then(
      (isWaiting) => isWaiting && abort(),
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

async function isFigureWaiting(): Promise<boolean> {
  const { rows } = await databasePool().query<{ waiting: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM graphile_worker.jobs
       WHERE task_identifier = $1 AND locked_at IS NULL AND run_at <= now() AND attempts < max_attempts
     ) AS waiting`,
    [drawFigureTask],
  )
  return rows[0]?.waiting === true
}
