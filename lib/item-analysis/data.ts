import type { AssignmentAccess } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { readLatestKeyedQuestions } from '@/lib/grading/data'
import { type AttemptTexts, itemColumns } from '@/lib/item-analysis/columns'
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
  const submitted = await readSubmitted(access, attempts)
  const { items, counted } = itemColumns(
    parts.map(({ part, correct }) => ({ ...part, correct })),
    submitted,
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
  return {
    attempts,
    analysis,
    items: cards,
    leftOut: submitted.length - counted.length,
    simulated: counted.filter((index) => submitted[index]!.simulated).length,
  }
}

/** An attempt comes as two texts: 100,000 small values cost the driver, and joining them the database, many times more. */
const submittedStatement = `
  WITH submitted AS (
    SELECT DISTINCT ON (a."userId") a.id, u.simulated
    FROM "Attempt" a
    JOIN "Enrollment" e ON e."userId" = a."userId" AND e."courseId" = $2 AND e.role = 'STUDENT'
    JOIN "User" u ON u.id = a."userId"
    WHERE a."assignmentId" = $1 AND a."submittedAt" IS NOT NULL
    ORDER BY a."userId", CASE WHEN $3 THEN a.number ELSE -a.number END
  ), scored AS (
    SELECT "attemptId" AS id, string_agg("partId" || ':' || points, ',') AS scores
    FROM "PartScore" WHERE "attemptId" IN (SELECT id FROM submitted)
    GROUP BY "attemptId"
  ), answered AS (
    SELECT "attemptId" AS id, string_agg("partId" || ':' || array_to_string("optionIds", ' '), ',') AS answers
    FROM "Answer" WHERE "optionIds" <> '{}' AND "attemptId" IN (SELECT id FROM submitted)
    GROUP BY "attemptId"
  )
  SELECT submitted.simulated, coalesce(scores, '') AS scores, coalesce(answers, '') AS answers
  FROM submitted LEFT JOIN scored USING (id) LEFT JOIN answered USING (id)`

async function readSubmitted(
  { assignmentId, courseId }: StatisticsAccess,
  attempts: AttemptChoice,
): Promise<(AttemptTexts & { readonly simulated: boolean })[]> {
  const { rows } = await databasePool().query<AttemptTexts & { readonly simulated: boolean }>({
    name: 'item-analysis-submitted',
    text: submittedStatement,
    values: [assignmentId, courseId, attempts === 'first'],
  })
  return rows
}
