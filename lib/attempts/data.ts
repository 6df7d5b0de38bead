import { sealingKeyOf } from '@/lib/answer-files/server-key'
import type { AttemptView, SavedAnswer } from '@/lib/attempts/view'
import type { AssignmentAccess, OwnAttemptAccess } from '@/lib/auth/gate'
import { readAssignment } from '@/lib/courses/data'
import { studentDatabase } from '@/lib/database/student'
import { environment } from '@/lib/environment'
import type { QuestionPart } from '@/lib/questions/content'
import { readPinnedQuestions } from '@/lib/questions/data'
import { latestReopening, readAttemptTimes, readPersonalTimes } from '@/lib/timing/data'
import { timeViewAt } from '@/lib/timing/time-view'
import type { TimeView } from '@/lib/timing/view'

/** The viewer's own attempt: pinned questions, flags and answers. */
export function readAttempt(
  access: OwnAttemptAccess<'attempt.read' | 'attempt.result'>,
): Promise<AttemptView> {
  return readAttemptOf(access, access.viewer.userId, access.attemptId)
}

/** For staff: a student's attempt as the student has it. Call `previewAssignment`, which notes that it was looked at. */
export async function readAttemptPreview(
  access: AssignmentAccess<'student.preview'>,
  userId: string,
  number: number,
): Promise<AttemptView> {
  const { id } = await studentDatabase.attempt.findUniqueOrThrow({
    where: { assignmentId_userId_number: { assignmentId: access.assignmentId, userId, number } },
    select: { id: true },
  })
  return readAttemptOf(access, userId, id)
}

async function readAttemptOf(
  access: AssignmentAccess,
  userId: string,
  attemptId: string,
): Promise<AttemptView> {
  const [attempt, answers, questions, times] = await Promise.all([
    studentDatabase.attempt.findUniqueOrThrow({ where: { id: attemptId } }),
    answersOf(attemptId),
    readPinnedQuestions(attemptId),
    readPersonalTimes(access.assignmentId, userId),
  ])
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
    questions: questions.map(({ questionVersionId: _, ...question }) => question),
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
  const { assignmentId, viewer } = access
  const [times, attempts, { number, startedAt, submittedBy, reopened }, latestRestoration] =
    await Promise.all([
      readPersonalTimes(assignmentId, viewer.userId),
      readAttemptTimes(assignmentId, viewer.userId),
      studentDatabase.attempt.findUniqueOrThrow({
        where: { id: access.attemptId },
        select: { number: true, startedAt: true, submittedBy: true, reopened: latestReopening },
      }),
      studentDatabase.restoration.findFirst({ orderBy: { restoredAt: 'desc' } }),
    ])
  const isConcerned = latestRestoration !== null && latestRestoration.restoredAt > startedAt
  const upTo = attempts.filter((attempt) => attempt.number <= number)
  return {
    ...timeViewAt(times, upTo, new Date()),
    submittedAt: upTo.at(-1)?.submittedAt?.toISOString() ?? null,
    submittedByServer: submittedBy === 'SERVER',
    reopenedAt: reopened[0]?.reopenedAt.toISOString() ?? null,
    restoration: isConcerned
      ? {
          backedUpAt: latestRestoration.backedUpAt.toISOString(),
          restoredAt: latestRestoration.restoredAt.toISOString(),
        }
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
  const answers = await studentDatabase.answer.findMany({ where: { attemptId } })
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
