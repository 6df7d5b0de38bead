import { Prisma } from '@/lib/database/generated-student/client'
import { statements } from '@/lib/database/statements'

/**
 * That somebody waits for the exploration `e`: a request that is open, or whose page asks again in a moment. An index of a
 * corpus is worth having also when whoever asked has gone, and of what the release before has asked nobody knows.
 */
export const isAwaited = Prisma.sql`(
  e.kind = 'corpus-index' OR e.waiter IS NOT NULL OR EXISTS (
    SELECT FROM "ExplorationWaiter" w WHERE w."explorationId" = e.id AND w.until > now()))`

/** @returns whether an exploration is still to be computed: somebody waits for it, and no operator has stopped it. */
export async function isExplorationWanted(id: string): Promise<boolean> {
  const rows = await statements.$queryRaw<unknown[]>`
    SELECT FROM "Exploration" e WHERE e.id = ${id} AND e.status IN ('QUEUED', 'COMPUTING') AND ${isAwaited}`
  return rows.length > 0
}
