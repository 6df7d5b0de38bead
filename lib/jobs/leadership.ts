import type pg from 'pg'
import { openLockConnection } from '@/lib/jobs/lock-connection'

/**
 * One worker at a time computes; others stand by. The leader holds an advisory lock, which is free at once when it dies,
 * so that the next worker may take up its jobs without waiting for a timeout.
 */
const lockClass = 0x5649
const lockObject = 1

export interface Leadership {
  /** Resolves when the lock is lost: the connection broke, and another worker may lead from now on. */
  readonly lost: Promise<Error>
  release(): Promise<void>
}

/** @param onWait called once when another worker leads and this one stands by. */
export async function takeLeadership(
  connectionString: string,
  onWait: () => void,
  signal: AbortSignal,
): Promise<Leadership | null> {
  const { client, lost } = await openLockConnection(connectionString, 'vitrine worker')
  const tryLock = async () => {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
      lockClass,
      lockObject,
    ])
    return rows[0]?.taken === true
  }
  if (!(await tryLock())) {
    onWait()
    do {
      await pause(1000, signal)
      if (signal.aborted) {
        await client.end()
        return null
      }
    } while (!(await tryLock()))
  }
  return { lost, release: () => client.end() }
}

/** Whether a worker leads at the moment. */
export async function isWorkerAlive(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ alive: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM pg_locks
       WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid = $2
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
     ) AS alive`,
    [lockClass, lockObject],
  )
  return rows[0]?.alive === true
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
