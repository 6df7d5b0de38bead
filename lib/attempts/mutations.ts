import { Problem } from '@/lib/api/problem'
import { readPinnedParts } from '@/lib/attempts/data'
import { newReceipt } from '@/lib/attempts/receipt'
import type { SavedAnswer } from '@/lib/attempts/view'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess, OwnAttemptAccess, OwnAttemptId, Viewer } from '@/lib/auth/gate'
import { rolesWith } from '@/lib/auth/permissions'
import { assignmentPhase } from '@/lib/courses/assignment-phase'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import { gradeAttempt } from '@/lib/grading/mutations'
import { findSelectionProblem } from '@/lib/questions/selection'

/**
 * Starts the viewer's attempt, which pins the latest version of every question, or finds the one that is there.
 * Clicked twice, or in two tabs, it is the same attempt.
 * @throws Problem `assignment-not-open`, `assignment-closed` (only when there is no attempt to go on with).
 */
export async function startAttempt(
  access: AssignmentAccess<'attempt.start'>,
): Promise<{ readonly attemptId: string; readonly started: boolean }> {
  const { assignmentId, viewer } = access
  const existing = await findLatestAttempt(assignmentId, viewer.userId)
  if (existing) return { attemptId: existing.id, started: false }
  const assignment = await studentDatabase.assignment.findUniqueOrThrow({ where: { id: assignmentId } })
  const phase = assignmentPhase(assignment, new Date())
  if (phase === 'not-open') throw new Problem('assignment-not-open', assignmentId)
  if (phase === 'closed') throw new Problem('assignment-closed', assignmentId)
  return studentDatabase.$transaction(async (transaction) => {
    // The unique constraint decides between two clicks: the second waits here for the first one's commit.
    const { count } = await transaction.attempt.createMany({
      data: { assignmentId, userId: viewer.userId, number: 1 },
      skipDuplicates: true,
    })
    const attempt = await transaction.attempt.findFirstOrThrow({
      where: { assignmentId, userId: viewer.userId, number: 1 },
      select: { id: true },
    })
    if (count === 0) return { attemptId: attempt.id, started: false }
    await transaction.$executeRaw`
      INSERT INTO "AttemptQuestion" ("attemptId", "questionId", "questionVersionId", position)
      SELECT DISTINCT ON (q.id) ${attempt.id}, q.id, v.id, q.position
      FROM "Question" q
      JOIN "QuestionVersion" v ON v."questionId" = q.id
      WHERE q."assignmentId" = ${assignmentId}
      ORDER BY q.id, v.version DESC`
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'attempt.start',
      subject: `attempt:${attempt.id}`,
    })
    return { attemptId: attempt.id, started: true }
  })
}

function findLatestAttempt(assignmentId: string, userId: string) {
  return studentDatabase.attempt.findFirst({
    where: { assignmentId, userId },
    orderBy: { number: 'desc' },
    select: { id: true },
  })
}

/** A choice as a browser sends it. */
export interface AnswerToSave {
  readonly optionIds: readonly string[]
  /** Names the tab or device that chose. */
  readonly clientId: string
  /** One more than the client last knew. */
  readonly revision: number
}

/** What is stored now, and how that came about. `unchanged`: this very save had arrived before. */
export interface SaveOutcome extends SavedAnswer {
  readonly status: 'stored' | 'unchanged' | 'superseded'
}

/** Refuses a save, and says what is stored. */
function refuseSave(
  code: 'attempt-submitted' | 'assignment-closed' | 'assignment-not-open',
  stored: SavedAnswer | null,
): Problem {
  return new Problem(code, undefined, { facts: { stored } })
}

/**
 * Prepared once a connection and run without Prisma, which would take four times the processor time: this is the one
 * statement that comes by the hundred a second. The share lock lets saves of one attempt run side by side, and makes a
 * submission wait for them and them for it.
 */
const saveStatement = `
  WITH open_attempt AS (
    SELECT a.id
    FROM "Attempt" a
    JOIN "Assignment" s ON s.id = a."assignmentId"
    JOIN "Enrollment" e ON e."courseId" = s."courseId" AND e."userId" = a."userId"
    WHERE a.id = $1 AND a."userId" = $2 AND a."submittedAt" IS NULL
      AND (s."opensAt" IS NULL OR s."opensAt" <= now() AT TIME ZONE 'UTC')
      AND (s."closesAt" IS NULL OR s."closesAt" > now() AT TIME ZONE 'UTC')
      AND e.role::text = ANY($3::text[])
    FOR SHARE OF a
  ), stored AS (
    INSERT INTO "Answer" AS held ("attemptId", "partId", "optionIds", revision, "clientId", "savedAt")
    SELECT id, $4, $5::text[], $6::int, $7, now() AT TIME ZONE 'UTC' FROM open_attempt
    ON CONFLICT ("attemptId", "partId") DO UPDATE
      SET "optionIds" = excluded."optionIds", revision = excluded.revision,
          "clientId" = excluded."clientId", "savedAt" = excluded."savedAt"
      WHERE excluded.revision > held.revision
    RETURNING "attemptId", "partId", "optionIds", revision, "clientId", "savedAt"
  ), event AS (
    INSERT INTO "AnswerEvent" ("attemptId", "partId", "optionIds", revision, "clientId", "savedAt")
    SELECT "attemptId", "partId", "optionIds", revision, "clientId", "savedAt" FROM stored
  )
  SELECT "savedAt" AT TIME ZONE 'UTC' AS "savedAt" FROM stored`

/**
 * Stores an answer if its revision is larger than the stored one and the attempt is open. One statement does it, so
 * that repeated, delayed and reordered saves, from any number of tabs and servers, end with the largest revision.
 * No options: the answer is cleared.
 * @throws Problem `not-found` (no such part), `invalid-answer`; `attempt-submitted`, `assignment-closed` and
 * `assignment-not-open` with what is `stored`.
 */
export async function saveAnswer(
  viewer: Viewer,
  attemptId: OwnAttemptId<'attempt.answer'>,
  partId: string,
  answer: AnswerToSave,
): Promise<SaveOutcome> {
  const part = (await readPinnedParts(attemptId)).get(partId)
  if (!part) throw new Problem('not-found', `part ${partId} in attempt ${attemptId}`)
  const wrong = findSelectionProblem(part, answer.optionIds)
  if (wrong) throw new Problem('invalid-answer', wrong)
  const { rows } = await databasePool().query<{ savedAt: Date }>({
    name: 'save-answer',
    text: saveStatement,
    values: [
      attemptId,
      viewer.userId,
      rolesWith('attempt.answer'),
      partId,
      answer.optionIds,
      answer.revision,
      answer.clientId,
    ],
  })
  const { optionIds, clientId, revision } = answer
  if (rows[0]) return { status: 'stored', optionIds, revision, savedAt: rows[0].savedAt.toISOString() }
  return explainUnstored(viewer, attemptId, partId, { optionIds, clientId, revision })
}

/** Nothing was stored: says why, from what is there now. */
async function explainUnstored(
  viewer: Viewer,
  attemptId: string,
  partId: string,
  answer: AnswerToSave,
): Promise<SaveOutcome> {
  const attempt = await studentDatabase.attempt.findFirst({
    where: {
      id: attemptId,
      userId: viewer.userId,
      assignment: {
        course: {
          enrollments: { some: { userId: viewer.userId, role: { in: [...rolesWith('attempt.answer')] } } },
        },
      },
    },
    include: { assignment: true, answers: { where: { partId } } },
  })
  if (!attempt) throw new Problem('not-found', `attempt ${attemptId} of ${viewer.userId}`)
  const held = attempt.answers[0]
  const stored = held && {
    optionIds: held.optionIds,
    revision: held.revision,
    savedAt: held.savedAt.toISOString(),
  }
  const same =
    held?.revision === answer.revision &&
    held.clientId === answer.clientId &&
    held.optionIds.join() === answer.optionIds.join()
  // Also after the attempt closed: the first copy of this save had been stored, and its sender need not worry.
  if (stored && same) return { ...stored, status: 'unchanged' }
  if (attempt.submittedAt) throw refuseSave('attempt-submitted', stored ?? null)
  const phase = assignmentPhase(attempt.assignment, new Date())
  if (phase === 'closed') throw refuseSave('assignment-closed', stored ?? null)
  if (phase === 'not-open') throw refuseSave('assignment-not-open', stored ?? null)
  if (!stored) throw new Error(`answer ${partId} of attempt ${attemptId} was neither stored nor refused`)
  return { ...stored, status: 'superseded' }
}

/**
 * Marks a question to come back to, or takes the mark away. Flags may be set as long as answers may.
 * @throws Problem `attempt-submitted`, `not-found`.
 */
export async function setFlag(
  access: OwnAttemptAccess<'attempt.answer'>,
  questionId: string,
  flagged: boolean,
): Promise<void> {
  const { count } = await studentDatabase.attemptQuestion.updateMany({
    where: { attemptId: access.attemptId, questionId, attempt: { submittedAt: null } },
    data: { flagged },
  })
  if (count > 0) return
  const pin = await studentDatabase.attemptQuestion.findUnique({
    where: { attemptId_questionId: { attemptId: access.attemptId, questionId } },
  })
  throw new Problem(pin ? 'attempt-submitted' : 'not-found', `question ${questionId} in ${access.attemptId}`)
}

export interface Submission {
  readonly receipt: string
  /** ISO 8601, server time. */
  readonly submittedAt: string
  /** false: it had been submitted before, and this is the first receipt. */
  readonly first: boolean
}

/**
 * Submits the attempt and scores it, in one transaction. Done twice, the first receipt is returned. An assignment
 * that has closed can still be submitted: what was saved in time counts.
 */
export async function submitAttempt(access: OwnAttemptAccess<'attempt.submit'>): Promise<Submission> {
  return staffDatabase.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "Attempt" WHERE id = ${access.attemptId} FOR UPDATE`
    const attempt = await transaction.attempt.findUniqueOrThrow({ where: { id: access.attemptId } })
    if (attempt.submittedAt && attempt.receipt)
      return { receipt: attempt.receipt, submittedAt: attempt.submittedAt.toISOString(), first: false }
    const submittedAt = new Date()
    const receipt = newReceipt()
    await transaction.attempt.update({ where: { id: attempt.id }, data: { submittedAt, receipt } })
    const score = await gradeAttempt(transaction, attempt.id)
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'attempt.submit',
      subject: `attempt:${attempt.id}`,
      after: { receipt, points: score.points, maximum: score.maximum },
    })
    return { receipt, submittedAt: submittedAt.toISOString(), first: true }
  })
}
