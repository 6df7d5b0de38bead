import type { AssignmentAccess } from '@/lib/auth/gate'
import { type Reader, readAside } from '@/lib/database/replica'
import { staffDatabase } from '@/lib/database/staff'
import { readLatestKeyedQuestions } from '@/lib/grading/data'
import { type AnswerGroup, itemColumns, type PointsGroup } from '@/lib/item-analysis/columns'
import { readVariantScores } from '@/lib/item-analysis/variants/data'
import {
  type AttemptChoice,
  type ItemAnalysisView,
  type ItemCard,
  type ReadingLanguage,
  readingLanguages,
} from '@/lib/item-analysis/view'
import { renderText } from '@/lib/questions/rendered-content'
import { withoutSection } from '@/lib/sections/view'
import { ShortMemory } from '@/lib/short-memory'
import { flagsOf } from '@/lib/statistics/flags'
import { describeGroups } from '@/lib/statistics/groups'
import { analyseItems, isTold } from '@/lib/statistics/items'

type StatisticsAccess = AssignmentAccess<'assignment.statistics'>

const views = new ShortMemory<ItemAnalysisView>(1000, 100)

/**
 * Item statistics of the assignment as it stands: submitted attempts of the course's students who met the same parts, by
 * the scores that they hold and the latest keys; dropped parts are left out. At most a second old, however many ask.
 * @param section only the students of this one, or of none (`none`); left out: all
 */
export function readItemAnalysis(
  access: StatisticsAccess,
  attempts: AttemptChoice,
  section?: string,
): Promise<ItemAnalysisView> {
  return views.get(`${access.assignmentId} ${attempts} ${section ?? ''}`, () =>
    readAnew(access, attempts, section ?? null),
  )
}

async function readAnew(
  access: StatisticsAccess,
  attempts: AttemptChoice,
  section: string | null,
): Promise<ItemAnalysisView> {
  const [questions, { value, asOf }] = await Promise.all([
    readLatestKeyedQuestions(staffDatabase, access.assignmentId, 'kept'),
    readAside(async (from) => {
      const submitted = await readSubmitted(from, access, attempts, section)
      const ids = submitted.map(({ id }) => id)
      // Two connections: the database reads scores and answers side by side.
      const [scores, answers] = await Promise.all([readPoints(from, ids), readAnswers(from, ids)])
      return { submitted, scores, answers }
    }),
  ])
  const { submitted, scores, answers } = value
  const parts = questions.flatMap(({ questionId, pool, position, content, key }) =>
    content.parts
      .filter((part) => part.points > 0)
      .map((part) => ({
        part,
        position,
        content,
        column: { ...part, questionId, pool, correct: key[part.id]?.correct ?? [] },
      })),
  )
  const { items, counted } = itemColumns(
    parts.map(({ column }) => column),
    submitted.length,
    scores,
    answers,
  )
  const who = Array.from(counted, (row) => submitted[row]!)
  const analysis = analyseItems(items)
  const told = parts.filter((_, index) => isTold(items[index]!))
  const variants =
    analysis.kind === 'too-few'
      ? []
      : await readVariantScores(
          access.assignmentId,
          told.map((one) => ({ questionId: one.column.questionId, item: items[parts.indexOf(one)]! })),
          who.map(({ id }) => id),
        )
  const cards =
    analysis.kind === 'too-few'
      ? []
      : told.map(({ part, position, content }, index): ItemCard => {
          const statistics = analysis.items[index]!
          return {
            statistics,
            flags: flagsOf(statistics).filter(
              // Where variants were dealt, an option is wrong for some and right for others.
              ({ kind }) => kind !== 'attractive-distractor' || variants[index]!.length === 0,
            ),
            label: part.label,
            position,
            topic: content.topic,
            prompt: renderText(content.prompt),
            partPrompt: part.prompt ? renderText(part.prompt) : null,
            selection: part.selection,
            optionTexts: Object.fromEntries(
              part.options.map(({ id, text }) => [id, renderText(text, 'inline')]),
            ),
            variants: variants[index]!,
          }
        })
  return {
    asOf: asOf?.toISOString() ?? null,
    attempts,
    section,
    analysis,
    items: cards,
    languages: describeGroups(
      items,
      who.map(({ reading }) => reading),
      readingLanguages,
    ),
    rarelyDrawn: parts.flatMap((one) => (told.includes(one) ? [] : one.part.label)),
    leftOut: submitted.length - counted.length,
    simulated: who.filter(({ simulated }) => simulated).length,
  }
}

interface SubmittedAttempt {
  readonly id: string
  readonly simulated: boolean
  /** null: of an older release, which did not record it. */
  readonly reading: ReadingLanguage | null
}

const submittedStatement = `
  SELECT DISTINCT ON (a."userId") a.id, u.simulated, lower(a.reading::text) AS reading
  FROM "Attempt" a
  JOIN "Enrollment" e ON e."userId" = a."userId" AND e."courseId" = $2 AND e.role = 'STUDENT'
  JOIN "User" u ON u.id = a."userId"
  WHERE a."assignmentId" = $1 AND a."submittedAt" IS NOT NULL
    AND ($4::text IS NULL OR e."sectionId" IS NOT DISTINCT FROM nullif($4, '${withoutSection}'))
  ORDER BY a."userId", CASE WHEN $3 THEN a.number ELSE -a.number END`

async function readSubmitted(
  from: Reader,
  { assignmentId, courseId }: StatisticsAccess,
  attempts: AttemptChoice,
  section: string | null,
): Promise<SubmittedAttempt[]> {
  const { rows } = await from.query<SubmittedAttempt>({
    name: 'item-analysis-submitted',
    text: submittedStatement,
    values: [assignmentId, courseId, attempts === 'first', section],
  })
  return rows
}

/**
 * What key and rule give, without what staff adjusted by hand: the statistics judge the items, and a wrong key whose scores
 * were mended one by one should still be seen. A row a part and score, not a row an attempt and part: 100,000 small values would
 * cost the driver many times more.
 */
const pointsStatement = `
  SELECT s."partId", s.automatic AS points, string_agg(int4send((a.row - 1)::int), '') AS rows
  FROM unnest($1::text[]) WITH ORDINALITY AS a (id, row) JOIN "PartScore" s ON s."attemptId" = a.id
  WHERE s.maximum > 0
  GROUP BY s."partId", s.automatic`

async function readPoints(from: Reader, attemptIds: readonly string[]): Promise<PointsGroup[]> {
  const { rows } = await from.query<PointsGroup>({
    name: 'item-analysis-points',
    text: pointsStatement,
    values: [attemptIds],
  })
  return rows
}

const answersStatement = `
  SELECT s."partId", s."optionIds", string_agg(int4send((a.row - 1)::int), '') AS rows
  FROM unnest($1::text[]) WITH ORDINALITY AS a (id, row) JOIN "Answer" s ON s."attemptId" = a.id
  GROUP BY s."partId", s."optionIds"`

async function readAnswers(from: Reader, attemptIds: readonly string[]): Promise<AnswerGroup[]> {
  const { rows } = await from.query<AnswerGroup>({
    name: 'item-analysis-answers',
    text: answersStatement,
    values: [attemptIds],
  })
  return rows
}
