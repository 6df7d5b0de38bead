import { Prisma } from '@/lib/database/generated-student/client'
import type { StatementRunner } from '@/lib/database/statements'
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
