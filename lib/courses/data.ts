import type { AssignmentView } from '@/lib/attempts/view'
import type { AssignmentAccess, Viewer } from '@/lib/auth/gate'
import { assignmentPhase } from '@/lib/courses/assignment-phase'
import type {
  AssignmentForStudent,
  AttemptProgress,
  CourseView,
  QuestionLine,
  StaffOverview,
  StudentLine,
} from '@/lib/courses/view'
import { studentDatabase } from '@/lib/database/student'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { readFigureStates } from '@/lib/figures/data'
import { bilingualSchema } from '@/lib/questions/content'
import { readContents, readLatestQuestions, type ShownQuestion } from '@/lib/questions/data'
import { isAnswered } from '@/lib/questions/selection'

/** @returns the courses that the viewer is a member of, with their assignments. */
export async function listMyCourses(viewer: Viewer): Promise<CourseView[]> {
  const enrollments = await studentDatabase.enrollment.findMany({
    where: { userId: viewer.userId },
    orderBy: { course: { slug: 'asc' } },
    select: {
      role: true,
      course: {
        select: {
          id: true,
          slug: true,
          title: true,
          assignments: {
            orderBy: [{ dueAt: 'asc' }, { slug: 'asc' }],
            include: {
              attempts: { where: { userId: viewer.userId }, orderBy: { number: 'desc' }, take: 1 },
            },
          },
        },
      },
    },
  })
  return enrollments.map(({ role, course }) => ({
    courseId: course.id,
    slug: course.slug,
    title: bilingualSchema.parse(course.title),
    role,
    assignments: course.assignments.map((assignment) => ({
      assignmentId: assignment.id,
      slug: assignment.slug,
      title: bilingualSchema.parse(assignment.title),
      opensAt: isoOrNull(assignment.opensAt),
      dueAt: isoOrNull(assignment.dueAt),
      closesAt: isoOrNull(assignment.closesAt),
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
export async function readAssignmentForStudent(
  access: AssignmentAccess<'assignment.read'>,
): Promise<AssignmentForStudent> {
  const attempt = await studentDatabase.attempt.findFirst({
    where: { assignmentId: access.assignmentId, userId: access.viewer.userId },
    orderBy: { number: 'desc' },
    include: {
      questions: {
        orderBy: { position: 'asc' },
        include: { questionVersion: { select: { figureRequestId: true } } },
      },
      answers: { select: { partId: true, optionIds: true } },
    },
  })
  const pins = attempt?.questions ?? []
  const contents = await readContents(pins.map((pin) => pin.questionVersionId))
  const shown: ShownQuestion[] = attempt
    ? pins.map((pin) => ({
        questionId: pin.questionId,
        questionVersionId: pin.questionVersionId,
        position: pin.position,
        content: contents.get(pin.questionVersionId)!,
        figureRequestId: pin.questionVersion.figureRequestId,
      }))
    : await readLatestQuestions(access.assignmentId)
  const chosen = new Map(attempt?.answers.map((answer) => [answer.partId, answer.optionIds]))
  const flagged = new Set(pins.filter((pin) => pin.flagged).map((pin) => pin.questionId))
  const questions = shown.map((question): QuestionLine => {
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
  const { view, opensAt, closesAt } = await readAssignment(access, shown)
  return {
    assignment: view,
    phase: assignmentPhase({ opensAt, closesAt }, new Date()),
    questions,
    attempt: attempt && progressOf(attempt, questions),
  }
}

function progressOf(
  attempt: { id: string; number: number; startedAt: Date; submittedAt: Date | null; receipt: string | null },
  questions: readonly QuestionLine[],
): AttemptProgress {
  const next = questions.find((question) => question.answeredParts < question.partCount) ?? questions.at(-1)
  return {
    attemptId: attempt.id,
    number: attempt.number,
    startedAt: attempt.startedAt.toISOString(),
    submittedAt: isoOrNull(attempt.submittedAt),
    receipt: attempt.receipt,
    answeredParts: questions.reduce((sum, question) => sum + question.answeredParts, 0),
    flaggedQuestions: questions.filter((question) => question.flagged).length,
    continueAt: next?.position ?? 1,
  }
}

/**
 * @param shown the versions that are counted: an attempt's own, or the latest.
 * @returns the assignment as pages receive it, with its dates as dates.
 */
export async function readAssignment(
  access: AssignmentAccess,
  shown: readonly ShownQuestion[],
): Promise<{ view: AssignmentView; opensAt: Date | null; closesAt: Date | null }> {
  const assignment = await studentDatabase.assignment.findUniqueOrThrow({
    where: { id: access.assignmentId },
    include: { course: { select: { slug: true, title: true } } },
  })
  const parts = shown.flatMap((question) => question.content.parts)
  const view: AssignmentView = {
    assignmentId: assignment.id,
    slug: assignment.slug,
    courseSlug: assignment.course.slug,
    courseTitle: bilingualSchema.parse(assignment.course.title),
    title: bilingualSchema.parse(assignment.title),
    introduction: bilingualSchema.parse(assignment.introduction),
    opensAt: isoOrNull(assignment.opensAt),
    dueAt: isoOrNull(assignment.dueAt),
    closesAt: isoOrNull(assignment.closesAt),
    questionCount: shown.length,
    partCount: parts.length,
    points: parts.reduce((sum, part) => sum + part.points, 0),
  }
  return { view, opensAt: assignment.opensAt, closesAt: assignment.closesAt }
}

/** @returns the assignment's title, for the head of a page. */
export async function readAssignmentTitle(access: AssignmentAccess): Promise<Bilingual> {
  const { title } = await studentDatabase.assignment.findUniqueOrThrow({
    where: { id: access.assignmentId },
    select: { title: true },
  })
  return bilingualSchema.parse(title)
}

/** For staff: every student's latest attempt with its score, and the state of every figure. */
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
              take: 1,
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
  const scoreOf = new Map(scores.map((row) => [row.attemptId, row._sum]))
  const students = enrollments.map(({ user }): StudentLine => {
    const attempt = user.attempts[0]
    const score = attempt && scoreOf.get(attempt.id)
    return {
      userId: user.id,
      name: user.name,
      email: user.email,
      state: !attempt ? 'not-started' : attempt.submittedAt ? 'submitted' : 'working',
      startedAt: attempt?.startedAt.toISOString() ?? null,
      submittedAt: isoOrNull(attempt?.submittedAt ?? null),
      receipt: attempt?.receipt ?? null,
      answeredParts: attempt?._count.answers ?? 0,
      score: score ? { points: score.points ?? 0, maximum: score.maximum ?? 0 } : null,
    }
  })
  const states = await readFigureStates(shown.flatMap((question) => question.figureRequestId ?? []))
  const { view } = await readAssignment(access, shown)
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
