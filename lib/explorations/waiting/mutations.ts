import { inTransaction, statements } from '@/lib/database/statements'
import { isAwaited } from '@/lib/explorations/waiting/data'
import { explorationJobKey } from '@/lib/jobs/exploration-queue'

/** Milliseconds for which a request waits for an exploration; its page then asks again. */
export const patience = 4000

/** Milliseconds after which a page that has not asked again has gone. */
const grace = 3000

/**
 * Notes that a request waits.
 * @param waiter names the request
 * @returns whether there is something to wait for: a row that is queued or being computed
 */
export async function startWaiting(id: string, waiter: string): Promise<boolean> {
  const rows = await statements.$queryRaw<unknown[]>`
    WITH asked AS (
      UPDATE "Exploration"
      SET "updatedAt" = CASE status WHEN 'QUEUED' THEN now() AT TIME ZONE 'UTC' ELSE "updatedAt" END
      WHERE id = ${id} AND status IN ('QUEUED', 'COMPUTING') RETURNING id
    )
    INSERT INTO "ExplorationWaiter" (id, "explorationId", until)
    SELECT ${waiter}::text, id, now() + make_interval(secs => ${(patience + grace) / 1000}::float8) FROM asked
    RETURNING id`
  return rows.length > 0
}

/** The request's browser has gone: what nobody else waits for is not begun. What is under way, its worker stops. */
export async function stopWaiting(id: string, waiter: string): Promise<void> {
  await statements.$queryRaw`DELETE FROM "ExplorationWaiter" WHERE id = ${waiter}`
  await forgetUnawaited(id, ['QUEUED'])
}

/** @returns whether nobody waited for it, so that it was forgotten */
export async function forgetUnawaited(
  id: string,
  statuses: readonly ('QUEUED' | 'COMPUTING')[],
): Promise<boolean> {
  return inTransaction(async (transaction) => {
    // Whoever begins to wait at this moment has the row until it is known.
    await transaction.$queryRaw`SELECT FROM "Exploration" WHERE id = ${id} FOR UPDATE`
    const forgotten = await transaction.$queryRaw<{ readonly status: string }[]>`
      DELETE FROM "Exploration" e
      WHERE e.id = ${id} AND e.status::text = ANY(${statuses}::text[]) AND NOT ${isAwaited}
      RETURNING e.status::text`
    if (forgotten[0]?.status === 'QUEUED')
      await transaction.$queryRaw`SELECT FROM graphile_worker.remove_job(${explorationJobKey(id)})`
    return forgotten.length > 0
  })
}

/** Forgets requests that have gone without a word. */
export async function pruneWaiters(): Promise<void> {
  await statements.$queryRaw`DELETE FROM "ExplorationWaiter" WHERE until < now()`
}
