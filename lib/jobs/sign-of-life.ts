import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { LockConnection } from '@/lib/jobs/lock-connection'

/**
 * Workers, of which any number may run, say that they live by an advisory lock each, named by their pool of
 * graphile-worker, which is also what their jobs are locked by. So jobs of a dead one can be told from those of a busy
 * one without waiting for a timeout.
 */

export const WORKER_KINDS = ['figures', 'explorations'] as const
export type WorkerKind = (typeof WORKER_KINDS)[number]

/** Class of the advisory locks of each kind. */
const lockClasses: Readonly<Record<WorkerKind, number>> = { figures: 0x5649, explorations: 0x564a }

/**
 * Says that a worker lives, for as long as the connection does: when it is lost, others may take this worker's jobs.
 * @param pool graphile-worker's name of the pool that takes jobs
 */
export async function giveSignOfLife(
  { client }: LockConnection,
  kind: WorkerKind,
  pool: string,
): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1, $2)', [lockClasses[kind], lockOf(pool)])
}

/** @returns whether a pool of this name gave its sign of life at the time of the call. */
export async function readSignsOfLife(
  database: pg.Pool,
  kind: WorkerKind,
): Promise<(pool: string) => boolean> {
  const held = new Set(await readLocks(database, kind))
  return (pool) => held.has(lockOf(pool))
}

/** @returns how many workers of this kind live. */
export async function countWorkers(database: pg.Pool, kind: WorkerKind): Promise<number> {
  return (await readLocks(database, kind)).length
}

async function readLocks(database: pg.Pool, kind: WorkerKind): Promise<number[]> {
  const { rows } = await database.query<{ lock: number }>(
    `SELECT objid::bigint::bit(32)::int AS lock FROM pg_locks
     WHERE locktype = 'advisory' AND granted AND classid = $1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [lockClasses[kind]],
  )
  return rows.map((row) => row.lock)
}

function lockOf(pool: string): number {
  return createHash('sha256').update(pool).digest().readInt32BE()
}
