import type { AuditQuery } from '@/lib/audit/schema'
import type { AuditLine, AuditPage } from '@/lib/audit/view'
import type { AssignmentAccess } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'

const linesAPage = 100
const mostExported = 100_000

/** Everything that was done to the assignment, its questions, attempts and students, and to its course, with the names of whom it concerns. */
const auditStatement = `
  WITH subjects AS (
    SELECT 'assignment:' || s.id AS subject, NULL AS about FROM "Assignment" s WHERE s.id = $1
    UNION ALL
    SELECT 'question:' || q.id, q.slug FROM "Question" q WHERE q."assignmentId" = $1
    UNION ALL
    SELECT 'attempt:' || a.id, u.name || ' ' || u.email
    FROM "Attempt" a JOIN "User" u ON u.id = a."userId" WHERE a."assignmentId" = $1
    UNION ALL
    SELECT 'assignment:' || s.id || ' user:' || u.id, u.name || ' ' || u.email
    FROM "Assignment" s JOIN "Enrollment" e ON e."courseId" = s."courseId" JOIN "User" u ON u.id = e."userId"
    WHERE s.id = $1
    UNION ALL
    SELECT 'course:' || s."courseId", NULL FROM "Assignment" s WHERE s.id = $1
  )
  SELECT e.id::text, to_char(e.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, e.action, e.subject, e.before, e.after,
         e."requestId", s.about, u.name, u.email, coalesce(acting.name || ' ' || acting.email, e."actingAs") AS "actingAs"
  FROM "AuditEvent" e
  JOIN subjects s ON s.subject = e.subject
  LEFT JOIN "User" u ON u.id = e."actorId"
  LEFT JOIN "User" acting ON e."actingAs" = 'user:' || acting.id
  WHERE ($2::bigint IS NULL OR e.id < $2)
    AND NOT EXISTS (
      SELECT FROM unnest($3::text[]) AS word
      WHERE position(word IN lower(concat_ws(' ', e.action, e.subject, s.about, u.name, u.email, e."requestId",
                                             acting.name, acting.email, e."actingAs", e.before::text, e.after::text))) = 0
    )
  ORDER BY e.id DESC
  LIMIT $4`

interface AuditRow extends Omit<AuditLine, 'actor'> {
  readonly name: string | null
  readonly email: string | null
}

async function readLines(
  { assignmentId }: AssignmentAccess<'assignment.audit'>,
  { q, before }: AuditQuery,
  limit: number,
): Promise<AuditLine[]> {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const { rows } = await databasePool().query<AuditRow>({
    name: 'audit-lines',
    text: auditStatement,
    values: [assignmentId, before ?? null, words, limit],
  })
  return rows.map(({ name, email, ...line }) => ({
    ...line,
    actor: name === null || email === null ? null : { name, email },
  }))
}

/** @returns a page of the history, the latest first. */
export async function readAudit(
  access: AssignmentAccess<'assignment.audit'>,
  query: AuditQuery,
): Promise<AuditPage> {
  const lines = await readLines(access, query, linesAPage + 1)
  const shown = lines.slice(0, linesAPage)
  return { lines: shown, next: lines.length > linesAPage ? shown.at(-1)!.id : null }
}

/** @returns all that matches, the latest first, up to 100,000 lines. */
export function readAuditForExport(
  access: AssignmentAccess<'assignment.audit'>,
  query: AuditQuery,
): Promise<AuditLine[]> {
  return readLines(access, query, mostExported)
}
