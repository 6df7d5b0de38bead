import type { SiteAccess } from '@/lib/auth/gate'
import { rolesWith } from '@/lib/auth/permissions'
import { Prisma } from '@/lib/database/generated/client'
import { statements } from '@/lib/database/statements'
import { failureMessage } from '@/lib/figures/failure'
import { buildIndexTask, exploreTask, lookTask, pullModelTask } from '@/lib/jobs/exploration-queue'
import { bandOf } from '@/lib/jobs/fair-shares'
import {
  checkKeysTask,
  drawFigureTask,
  drawPreviewTask,
  makeVariantTask,
  queue,
  readModelTask,
  testMapsTask,
  tryKeysTask,
} from '@/lib/jobs/queue'
import type { JobFilter } from '@/lib/operations/jobs/schema'
import { safeError } from '@/lib/operations/safe-error'
import type { JobKind, JobLine, JobLineState, JobList } from '@/lib/operations/view'

/** Jobs as operators see them: what they are for by its names alone, never a text, a key or an answer. */

/** Lines that a page shows; those beyond are counted. */
const mostLines = 200

const kindOfTask: Readonly<Record<string, JobKind>> = {
  [drawFigureTask]: 'figure',
  [testMapsTask]: 'tests',
  [drawPreviewTask]: 'preview',
  [checkKeysTask]: 'check',
  [tryKeysTask]: 'trial',
  [makeVariantTask]: 'variant',
  [readModelTask]: 'model',
  [exploreTask]: 'exploration',
  [buildIndexTask]: 'corpus-index',
  [lookTask]: 'look',
  [pullModelTask]: 'model-pull',
}

/** What can be begun again from what is kept: not a model that was refused, nor a trial, whose author begins another. */
const retryable: readonly JobKind[] = [
  'figure',
  'tests',
  'preview',
  'check',
  'variant',
  'exploration',
  'corpus-index',
  'look',
]
/** What can be cancelled: before it has begun, and under way, when it stops at its next batch. */
const interruptible: readonly JobKind[] = [
  'figure',
  'tests',
  'preview',
  'check',
  'exploration',
  'corpus-index',
]

interface JobRow {
  readonly key: string
  readonly task: string
  readonly state: JobLineState
  readonly priority: number
  readonly attempts: number
  readonly maxAttempts: number
  readonly askedAt: Date
  readonly runAt: Date
  readonly begunAt: Date | null
  readonly lastError: string | null
  readonly pool: string | null
  readonly worker: string | null
  readonly course: string | null
  readonly assignment: string | null
  readonly question: string | null
  readonly mayLook: boolean
  readonly done: number
  readonly total: number
  readonly secondsLeft: number | null
  readonly failure: unknown
  /** What is asked of which model. */
  readonly explored: string | null
}

/** Every job, and the figures that failed and have none: their requests are kept, and somebody wants them. */
const jobRows = Prisma.sql`
  SELECT j.key, j.task_identifier AS task, j.priority::int, j.attempts::int, j.max_attempts::int AS "maxAttempts",
    j.created_at AS "askedAt", j.run_at AS "runAt", j.locked_at AS "begunAt", j.last_error AS "lastError",
    j.locked_by AS pool,
    CASE WHEN j.locked_at IS NOT NULL THEN 'running' WHEN j.attempts >= j.max_attempts THEN 'set-aside'
         WHEN j.run_at > now() THEN 'retrying' ELSE 'waiting' END AS state,
    (SELECT substr(flag, 8) FROM jsonb_object_keys(j.flags) AS flag WHERE flag LIKE 'course:%' LIMIT 1) AS "courseId"
  FROM graphile_worker.jobs j WHERE j.key IS NOT NULL
  UNION ALL
  SELECT 'figure:' || r.id, CASE WHEN t.id IS NULL THEN ${drawFigureTask}::text ELSE ${testMapsTask}::text END,
    0, 0, 0, r."updatedAt" AT TIME ZONE 'UTC', r."updatedAt" AT TIME ZONE 'UTC', NULL, NULL, NULL, 'failed', NULL
  FROM "FigureRequest" r
  LEFT JOIN LATERAL (SELECT id FROM "QuestionVersion" WHERE "trustRequestId" = r.id LIMIT 1) t ON true
  WHERE r.status = 'FAILED'
    AND NOT EXISTS (
      SELECT FROM graphile_worker.jobs WHERE key IN ('figure:' || r.id, 'preview:' || r.id))
    AND (t.id IS NOT NULL OR EXISTS (SELECT FROM "QuestionVersion" WHERE "figureRequestId" = r.id))`

/**
 * @returns the jobs that the filter asks for: those under way first, then as they stand in line.
 */
export async function readJobs(
  { viewer }: SiteAccess<'operations.read'>,
  { state, kind, course }: JobFilter,
): Promise<JobList> {
  await queue()
  const staff = rolesWith('assignment.overview')
  const [rows, counted] = await Promise.all([
    statements.$queryRaw<JobRow[]>`
      SELECT j.*, w.host || ':' || w."processId" AS worker, c.slug AS course, q.assignment, q.question,
        EXISTS (SELECT FROM "Enrollment" e WHERE e."courseId" = c.id AND e."userId" = ${viewer.userId}
                AND e.role::text = ANY(${staff}::text[])) AS "mayLook",
        coalesce(r.done, x.done, 0) AS done, coalesce(r.total, x.total, 0) AS total, r."secondsLeft",
        x.kind || ' · ' || x.model AS explored,
        CASE WHEN r.status = 'FAILED' THEN r.error END AS failure
      FROM (${jobRows}) j
      LEFT JOIN "Worker" w ON w.pool = j.pool
      LEFT JOIN "FigureRequest" r ON r.id = substr(j.key, strpos(j.key, ':') + 1)
      LEFT JOIN "Exploration" x ON x.id = substr(j.key, 13) AND j.key LIKE 'exploration:%'
      LEFT JOIN LATERAL (
        SELECT s.slug AS assignment, q.slug AS question, s."courseId"
        FROM "QuestionVersion" v JOIN "Question" q ON q.id = v."questionId" JOIN "Assignment" s ON s.id = q."assignmentId"
        WHERE v."figureRequestId" = r.id OR v."trustRequestId" = r.id
        ORDER BY (s."courseId" = j."courseId") DESC NULLS LAST, v.version DESC LIMIT 1
      ) q ON true
      LEFT JOIN "Course" c ON c.id = coalesce(j."courseId", q."courseId")
      WHERE (${state ?? null}::text IS NULL OR j.state = ${state ?? null})
        AND (${kind ? tasksOf(kind) : null}::text[] IS NULL OR j.task = ANY(${kind ? tasksOf(kind) : null}::text[]))
        AND (${course ?? null}::text IS NULL OR c.slug = ${course ?? null})
      ORDER BY array_position(ARRAY['running', 'set-aside', 'failed', 'retrying', 'waiting'], j.state),
        j.priority, j."runAt", j.key`,
    statements.$queryRaw<{ state: JobLineState; jobs: number }[]>`
      SELECT state, count(*)::int AS jobs FROM (${jobRows}) j GROUP BY state`,
  ])
  const counts = { running: 0, waiting: 0, retrying: 0, 'set-aside': 0, failed: 0 }
  for (const { state: of, jobs } of counted) counts[of] = jobs
  return {
    counts,
    lines: rows.slice(0, mostLines).map(lineOf),
    more: Math.max(0, rows.length - mostLines),
  }
}

function tasksOf(kind: JobKind): string[] {
  return Object.entries(kindOfTask).flatMap(([task, of]) => (of === kind ? [task] : []))
}

function lineOf(row: JobRow): JobLine {
  const { key, state, course, assignment, question } = row
  const kind = kindOfTask[row.task] ?? 'chore'
  const isNamedByKey = kind === 'model' || kind === 'model-pull' || kind === 'chore'
  return {
    key,
    kind,
    state,
    band: bandOf(row.priority),
    course,
    question: assignment !== null && question !== null ? { assignment, name: question } : null,
    about: isNamedByKey ? key.slice(key.indexOf(':') + 1) : row.explored,
    href: row.mayLook ? addressOf(course, assignment) : null,
    attempts: row.attempts,
    maxAttempts: row.maxAttempts,
    askedAt: row.askedAt.toISOString(),
    runAt: row.runAt.toISOString(),
    begunAt: row.begunAt?.toISOString() ?? null,
    worker: row.worker,
    progress:
      state === 'running' && row.total > 0
        ? { done: row.done, total: row.total, secondsLeft: row.secondsLeft }
        : null,
    failure: row.failure ? failureMessage(row.failure).message : null,
    // Of a job that was begun anew it is old.
    error: row.lastError === null || row.attempts === 0 ? null : safeError(row.lastError),
    retryable:
      retryable.includes(kind) && (state === 'set-aside' || state === 'failed' || state === 'retrying'),
    cancelable:
      (interruptible.includes(kind) &&
        (state === 'running' || state === 'waiting' || state === 'retrying')) ||
      (!retryable.includes(kind) && state === 'set-aside'),
  }
}

function addressOf(course: string | null, assignment: string | null): string | null {
  if (course === null) return null
  return assignment === null ? `/courses/${course}/staff` : `/courses/${course}/${assignment}/staff/evidence`
}

/** @returns the courses that have jobs, for a filter. */
export async function readCoursesInLine(_: SiteAccess<'operations.read'>): Promise<readonly string[]> {
  await queue()
  const rows = await statements.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM "Course" WHERE id IN (
      SELECT substr(flag, 8) FROM graphile_worker.jobs j, jsonb_object_keys(j.flags) AS flag
      WHERE flag LIKE 'course:%') ORDER BY slug`
  return rows.map(({ slug }) => slug)
}
