import { Prisma } from '@/lib/database/generated-student/client'

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
      CROSS JOIN LATERAL (
        SELECT id FROM "QuestionVersion" WHERE "questionId" = q.id ORDER BY version DESC LIMIT 1
      ) pinned
      WHERE q."assignmentId" = ${assignmentId} AND q."archivedAt" IS NULL
    ) AS asked
    WHERE draw IS NULL OR turn <= draw`
}
