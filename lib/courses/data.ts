import { Problem } from '@/lib/api/problem'
import type { AssignmentView } from '@/lib/attempts/view'
import type { AssignmentAccess, Viewer } from '@/lib/auth/gate'
import type {
  AssignmentForStudent,
  AttemptProgress,
  CourseView,
  Preview,
  QuestionLine,
  StaffOverview,
  StudentLine,
} from '@/lib/courses/view'
import type { Prisma } from '@/lib/database/generated-student/client'
import { statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { readFigureStates } from '@/lib/figures/data'
import { expectedQuestions } from '@/lib/pools/draw'
import { bilingualSchema } from '@/lib/questions/content'
import { readLatestQuestions, readPinnedQuestions, type ShownQuestion } from '@/lib/questions/data'
import { renderText } from '@/lib/questions/rendered-content'
import { isAnswered } from '@/lib/questions/selection'
import { readPapers } from '@/lib/scoreboard/papers/data'
import { type AttemptKeep, countingAttempt } from '@/lib/scoring/attempt-choice'
import { creditedPoints } from '@/lib/scoring/late-credit'
import { type AttemptLine, readAttemptLines, readRelease } from '@/lib/submission/data'
import { nextStep, type PersonalTimes, phaseAt } from '@/lib/timing/access-timeline'
import { personalTimesOf, readPersonalTimes } from '@/lib/timing/data'
import { timeViewAt } from '@/lib/timing/time-view'

/** @returns the courses that the viewer is a member of, with their assignments. */
export async function listMyCourses(viewer: Viewer): Promise<CourseView[]> {
  // Drafts are for staff, and what is archived is for its course's page and for those who have done it.
  const taught: Prisma.AssignmentWhereInput = {
    state: 'DRAFT',
    course: { enrollments: { some: { userId: viewer.userId, role: { not: 'STUDENT' } } } },
  }
  const enrollments = await studentDatabase.enrollment.findMany({
    where: { userId: viewer.userId },
    orderBy: { course: { slug: 'asc' } },
    select: {
      role: true,
      extraTimePercent: true,
      course: {
        select: {
          id: true,
          slug: true,
          title: true,
          archivedAt: true,
          assignments: {
            where: {
              OR: [{ state: 'PUBLISHED' }, { attempts: { some: { userId: viewer.userId } } }, taught],
            },
            orderBy: [{ position: 'asc' }, { dueAt: 'asc' }, { slug: 'asc' }],
            include: {
              overrides: { where: { userId: viewer.userId } },
              attempts: { where: { userId: viewer.userId }, orderBy: { number: 'desc' }, take: 1 },
            },
          },
        },
      },
    },
  })
  return enrollments.map(({ role, extraTimePercent, course }) => ({
    courseId: course.id,
    slug: course.slug,
    title: bilingualSchema.parse(course.title),
    archived: course.archivedAt !== null,
    role,
    assignments: course.assignments.map((assignment) => ({
      assignmentId: assignment.id,
      slug: assignment.slug,
      title: bilingualSchema.parse(assignment.title),
      draft: assignment.state === 'DRAFT',
      ...datesOf(personalTimesOf(assignment, extraTimePercent, assignment.overrides[0])),
      attempt: assignment.attempts[0]
        ? {
            startedAt: assignment.attempts[0].startedAt.toISOString(),
            submittedAt: isoOrNull(assignment.attempts[0].submittedAt),
          }
        : null,
    })),
  }))
}

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
      return { number, scoreAt: isoOrNull(scoreAt), keyAt: isoOrNull(keyAt) }
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
      submittedAt: isoOrNull(submittedAt),
      receipt: submittedAt && receipt,
      creditPercent,
      score,
      counts,
    })),
  }
}

interface AssignmentRow {
  readonly id: string
  readonly slug: string
  readonly title: unknown
  readonly introduction: unknown
  readonly attemptKeep: AttemptKeep
  readonly courseSlug: string
  readonly courseTitle: unknown
}

function datesOf(times: PersonalTimes) {
  return {
    opensAt: isoOrNull(times.opensAt),
    dueAt: isoOrNull(times.dueAt),
    closesAt: isoOrNull(times.closesAt),
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
    submittedAt: isoOrNull(attempt.submittedAt),
    receipt: attempt.receipt,
    reopenedAt: isoOrNull(reopenedAt),
    answeredParts: questions.reduce((sum, question) => sum + question.answeredParts, 0),
    flaggedQuestions: questions.filter((question) => question.flagged).length,
    continueAt: next?.position ?? 1,
  }
}

/**
 * @param shown the versions that are counted: an attempt's own, or the latest.
 * @param given the viewer's times, where they are known already
 * @returns the assignment as pages receive it.
 */
export async function readAssignment(
  access: AssignmentAccess,
  shown: readonly ShownQuestion[],
  given?: PersonalTimes,
): Promise<{ view: AssignmentView; keep: AttemptKeep }> {
  const times = given ?? (await readPersonalTimes(access.assignmentId, access.viewer.userId))
  const [assignment] = await statements.$queryRaw<AssignmentRow[]>`
    SELECT s.id, s.slug, s.title, s.introduction, s."attemptKeep"::text AS "attemptKeep",
           c.slug AS "courseSlug", c.title AS "courseTitle"
    FROM "Assignment" s JOIN "Course" c ON c.id = s."courseId"
    WHERE s.id = ${access.assignmentId}`
  if (!assignment) throw new Error(`there is no assignment ${access.assignmentId}`)
  const parts = shown.flatMap((question) => question.content.parts)
  const view: AssignmentView = {
    assignmentId: assignment.id,
    slug: assignment.slug,
    courseSlug: assignment.courseSlug,
    courseTitle: bilingualSchema.parse(assignment.courseTitle),
    title: bilingualSchema.parse(assignment.title),
    introduction: renderText(bilingualSchema.parse(assignment.introduction)),
    ...datesOf(times),
    questionCount: shown.length,
    partCount: parts.length,
    points: parts.reduce((sum, part) => sum + part.points, 0),
  }
  return { view, keep: assignment.attemptKeep }
}

/** @returns the assignment's title, for the head of a page. */
export async function readAssignmentTitle(access: AssignmentAccess): Promise<Bilingual> {
  const { title } = await studentDatabase.assignment.findUniqueOrThrow({
    where: { id: access.assignmentId },
    select: { title: true },
  })
  return bilingualSchema.parse(title)
}

/** For staff: every student's latest attempt, the score of the one that counts, and the state of every figure. */
export async function readStaffOverview(
  access: AssignmentAccess<'assignment.overview'>,
): Promise<StaffOverview> {
  const [shown, enrollments, scores] = await Promise.all([
    readLatestQuestions(access.assignmentId),
    studentDatabase.enrollment.findMany({
      where: { courseId: access.courseId, role: 'STUDENT' },
      orderBy: { user: { name: 'asc' } },
      select: {
        user: {
          select: {
            id: true,
            name: true,
            email: true,
            attempts: {
              where: { assignmentId: access.assignmentId },
              orderBy: { number: 'desc' },
              include: { _count: { select: { answers: { where: { optionIds: { isEmpty: false } } } } } },
            },
          },
        },
      },
    }),
    studentDatabase.partScore.groupBy({
      by: ['attemptId'],
      where: { attempt: { assignmentId: access.assignmentId } },
      _sum: { points: true, maximum: true },
    }),
  ])
  const { view, keep } = await readAssignment(access, expectedQuestions(shown))
  const papers = await readPapers(enrollments.flatMap(({ user }) => user.attempts[0]?.id ?? []))
  const scoreOf = new Map(scores.map((row) => [row.attemptId, row._sum]))
  const students = enrollments.map(({ user }): StudentLine => {
    const attempt = user.attempts[0]
    const scored = user.attempts.flatMap(({ id, number, creditPercent }) => {
      const sum = scoreOf.get(id)
      const points = creditedPoints(sum?.points ?? 0, creditPercent ?? 100)
      return sum ? [{ number, points, maximum: sum.maximum ?? 0 }] : []
    })
    const score = countingAttempt(scored, keep)
    return {
      userId: user.id,
      name: user.name,
      email: user.email,
      state: !attempt ? 'not-started' : attempt.submittedAt ? 'submitted' : 'working',
      startedAt: attempt?.startedAt.toISOString() ?? null,
      submittedAt: isoOrNull(attempt?.submittedAt ?? null),
      receipt: attempt?.receipt ?? null,
      answeredParts: attempt?._count.answers ?? 0,
      parts: (attempt && papers.get(attempt.id)?.parts) ?? view.partCount,
      attempts: user.attempts.length,
      score: score && { points: score.points, maximum: score.maximum },
    }
  })
  const states = await readFigureStates(shown.flatMap((question) => question.figureRequestId ?? []))
  return {
    assignment: view,
    students,
    questions: shown.map(({ questionId, position, content, figureRequestId }) => ({
      questionId,
      position,
      label: content.label,
      topic: content.topic,
      points: content.parts.reduce((sum, part) => sum + part.points, 0),
      figure: (figureRequestId && states.get(figureRequestId)) || null,
    })),
  }
}

function isoOrNull(date: Date | null): string | null {
  return date?.toISOString() ?? null
}
