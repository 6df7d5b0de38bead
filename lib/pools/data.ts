import type { AssignmentAccess } from '@/lib/auth/gate'
import type { Prisma as StaffPrisma } from '@/lib/database/generated/client'
import { Prisma } from '@/lib/database/generated-student/client'
import { staffDatabase } from '@/lib/database/staff'
import type { StatementRunner } from '@/lib/database/statements'
import type { StoredPools } from '@/lib/pools/view'
import { bilingualSchema } from '@/lib/questions/content'
import { dealtVersionOf } from '@/lib/variants/dealing/data'

/**
 * What an attempt that begins now pins, as a query: `questionId`, `questionVersionId` and `position`, 1 to n. All of the
 * assignment's questions that have a version and are not archived, of each pool those that `drawQuestions` draws; the same in
 * SQL, so that starting is one statement.
 * @param seed of the attempt
 */
export function drawnQuestions(assignmentId: string, seed: number): Prisma.Sql {
  // Which version of a question an attempt shows is decided here alone: `pinned`.
  return Prisma.sql`
    SELECT "questionId", "questionVersionId", row_number() OVER (ORDER BY position, "questionId") AS position
    FROM (
      SELECT q.id AS "questionId", q.position, pinned.id AS "questionVersionId", p.draw,
             row_number() OVER (
               PARTITION BY p.id
               ORDER BY CASE WHEN p.id IS NOT NULL THEN sha256(convert_to(${seed}::int || ' ' || q.id, 'UTF8')) END
             ) AS turn
      FROM "Question" q
      LEFT JOIN "Pool" p ON p.id = q."poolId"
      CROSS JOIN LATERAL (${dealtVersionOf(Prisma.sql`q`, seed)}) pinned
      WHERE q."assignmentId" = ${assignmentId} AND q."archivedAt" IS NULL
    ) AS asked
    WHERE draw IS NULL OR turn <= draw`
}

/** @returns ids of the pools of which fewer questions can be asked than are drawn. */
export async function readShortPools(reader: StatementRunner, assignmentId: string): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM "Pool" p
    LEFT JOIN "Question" q ON q."poolId" = p.id AND q."archivedAt" IS NULL
      AND EXISTS (SELECT FROM "QuestionVersion" v WHERE v."questionId" = q.id)
    WHERE p."assignmentId" = ${assignmentId}
    GROUP BY p.id HAVING count(q.id) < p.draw
    ORDER BY p.position`
  return rows.map(({ id }) => id)
}

/** @returns the pools as a form changes them, and the revision that its save names. */
export function readPools({ assignmentId }: AssignmentAccess<'question.edit'>): Promise<StoredPools> {
  return readStoredPools(staffDatabase, assignmentId)
}

/** For functions that the gate has let through. @returns the pools of an assignment, and who saved them last. */
export async function readStoredPools(
  client: Pick<StaffPrisma.TransactionClient, 'assignment' | 'auditEvent' | 'user'>,
  assignmentId: string,
): Promise<StoredPools> {
  // The revision first: where somebody saves in between, it is older than the pools, and a save on top of it is refused.
  const { poolsRevision } = await client.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
    select: { poolsRevision: true },
  })
  const { pools } = await client.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
    select: {
      pools: {
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        include: { questions: { select: { id: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }] } },
      },
    },
  })
  const saved = await client.auditEvent.findFirst({
    where: { subject: `assignment:${assignmentId}`, action: 'assignment.pools' },
    orderBy: { id: 'desc' },
    select: { actorId: true, at: true },
  })
  const author = saved?.actorId
    ? await client.user.findUnique({ where: { id: saved.actorId }, select: { id: true, name: true } })
    : null
  return {
    revision: poolsRevision,
    author: author && { userId: author.id, name: author.name },
    savedAt: saved?.at.toISOString() ?? null,
    pools: pools.map(({ title, draw, questions }) => ({
      title: bilingualSchema.parse(title),
      draw,
      questionIds: questions.map(({ id }) => id),
    })),
  }
}
