import { sealingKeyOf } from '@/lib/answer-files/server-key'
import { Problem } from '@/lib/api/problem'
import type { AttemptView, SavedAnswer } from '@/lib/attempts/view'
import type { AssignmentAccess, OwnAttemptAccess } from '@/lib/auth/gate'
import { readAssignment } from '@/lib/courses/data'
import { statements } from '@/lib/database/statements'
import { environment } from '@/lib/environment'
import type { QuestionPart } from '@/lib/questions/content'
import { readPinnedQuestions } from '@/lib/questions/data'
import type { AttemptTimes, PersonalTimes } from '@/lib/timing/access-timeline'
import { readPersonalTimes } from '@/lib/timing/data'
import { timeViewAt } from '@/lib/timing/time-view'
import type { TimeView } from '@/lib/timing/view'

/** The viewer's own attempt: pinned questions, flags and answers. */
export async function readAttempt(
  access: OwnAttemptAccess<'attempt.read' | 'attempt.result'>,
): Promise<AttemptView> {
  const { viewer, assignmentId, attemptId } = access
  const [attempts, times] = await readState(assignmentId, viewer.userId)
  return viewOf(access, rowOf(attempts, attemptId), times)
}

/** @returns the viewer's own attempt with the time it has left, as the settings are now. */
export async function readAttemptAndTime(
  access: OwnAttemptAccess<'attempt.read'>,
): Promise<{ readonly attempt: AttemptView; readonly time: AttemptTime }> {
  const { viewer, assignmentId, attemptId } = access
  const [attempts, times] = await readState(assignmentId, viewer.userId)
  return {
    attempt: await viewOf(access, rowOf(attempts, attemptId), times),
    time: timeOf(attempts, attemptId, times),
  }
}

/** For staff: a student's attempt as the student has it. Call `previewAssignment`, which notes that it was looked at. */
export async function readAttemptPreview(
  access: AssignmentAccess<'student.preview'>,
  userId: string,
  number: number,
): Promise<AttemptView> {
  const [attempts, times] = await readState(access.assignmentId, userId)
  const attempt = attempts.find((row) => row.number === number)
  if (!attempt) throw new Problem('not-found', `attempt ${number} of ${userId}`)
  return viewOf(access, attempt, times)
}

interface AttemptRow extends AttemptTimes {
  readonly id: string
  readonly receipt: string | null
  readonly signedReceipt: string | null
  readonly submittedBy: 'STUDENT' | 'SERVER' | null
  readonly reopenedAt: Date | null
  /** Of the database, the latest, if it came after the attempt began. */
  readonly backedUpAt: Date | null
  readonly restoredAt: Date | null
}

function readState(assignmentId: string, userId: string) {
  return Promise.all([readAttemptRows(assignmentId, userId), readPersonalTimes(assignmentId, userId)])
}

/** @returns the person's attempts in the assignment, in the order of their numbers. One statement: every page asks. */
function readAttemptRows(assignmentId: string, userId: string): PromiseLike<AttemptRow[]> {
  return statements.$queryRaw<AttemptRow[]>`
    SELECT a.id, a.number, a."startedAt", a."submittedAt", a.receipt, a."signedReceipt",
           a."submittedBy"::text AS "submittedBy", r."backedUpAt", r."restoredAt",
           (SELECT max("reopenedAt") FROM "ReopenedSubmission" WHERE "attemptId" = a.id) AS "reopenedAt"
    FROM "Attempt" a
    LEFT JOIN (SELECT * FROM "Restoration" ORDER BY "restoredAt" DESC LIMIT 1) r ON r."restoredAt" > a."startedAt"
    WHERE a."assignmentId" = ${assignmentId} AND a."userId" = ${userId}
    ORDER BY a.number`
}

function rowOf(attempts: readonly AttemptRow[], attemptId: string): AttemptRow {
  const row = attempts.find(({ id }) => id === attemptId)
  if (!row) throw new Problem('not-found', `attempt ${attemptId}`)
  return row
}

async function viewOf(
  access: AssignmentAccess,
  attempt: AttemptRow,
  times: PersonalTimes,
): Promise<AttemptView> {
  const [answers, questions] = await Promise.all([answersOf(attempt.id), readPinnedQuestions(attempt.id)])
  const { view } = await readAssignment(access, questions, times)
  return {
    attemptId: attempt.id,
    number: attempt.number,
    startedAt: attempt.startedAt.toISOString(),
    submittedAt: attempt.submittedAt?.toISOString() ?? null,
    receipt: attempt.receipt,
    submittedByServer: attempt.submittedBy === 'SERVER',
    signedReceipt: attempt.signedReceipt,
    sealingKey: sealingKeyOf(environment().answerFileKey),
    assignment: view,
    questions,
    answers,
  }
}

/** What `readAttemptTime` says besides the time: what has happened to the attempt from outside. Times are ISO 8601. */
export interface AttemptTime extends TimeView {
  /** By the student, or by the server when the time was over. */
  readonly submittedAt: string | null
  readonly submittedByServer: boolean
  /** When an extension opened the attempt again, which the server had submitted; null: that has not happened. */
  readonly reopenedAt: string | null
  /** The database was replaced by a backup since the attempt began; null: it was not. */
  readonly restoration: { readonly backedUpAt: string; readonly restoredAt: string } | null
}

/** @returns what time the viewer's own attempt has left, as the settings are now. */
export async function readAttemptTime(access: OwnAttemptAccess<'attempt.read'>): Promise<AttemptTime> {
  const { assignmentId, viewer, attemptId } = access
  const [attempts, times] = await readState(assignmentId, viewer.userId)
  return timeOf(attempts, attemptId, times)
}

function timeOf(attempts: readonly AttemptRow[], attemptId: string, times: PersonalTimes): AttemptTime {
  const attempt = rowOf(attempts, attemptId)
  const { backedUpAt, restoredAt, reopenedAt, submittedAt } = attempt
  const upTo = attempts.filter(({ number }) => number <= attempt.number)
  return {
    ...timeViewAt(times, upTo, new Date()),
    submittedAt: submittedAt?.toISOString() ?? null,
    submittedByServer: attempt.submittedBy === 'SERVER',
    reopenedAt: reopenedAt?.toISOString() ?? null,
    restoration:
      backedUpAt && restoredAt
        ? { backedUpAt: backedUpAt.toISOString(), restoredAt: restoredAt.toISOString() }
        : null,
  }
}

/** @returns the viewer's answers alone, for a page that comes back from another tab or from being offline. */
export function readAnswers(
  access: OwnAttemptAccess<'attempt.read' | 'attempt.result'>,
): Promise<{ readonly [partId: string]: SavedAnswer }> {
  return answersOf(access.attemptId)
}

async function answersOf(attemptId: string): Promise<{ readonly [partId: string]: SavedAnswer }> {
  const answers = await statements.$queryRaw<
    { partId: string; optionIds: string[]; revision: number; savedAt: Date }[]
  >`SELECT "partId", "optionIds", revision, "savedAt" FROM "Answer" WHERE "attemptId" = ${attemptId}`
  return Object.fromEntries(
    answers.map(({ partId, optionIds, revision, savedAt }) => [
      partId,
      { optionIds, revision, savedAt: savedAt.toISOString() },
    ]),
  )
}

const mostRemembered = 10_000
const partsByAttempt = new Map<string, ReadonlyMap<string, QuestionPart>>()

/**
 * The parts that an attempt shows, by part id. Pins never change, so they are read once in a process; saves are
 * checked against them without asking the database.
 */
export async function readPinnedParts(
  attemptId: OwnAttemptAccess['attemptId'],
): Promise<ReadonlyMap<string, QuestionPart>> {
  const known = partsByAttempt.get(attemptId)
  if (known) return known
  const questions = await readPinnedQuestions(attemptId)
  const parts = new Map(
    questions.flatMap(({ content }) => content.parts.map((part) => [part.id, part] as const)),
  )
  if (partsByAttempt.size >= mostRemembered) partsByAttempt.clear()
  partsByAttempt.set(attemptId, parts)
  return parts
}
