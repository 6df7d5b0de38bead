import { Problem } from '@/lib/api/problem'
import type { AssignmentAccess } from '@/lib/auth/gate'
import { datesOf, readAssignment } from '@/lib/courses/data'
import type { AssignmentForStudent, AttemptProgress, Preview, QuestionLine } from '@/lib/courses/view'
import { statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import { expectedQuestions } from '@/lib/pools/draw'
import { readLatestQuestions, readPinnedQuestions } from '@/lib/questions/data'
import { isAnswered } from '@/lib/questions/selection'
import { type AttemptLine, readAttemptLines, readRelease } from '@/lib/submission/data'
import { nextStep, phaseAt } from '@/lib/timing/access-timeline'
import { readPersonalTimes } from '@/lib/timing/data'
import { timeViewAt } from '@/lib/timing/time-view'

/** The assignment's front page: what it is, and how far the viewer's own attempt has come. */
export function readAssignmentForStudent(
  access: AssignmentAccess<'assignment.read'>,
): Promise<AssignmentForStudent> {
  return readFrontPage(access, access.viewer.userId, new Date())
}

/**
 * For staff: the front page as a student of the course sees it, or would at another moment, with the answers that
 * there are now. Call `previewAssignment`, which notes that it was looked at.
 * @throws Problem `not-found` when there is no such student in the course.
 */
export async function readPreview(
  access: AssignmentAccess<'student.preview'>,
  userId: string,
  at: Date,
): Promise<Preview> {
  const enrollment = await studentDatabase.enrollment.findFirst({
    where: { userId, courseId: access.courseId, role: 'STUDENT' },
    select: { user: { select: { name: true } } },
  })
  if (!enrollment) throw new Problem('not-found', `student ${userId} in course ${access.courseId}`)
  const page = await readFrontPage(access, userId, at)
  const submitted = await studentDatabase.attempt.findMany({
    where: { assignmentId: access.assignmentId, userId, submittedAt: { lte: at } },
    orderBy: { number: 'asc' },
    select: { id: true, number: true },
  })
  const releases = await Promise.all(
    submitted.map(async ({ id, number }) => {
      const { scoreAt, keyAt } = await readRelease(id, at)
      return { number, scoreAt: scoreAt?.toISOString() ?? null, keyAt: keyAt?.toISOString() ?? null }
    }),
  )
  return { name: enrollment.user.name, page, releases }
}

async function readFrontPage(
  access: AssignmentAccess<'assignment.read' | 'student.preview'>,
  userId: string,
  now: Date,
): Promise<AssignmentForStudent> {
  const { assignmentId } = access
  const [times, lines] = await Promise.all([
    readPersonalTimes(assignmentId, userId),
    readAttemptLines(assignmentId, userId, now),
  ])
  const attempt = lines.at(-1)
  const pins = attempt ? await readPinnedQuestions(attempt.attemptId) : []
  const toAsk = attempt ? [] : await readLatestQuestions(assignmentId)
  const shown = attempt ? pins : expectedQuestions(toAsk)
  // Which questions a student has is known once they are drawn.
  const known = toAsk.some(({ pool }) => pool !== null) ? [] : shown
  const chosen = attempt ? await readChosen(attempt.attemptId) : new Map<string, string[]>()
  const flagged = new Set(pins.filter((pin) => pin.flagged).map((pin) => pin.questionId))
  const questions = known.map((question): QuestionLine => {
    const { label, topic, parts } = question.content
    return {
      questionId: question.questionId,
      position: question.position,
      label,
      topic,
      points: parts.reduce((sum, part) => sum + part.points, 0),
      partCount: parts.length,
      answeredParts: parts.filter((part) => isAnswered(part, chosen.get(part.id) ?? [])).length,
      flagged: flagged.has(question.questionId),
    }
  })
  const { view, keep } = await readAssignment(access, shown, times)
  // At an earlier moment than now, what came later has not happened.
  const attempts = lines
    .filter(({ startedAt }) => startedAt <= now)
    .map((line) => ({
      ...line,
      submittedAt: line.submittedAt && line.submittedAt <= now ? line.submittedAt : null,
    }))
  const latest = attempts.at(-1)
  return {
    assignment: { ...view, ...datesOf(times) },
    phase: phaseAt(times, now),
    step: nextStep(times, attempts, now),
    time: timeViewAt(times, attempts, now),
    lateTiers: times.lateTiers.map(({ untilMinutes, creditPercent }) => ({
      until:
        times.dueAt && untilMinutes !== null
          ? new Date(times.dueAt.getTime() + untilMinutes * 60_000).toISOString()
          : null,
      creditPercent,
    })),
    keep,
    questions,
    attempt:
      attempt && latest?.attemptId === attempt.attemptId
        ? progressOf(latest, await readReopenedAt(latest.attemptId), questions)
        : null,
    attempts: attempts.map(({ number, submittedAt, receipt, creditPercent, score, counts }) => ({
      number,
      submittedAt: submittedAt?.toISOString() ?? null,
      receipt: submittedAt && receipt,
      creditPercent,
      score,
      counts,
    })),
  }
}

/** @returns the options chosen in each answered part. */
async function readChosen(attemptId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const answers = await statements.$queryRaw<{ partId: string; optionIds: string[] }[]>`
    SELECT "partId", "optionIds" FROM "Answer" WHERE "attemptId" = ${attemptId}`
  return new Map(answers.map(({ partId, optionIds }) => [partId, optionIds]))
}

/** @returns when the attempt was opened again, the last time; null: never. */
async function readReopenedAt(attemptId: string): Promise<Date | null> {
  const [row] = await statements.$queryRaw<{ reopenedAt: Date | null }[]>`
    SELECT max("reopenedAt") AS "reopenedAt" FROM "ReopenedSubmission" WHERE "attemptId" = ${attemptId}`
  return row?.reopenedAt ?? null
}

function progressOf(
  attempt: AttemptLine,
  reopenedAt: Date | null,
  questions: readonly QuestionLine[],
): AttemptProgress {
  const next = questions.find((question) => question.answeredParts < question.partCount) ?? questions.at(-1)
  return {
    attemptId: attempt.attemptId,
    number: attempt.number,
    startedAt: attempt.startedAt.toISOString(),
    submittedAt: attempt.submittedAt?.toISOString() ?? null,
    receipt: attempt.receipt,
    reopenedAt: reopenedAt?.toISOString() ?? null,
    answeredParts: questions.reduce((sum, question) => sum + question.answeredParts, 0),
    flaggedQuestions: questions.filter((question) => question.flagged).length,
    continueAt: next?.position ?? 1,
  }
}
