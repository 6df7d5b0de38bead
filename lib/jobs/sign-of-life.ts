import { createHash } from 'node:crypto'
import type pg from 'pg'
import { openLockConnection } from '@/lib/jobs/lock-connection'

/**
 * Workers of which any number may run say that they live by an advisory lock each, named by their pool of
 * graphile-worker, which is also what their jobs are locked by. So jobs of a dead one can be told from those of a busy
 * one without waiting for a timeout.
 */
const lockClass = 0x564a

export interface SignOfLife {
  /** Resolves when the sign is lost: from then on others may take this worker's jobs. */
  readonly lost: Promise<Error>
  end(): Promise<void>
}

/** @param pool graphile-worker's name of the pool that takes jobs */
export async function giveSignOfLife(connectionString: string, pool: string): Promise<SignOfLife> {
  const { client, lost } = await openLockConnection(connectionString, 'vitrine exploration worker')
  await client.query('SELECT pg_advisory_lock($1, $2)', [lockClass, lockOf(pool)])
  return { lost, end: () => client.end() }
}

/** @returns whether a pool of this name gave its sign of life at the time of the call. */
export async function readSignsOfLife(database: pg.Pool): Promise<(pool: string) => boolean> {
  const { rows } = await database.query<{ lock: number }>(
    `SELECT objid::bigint::bit(32)::int AS lock FROM pg_locks
     WHERE locktype = 'advisory' AND granted AND classid = $1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [lockClass],
  )
  const held = new Set(rows.map((row) => row.lock))
  return (pool) => held.has(lockOf(pool))
}

function lockOf(pool: string): number {
  return createHash('sha256').update(pool).digest().readInt32BE()
}
