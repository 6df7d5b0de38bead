import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LockConnection } from '@/lib/jobs/lock-connection'

/**
 * What two workers must not compute at once, by name: evidence that several figures need, a figure that two jobs ask
 * for. Advisory locks of PostgreSQL on the connection that also shows that the worker lives: those of a worker that dies
 * are free at once.
 */
const lockClass = 0x564b
/** Milliseconds between two looks at something that another worker computes. */
const lookEvery = 200

export interface ComputationLocks {
  /** @returns how to give the name free again; null while somebody else has it. */
  tryTake(name: string): Promise<(() => Promise<void>) | null>
}

export function computationLocks({ client }: LockConnection): ComputationLocks {
  return {
    async tryTake(name) {
      const key = [lockClass, createHash('sha256').update(name).digest().readInt32BE()]
      const { rows } = await client.query<{ taken: boolean }>(
        'SELECT pg_try_advisory_lock($1, $2) AS taken',
        key,
      )
      if (!rows[0]?.taken) return null
      return async () => {
        await client.query('SELECT pg_advisory_unlock($1, $2)', key)
      }
    },
  }
}

/** Waits for its turn. @throws the signal's reason when it aborts first. */
export async function withComputationLock<Result>(
  locks: ComputationLocks,
  name: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const release = await locks.tryTake(name)
    if (release) {
      try {
        return await work()
      } finally {
        await release()
      }
    }
    await sleep(lookEvery, undefined, { signal })
  }
}
