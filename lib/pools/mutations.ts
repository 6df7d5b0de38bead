import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { isSameArrangement } from '@/lib/pools/arrangement'
import { readStoredPools } from '@/lib/pools/data'
import type { PoolsInput } from '@/lib/pools/schema'
import type { ArrangedPool } from '@/lib/pools/view'

/**
 * Says what attempts that begin from now on draw, in place of all that they drew, on top of the revision that the form knows.
 * Attempts that have begun keep what they have. The same save may arrive twice.
 * @throws Problem `invalid-request` for a question that is not of this assignment, or is in two pools; `pools-conflict` with the
 * pools that are there, when somebody else or another tab has saved meanwhile
 */
export async function setPools(
  { assignmentId, viewer }: AssignmentAccess<'question.edit'>,
  { pools, revision }: PoolsInput,
): Promise<{ readonly revision: number }> {
  return staffDatabase.$transaction(async (transaction) => {
    // Whoever starts an attempt holds the row too: it draws from the pools as they were, or as they are now.
    await transaction.$queryRaw`SELECT id FROM "Assignment" WHERE id = ${assignmentId} FOR UPDATE`
    const questions = await transaction.question.findMany({
      where: { assignmentId },
      select: { id: true, slug: true },
    })
    const slugOf = new Map(questions.map(({ id, slug }) => [id, slug]))
    const wanted = pools.flatMap(({ questionIds }) => questionIds)
    if (new Set(wanted).size < wanted.length || wanted.some((id) => !slugOf.has(id)))
      throw new Problem('invalid-request', undefined, {
        fields: [{ path: 'body.pools', issue: 'expected questions of this assignment, each in one pool' }],
      })
    const stored = await readStoredPools(transaction, assignmentId)
    if (stored.revision !== revision) {
      const isRepeated =
        stored.revision === revision + 1 &&
        stored.author?.userId === viewer.userId &&
        isSameArrangement(stored.pools, pools)
      if (isRepeated) return { revision: stored.revision }
      throw new Problem('pools-conflict', `assignment ${assignmentId}`, { facts: { stored } })
    }
    await transaction.pool.deleteMany({ where: { assignmentId } })
    await writePools(transaction, assignmentId, pools)
    const next = revision + 1
    await transaction.assignment.update({ where: { id: assignmentId }, data: { poolsRevision: next } })
    const described = (all: readonly ArrangedPool[]) =>
      all.map(({ title, draw, questionIds }) => ({
        title: { ...title },
        draw,
        questions: questionIds.map((id) => slugOf.get(id)!),
      }))
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'assignment.pools',
      subject: `assignment:${assignmentId}`,
      before: described(stored.pools),
      after: described(pools),
    })
    return { revision: next }
  })
}

/** Adds the pools of an assignment that has none. */
export async function writePools(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
  pools: readonly ArrangedPool[],
): Promise<void> {
  for (const [position, { title, draw, questionIds }] of pools.entries())
    await transaction.pool.create({
      data: {
        assignmentId,
        position,
        title: { ...title },
        draw,
        questions: { connect: questionIds.map((id) => ({ id })) },
      },
    })
}
