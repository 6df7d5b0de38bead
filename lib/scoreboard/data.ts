import { z } from 'zod'
import type { AssignmentAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { databasePool } from '@/lib/database/pool'
import { type Freshness, type Reader, readAside } from '@/lib/database/replica'
import { expectedQuestions } from '@/lib/pools/draw'
import { readLatestQuestions } from '@/lib/questions/data'
import { type Paper, readPapers } from '@/lib/scoreboard/papers/data'
import type { Scoreboard, ScoreboardPart, ScoreboardStudent } from '@/lib/scoreboard/view'
import { readSectionNames } from '@/lib/sections/data'
import { withoutSection } from '@/lib/sections/view'
import { ShortMemory } from '@/lib/short-memory'

type ScoreboardAccess = AssignmentAccess<'assignment.overview' | 'regrade.draft'>

const boards = new ShortMemory<Scoreboard>(500, 200)

/**
 * The latest attempt of every student of the course, with the score that counts (after late credit; of several attempts
 * the one that is kept), at most half a second old: however many look on, the database is asked
 * twice a second. The statements are written by hand and skip Prisma, which takes several times as long over 3,000 rows.
 * @param section only the students of this one, or of none (`none`); left out: all
 * @param freshness `current` for what is compared with something that was written, see `readAside`
 */
export function readScoreboard(
  access: ScoreboardAccess,
  section?: string,
  freshness: Freshness = 'recent',
): Promise<Scoreboard> {
  return boards.get(`${access.assignmentId} ${section ?? ''} ${freshness}`, () =>
    readAnew(access, section ?? null, freshness),
  )
}

async function readAnew(
  access: ScoreboardAccess,
  section: string | null,
  freshness: Freshness,
): Promise<Scoreboard> {
  const at = new Date().toISOString()
  const [{ value, asOf }, questions, sections] = await Promise.all([
    readAside(async (from) => {
      const [rows, progress] = await Promise.all([
        readStudents(from, access, section),
        readProgress(from, access, section),
      ])
      const submitted = rows.filter(({ state }) => state === 'submitted')
      return {
        rows,
        progress,
        minutes: await readMinutesAtWork(
          submitted.flatMap(({ attemptId }) => attemptId ?? []),
          from,
        ),
      }
    }, freshness),
    readLatestQuestions(access.assignmentId, 'kept'),
    readSectionNames(access),
  ])
  const { rows, progress, minutes } = value
  const papers = await readPapers(rows.flatMap(({ attemptId }) => attemptId ?? []))
  const asked = countAsked(papers)
  const parts = questions.flatMap(({ questionId, position, content }) =>
    content.parts.map(
      (part): ScoreboardPart => ({
        partId: part.id,
        questionId,
        label: part.label,
        position,
        topic: content.topic,
        maximum: part.points,
        asked: asked.get(questionId) ?? 0,
        answered: 0,
        scored: 0,
        points: 0,
        ...progress.get(part.id),
      }),
    ),
  )
  const expected = expectedQuestions(questions.filter(({ archived }) => !archived)).flatMap(
    ({ content }) => content.parts,
  )
  return {
    at,
    asOf: asOf?.toISOString() ?? null,
    maximum: expected.reduce((sum, part) => sum + part.points, 0),
    students: rows.map(({ attemptId, ...row }) => ({
      ...row,
      parts: (attemptId !== null && papers.get(attemptId)?.parts) || expected.length,
      minutes: attemptId === null ? null : (minutes.get(attemptId) ?? null),
    })),
    parts,
    sections,
  }
}

/** @returns by question id, how many of the papers have it. */
function countAsked(papers: ReadonlyMap<string, Paper>): ReadonlyMap<string, number> {
  const asked = new Map<string, number>()
  for (const { questionIds } of papers.values())
    for (const id of questionIds) asked.set(id, (asked.get(id) ?? 0) + 1)
  return asked
}

const iso = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const latestAttempts = `
  latest AS (
    SELECT DISTINCT ON ("userId") id, "userId", "startedAt", "submittedAt"
    FROM "Attempt" WHERE "assignmentId" = $1
    ORDER BY "userId", number DESC
  )`

/** `$3`: the section, `none`, or nothing for everybody. */
const inSection = `($3::text IS NULL OR e."sectionId" IS NOT DISTINCT FROM nullif($3, '${withoutSection}'))`

const studentsStatement = `
  WITH ${latestAttempts}, answered AS (
    SELECT "attemptId", count(*) FILTER (WHERE "optionIds" <> '{}')::int AS parts, max("savedAt") AS "lastSavedAt"
    FROM "Answer" WHERE "attemptId" IN (SELECT id FROM latest)
    GROUP BY "attemptId"
  ), totals AS (
    SELECT a."userId", a.number, s."attemptKeep" AS keep, sum(p.maximum)::int AS maximum,
           floor((sum(p.points) * coalesce(a."creditPercent", 100) + 50) / 100.0)::int AS points
    FROM "Attempt" a
    JOIN "Assignment" s ON s.id = a."assignmentId"
    JOIN "PartScore" p ON p."attemptId" = a.id
    WHERE a."assignmentId" = $1
    GROUP BY a.id, s.id
  ), scored AS (
    SELECT DISTINCT ON ("userId") "userId", points, maximum FROM totals
    ORDER BY "userId", CASE keep WHEN 'HIGHEST' THEN -points WHEN 'LATEST' THEN -number ELSE number END, number
  )
  SELECT u.id AS "userId", u.name, u.email, u.simulated, section.name AS section, a.id AS "attemptId",
         CASE WHEN a.id IS NULL THEN 'not-started' WHEN a."submittedAt" IS NULL THEN 'working' ELSE 'submitted' END AS state,
         ${iso('a."startedAt"')} AS "startedAt", ${iso('a."submittedAt"')} AS "submittedAt",
         ${iso('answered."lastSavedAt"')} AS "lastSavedAt", coalesce(answered.parts, 0) AS "answeredParts",
         scored.points, scored.maximum
  FROM "Enrollment" e
  JOIN "User" u ON u.id = e."userId"
  LEFT JOIN "Section" section ON section.id = e."sectionId"
  LEFT JOIN latest a ON a."userId" = u.id
  LEFT JOIN answered ON answered."attemptId" = a.id
  LEFT JOIN scored ON scored."userId" = u.id
  WHERE e."courseId" = $2 AND e.role = 'STUDENT' AND ${inSection}
  ORDER BY u.name, u.id`

type StudentRow = Omit<ScoreboardStudent, 'minutes' | 'parts'> & { readonly attemptId: string | null }

async function readStudents(
  from: Reader,
  { assignmentId, courseId }: ScoreboardAccess,
  section: string | null,
): Promise<StudentRow[]> {
  const { rows } = await from.query<StudentRow>({
    name: 'scoreboard-students',
    text: studentsStatement,
    values: [assignmentId, courseId, section],
  })
  return rows
}

const progressStatement = `
  WITH ${latestAttempts}, members AS (
    SELECT latest.id FROM latest JOIN "Enrollment" e ON e."userId" = latest."userId"
    WHERE e."courseId" = $2 AND e.role = 'STUDENT' AND ${inSection}
  ), answered AS (
    SELECT "partId", count(*)::int AS answered
    FROM "Answer" WHERE "optionIds" <> '{}' AND "attemptId" IN (SELECT id FROM members)
    GROUP BY "partId"
  ), scored AS (
    SELECT "partId", count(*)::int AS scored, sum(points)::int AS points
    FROM "PartScore" WHERE "attemptId" IN (SELECT id FROM members)
    GROUP BY "partId"
  )
  SELECT "partId", coalesce(answered, 0) AS answered, coalesce(scored, 0) AS scored, coalesce(points, 0) AS points
  FROM answered FULL JOIN scored USING ("partId")`

type Progress = Pick<ScoreboardPart, 'answered' | 'scored' | 'points'>

async function readProgress(
  from: Reader,
  { assignmentId, courseId }: ScoreboardAccess,
  section: string | null,
): Promise<ReadonlyMap<string, Progress>> {
  const { rows } = await from.query<Progress & { readonly partId: string }>({
    name: 'scoreboard-progress',
    text: progressStatement,
    values: [assignmentId, courseId, section],
  })
  return new Map(rows.map(({ partId, ...progress }) => [partId, progress]))
}

const longestPauseSeconds = 600

const minutesStatement = `
  WITH moments AS (
    SELECT "attemptId", "savedAt" AS at FROM "AnswerEvent" WHERE "attemptId" = ANY($1)
    UNION ALL
    SELECT id, "startedAt" FROM "Attempt" WHERE id = ANY($1)
    UNION ALL
    SELECT id, "submittedAt" FROM "Attempt" WHERE id = ANY($1)
  ), gaps AS (
    SELECT "attemptId", at - lag(at) OVER (PARTITION BY "attemptId" ORDER BY at) AS gap FROM moments
  )
  SELECT "attemptId", sum(extract(epoch FROM least(gap, make_interval(secs => ${longestPauseSeconds})))) / 60 AS minutes
  FROM gaps GROUP BY "attemptId"`

const mostMinutes = 100_000
const minutesByAttempt = new Map<string, number>()

/**
 * Minutes at work in submitted attempts: the time between one saved answer and the next, from start to submission, of which
 * each pause counts 10 minutes at most; who closes the page and comes back the next day has not worked all night. The
 * history of a submitted attempt no longer changes, so each is added up once in a process.
 */
export async function readMinutesAtWork(
  submittedAttemptIds: readonly string[],
  from: Reader = databasePool(),
): Promise<ReadonlyMap<string, number>> {
  const unknown = submittedAttemptIds.filter((id) => !minutesByAttempt.has(id))
  if (unknown.length > 0) {
    if (minutesByAttempt.size + unknown.length > mostMinutes) minutesByAttempt.clear()
    const { rows } = await from.query<{ attemptId: string; minutes: string }>({
      name: 'scoreboard-minutes',
      text: minutesStatement,
      values: [unknown],
    })
    for (const { attemptId, minutes } of rows)
      minutesByAttempt.set(attemptId, Math.round(Number(minutes) * 10) / 10)
  }
  return minutesByAttempt
}

const pointsStatement = `
  WITH ${latestAttempts}
  SELECT latest."userId", latest.id AS "attemptId", jsonb_object_agg(s."partId", s.points) AS points
  FROM latest JOIN "PartScore" s ON s."attemptId" = latest.id
  GROUP BY latest."userId", latest.id`

/** A student's latest attempt, part by part. */
export interface PartPoints {
  /** Thousandths by part id. */
  readonly points: Readonly<Record<string, number>>
  /** What the attempt asks. */
  readonly questionIds: ReadonlySet<string>
}

/** @returns by user id, for a table that leaves Vitrine; whoever has no scores is left out. */
export async function readPartPoints({
  assignmentId,
}: ScoreboardAccess): Promise<ReadonlyMap<string, PartPoints>> {
  const { value } = await readAside(
    (from) =>
      from.query<{ userId: string; attemptId: string; points: Record<string, number> }>({
        name: 'scoreboard-part-points',
        text: pointsStatement,
        values: [assignmentId],
      }),
    'current',
  )
  const { rows } = value
  const papers = await readPapers(rows.map(({ attemptId }) => attemptId))
  return new Map(
    rows.map(({ userId, attemptId, points }) => [
      userId,
      { points, questionIds: new Set(papers.get(attemptId)?.questionIds) },
    ]),
  )
}

/** The scores that last left Vitrine as a table. */
export interface ScoreExport {
  /** ISO 8601. */
  readonly at: string
  /** null: the account is gone. */
  readonly by: string | null
  /** By user id: thousandths, after late credit. */
  readonly scores: ReadonlyMap<string, number>
}

/** @returns null where no table has left. */
export async function readExport(
  client: Prisma.TransactionClient,
  assignmentId: string,
): Promise<ScoreExport | null> {
  const row = await client.scoreExport.findUnique({ where: { assignmentId } })
  if (!row) return null
  const by = await client.user.findUnique({ where: { id: row.actorId }, select: { name: true } })
  const scores = exportedScoresSchema.parse(row.scores)
  return { at: row.at.toISOString(), by: by?.name ?? null, scores: new Map(Object.entries(scores)) }
}

const exportedScoresSchema = z.record(z.string(), z.int())
