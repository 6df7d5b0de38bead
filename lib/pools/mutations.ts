import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { PoolsInput } from '@/lib/pools/schema'

/**
 * Says what attempts that begin from now on draw, in place of all that they drew. Attempts that have begun keep what they have.
 * @throws Problem `invalid-request` for a question that is not of this assignment, or is in two pools
 */
export async function setPools(
  { assignmentId, viewer }: AssignmentAccess<'question.edit'>,
  { pools }: PoolsInput,
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
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
    const before = await transaction.pool.findMany({
      where: { assignmentId },
      orderBy: { position: 'asc' },
      include: { questions: { select: { slug: true } } },
    })
    await transaction.pool.deleteMany({ where: { assignmentId } })
    await writePools(transaction, assignmentId, pools)
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'assignment.pools',
      subject: `assignment:${assignmentId}`,
      before: before.map((pool) => ({ draw: pool.draw, questions: pool.questions.map(({ slug }) => slug) })),
      after: pools.map((pool) => ({
        draw: pool.draw,
        questions: pool.questionIds.map((id) => slugOf.get(id)!),
      })),
    })
  })
}

interface NewPool {
  readonly title: Bilingual
  readonly draw: number
  readonly questionIds: readonly string[]
}

/** Adds the pools of an assignment that has none. */
export async function writePools(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
  pools: readonly NewPool[],
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
