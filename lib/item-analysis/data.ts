import type { AssignmentAccess } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { readLatestKeyedQuestions } from '@/lib/grading/data'
import { itemColumns } from '@/lib/item-analysis/columns'
import type { AttemptChoice, ItemAnalysisView, ItemCard } from '@/lib/item-analysis/view'
import { flagsOf } from '@/lib/statistics/flags'
import { analyseItems } from '@/lib/statistics/items'

type StatisticsAccess = AssignmentAccess<'assignment.statistics'>

/**
 * Item statistics of the assignment as it stands: submitted attempts of the course's students who met the same parts, by
 * the scores that they hold and the latest keys.
 */
export async function readItemAnalysis(
  access: StatisticsAccess,
  attempts: AttemptChoice,
): Promise<ItemAnalysisView> {
  const questions = await readLatestKeyedQuestions(staffDatabase, access.assignmentId)
  const parts = questions.flatMap(({ position, content, key }) =>
    content.parts.map((part) => ({ part, position, content, correct: key[part.id]?.correct ?? [] })),
  )
  const { columns, students, simulated, leftOut } = await readColumns(
    access,
    attempts,
    parts.map(({ part }) => part.id),
  )
  const items = itemColumns(
    parts.map(({ part, correct }) => ({ ...part, correct })),
    columns,
    students,
  )
  const analysis = analyseItems(items)
  const cards =
    analysis.kind === 'too-few'
      ? []
      : parts.map(({ part, position, content }, index): ItemCard => {
          const statistics = analysis.items[index]!
          return {
            statistics,
            flags: flagsOf(statistics, analysis),
            label: part.label,
            position,
            topic: content.topic,
            prompt: content.prompt,
            partPrompt: part.prompt ?? null,
            selection: part.selection,
            optionTexts: Object.fromEntries(part.options.map(({ id, text }) => [id, text])),
          }
        })
  return { attempts, analysis, items: cards, leftOut, simulated }
}

export interface PartColumn {
  /** Thousandths by student, separated by commas. */
  readonly points: string
  /** Option ids by student, separated by commas; several of one student by spaces. */
  readonly choices: string
}

/** Columns come as one text a part: 100,000 small values cost the driver more than the database. */
const columnsStatement = `
  WITH submitted AS (
    SELECT DISTINCT ON (a."userId") a.id, u.simulated
    FROM "Attempt" a
    JOIN "Enrollment" e ON e."userId" = a."userId" AND e."courseId" = $2 AND e.role = 'STUDENT'
    JOIN "User" u ON u.id = a."userId"
    WHERE a."assignmentId" = $1 AND a."submittedAt" IS NOT NULL
    ORDER BY a."userId", CASE WHEN $3 THEN a.number ELSE -a.number END
  ), complete AS (
    SELECT s."attemptId" AS id
    FROM "PartScore" s
    WHERE s."attemptId" IN (SELECT id FROM submitted)
    GROUP BY s."attemptId"
    HAVING count(*) = cardinality($4::text[]) AND count(*) FILTER (WHERE s."partId" = ANY($4)) = count(*)
  ), counts AS (
    SELECT count(complete.id)::int AS students, count(*) FILTER (WHERE submitted.simulated AND complete.id IS NOT NULL)::int AS simulated,
           (count(*) - count(complete.id))::int AS "leftOut"
    FROM submitted LEFT JOIN complete USING (id)
  ), columns AS (
    SELECT s."partId", string_agg(s.points::text, ',' ORDER BY s."attemptId") AS points,
           string_agg(coalesce(array_to_string(a."optionIds", ' '), ''), ',' ORDER BY s."attemptId") AS choices
    FROM "PartScore" s
    JOIN complete ON complete.id = s."attemptId"
    LEFT JOIN "Answer" a ON a."attemptId" = s."attemptId" AND a."partId" = s."partId"
    GROUP BY s."partId"
  )
  SELECT counts.*, columns.* FROM counts LEFT JOIN columns ON true`

interface ColumnRow extends PartColumn {
  readonly students: number
  readonly simulated: number
  readonly leftOut: number
  readonly partId: string | null
}

async function readColumns(
  { assignmentId, courseId }: StatisticsAccess,
  attempts: AttemptChoice,
  partIds: readonly string[],
) {
  const { rows } = await databasePool().query<ColumnRow>({
    name: 'item-analysis-columns',
    text: columnsStatement,
    values: [assignmentId, courseId, attempts === 'first', partIds],
  })
  const { students, simulated, leftOut } = rows[0]!
  const columns = new Map(rows.flatMap((row) => (row.partId === null ? [] : [[row.partId, row] as const])))
  return { columns, students, simulated, leftOut }
}
