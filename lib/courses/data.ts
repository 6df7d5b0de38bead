import type { AssignmentView } from '@/lib/attempts/view'
import type { AssignmentAccess, Viewer } from '@/lib/auth/gate'
import type { CourseView, StaffOverview, StudentLine } from '@/lib/courses/view'
import type { Prisma } from '@/lib/database/generated-student/client'
import { statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { readFigureStates } from '@/lib/figures/data'
import { expectedQuestions } from '@/lib/pools/draw'
import { bilingualSchema } from '@/lib/questions/content'
import { readLatestQuestions, type ShownQuestion } from '@/lib/questions/data'
import { renderText } from '@/lib/questions/rendered-content'
import { readPapers } from '@/lib/scoreboard/papers/data'
import { type AttemptKeep, countingAttempt } from '@/lib/scoring/attempt-choice'
import { creditedPoints } from '@/lib/scoring/late-credit'
import type { PersonalTimes } from '@/lib/timing/access-timeline'
import { personalTimesOf, readPersonalTimes } from '@/lib/timing/data'

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

interface AssignmentRow {
  readonly id: string
  readonly slug: string
  readonly title: unknown
  readonly introduction: unknown
  readonly attemptKeep: AttemptKeep
  readonly courseSlug: string
  readonly courseTitle: unknown
}

/** @returns a student's dates as pages receive them. */
export function datesOf(times: PersonalTimes) {
  return {
    opensAt: isoOrNull(times.opensAt),
    dueAt: isoOrNull(times.dueAt),
    closesAt: isoOrNull(times.closesAt),
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
