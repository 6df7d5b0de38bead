import type { Role, SiteStanding } from '@/lib/auth/permissions'
import { Prisma } from '@/lib/database/generated-student/client'
import { statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import { ShortMemory } from '@/lib/short-memory'

/** What the gate needs to know. Only lib/auth reads this; everybody else asks the gate. */

/** An assignment by its id, or as it stands in an address of the site. */
export type AssignmentAddress =
  | { readonly assignmentId: string }
  | { readonly courseSlug: string; readonly assignmentSlug: string }

/** An attempt by its id, or the viewer's in an assignment: the latest, or that of a number. */
export type AttemptAddress =
  | { readonly attemptId: string }
  | (AssignmentAddress & { readonly number?: number })

export type QuestionAddress =
  | { readonly questionId: string }
  | { readonly courseSlug: string; readonly assignmentSlug: string; readonly questionSlug: string }

/** A regrade by its id, or by its number in an assignment. */
export type RegradeAddress =
  | { readonly regradeId: string }
  | { readonly courseSlug: string; readonly assignmentSlug: string; readonly number: number }

/** A swap of models by its id, or by its number in an assignment. */
export type SwapAddress =
  | { readonly swapId: string }
  | { readonly courseSlug: string; readonly assignmentSlug: string; readonly number: number }

/** An appeal by its id, and, in an address of the site, the assignment that it has to belong to. */
export interface AppealAddress {
  readonly appealId: string
  readonly courseSlug?: string
  readonly assignmentSlug?: string
}

export interface CourseMembership {
  readonly courseId: string
  /** null: not a member. */
  readonly role: Role | null
}

export interface AssignmentMembership extends CourseMembership {
  readonly assignmentId: string
}

export async function findCourseMembership(
  userId: string,
  courseSlug: string,
): Promise<CourseMembership | null> {
  const rows = await statements.$queryRaw<CourseMembership[]>`
    SELECT c.id AS "courseId", e.role::text AS role
    FROM "Course" c
    LEFT JOIN "Enrollment" e ON e."courseId" = c.id AND e."userId" = ${userId}
    WHERE c.slug = ${courseSlug}`
  return rows[0] ?? null
}

/** @returns what the person is on the site; nothing for an account that is gone. */
export async function findSiteStanding(userId: string): Promise<SiteStanding> {
  const [row] = await statements.$queryRaw<SiteStanding[]>`
    SELECT u.operator, EXISTS (
      SELECT FROM "Enrollment" e JOIN "Course" c ON c.id = e."courseId"
      WHERE e."userId" = u.id AND e.role = 'INSTRUCTOR' AND c."archivedAt" IS NULL
    ) AS instructor
    FROM "User" u WHERE u.id = ${userId}`
  return row ?? { operator: false, instructor: false }
}

/** A draft is nothing to a student. Speaks of the assignment as `s` and of the viewer's enrolment as `e`. */
const roleInAssignment = Prisma.sql`CASE WHEN s.state = 'DRAFT' AND e.role = 'STUDENT' THEN NULL ELSE e.role::text END`

export async function findAssignmentMembership(
  userId: string,
  address: AssignmentAddress,
): Promise<AssignmentMembership | null> {
  const { assignmentId, courseSlug, assignmentSlug } = columnsOf(address)
  const rows = await statements.$queryRaw<AssignmentMembership[]>`
    SELECT s.id AS "assignmentId", c.id AS "courseId", ${roleInAssignment} AS role
    FROM "Assignment" s
    JOIN "Course" c ON c.id = s."courseId"
    LEFT JOIN "Enrollment" e ON e."courseId" = c.id AND e."userId" = ${userId}
    WHERE s.id = ${assignmentId} OR (c.slug = ${courseSlug} AND s.slug = ${assignmentSlug})`
  return rows[0] ?? null
}

export async function findQuestionMembership(
  userId: string,
  address: QuestionAddress,
): Promise<(AssignmentMembership & { readonly questionId: string }) | null> {
  const byId = 'questionId' in address
  const rows = await statements.$queryRaw<(AssignmentMembership & { questionId: string })[]>`
    SELECT q.id AS "questionId", s.id AS "assignmentId", c.id AS "courseId", ${roleInAssignment} AS role
    FROM "Question" q
    JOIN "Assignment" s ON s.id = q."assignmentId"
    JOIN "Course" c ON c.id = s."courseId"
    LEFT JOIN "Enrollment" e ON e."courseId" = c.id AND e."userId" = ${userId}
    WHERE q.id = ${byId ? address.questionId : null}
       OR (c.slug = ${byId ? null : address.courseSlug}
           AND s.slug = ${byId ? null : address.assignmentSlug}
           AND q.slug = ${byId ? null : address.questionSlug})`
  return rows[0] ?? null
}

export async function findRegradeMembership(
  userId: string,
  address: RegradeAddress,
): Promise<(AssignmentMembership & { readonly regradeId: string }) | null> {
  const byId = 'regradeId' in address
  const rows = await statements.$queryRaw<(AssignmentMembership & { regradeId: string })[]>`
    SELECT r.id AS "regradeId", s.id AS "assignmentId", c.id AS "courseId", e.role::text AS role
    FROM "Regrade" r
    JOIN "Assignment" s ON s.id = r."assignmentId"
    JOIN "Course" c ON c.id = s."courseId"
    LEFT JOIN "Enrollment" e ON e."courseId" = c.id AND e."userId" = ${userId}
    WHERE r.id = ${byId ? address.regradeId : null}
       OR (c.slug = ${byId ? null : address.courseSlug}
           AND s.slug = ${byId ? null : address.assignmentSlug}
           AND r.number = ${byId ? null : address.number}::int)`
  return rows[0] ?? null
}

export async function findSwapMembership(
  userId: string,
  address: SwapAddress,
): Promise<(AssignmentMembership & { readonly swapId: string }) | null> {
  const byId = 'swapId' in address
  const rows = await statements.$queryRaw<(AssignmentMembership & { swapId: string })[]>`
    SELECT w.id AS "swapId", s.id AS "assignmentId", c.id AS "courseId", e.role::text AS role
    FROM "ModelSwap" w
    JOIN "Assignment" s ON s.id = w."assignmentId"
    JOIN "Course" c ON c.id = s."courseId"
    LEFT JOIN "Enrollment" e ON e."courseId" = c.id AND e."userId" = ${userId}
    WHERE w.id = ${byId ? address.swapId : null}
       OR (c.slug = ${byId ? null : address.courseSlug}
           AND s.slug = ${byId ? null : address.assignmentSlug}
           AND w.number = ${byId ? null : address.number}::int)`
  return rows[0] ?? null
}

export async function findAppealMembership(
  userId: string,
  { appealId, courseSlug, assignmentSlug }: AppealAddress,
): Promise<(AssignmentMembership & { readonly attemptId: string }) | null> {
  const rows = await statements.$queryRaw<(AssignmentMembership & { attemptId: string })[]>`
    SELECT p."attemptId", s.id AS "assignmentId", c.id AS "courseId", e.role::text AS role
    FROM "Appeal" p
    JOIN "Attempt" a ON a.id = p."attemptId"
    JOIN "Assignment" s ON s.id = a."assignmentId"
    JOIN "Course" c ON c.id = s."courseId"
    LEFT JOIN "Enrollment" e ON e."courseId" = c.id AND e."userId" = ${userId}
    WHERE p.id = ${appealId}
      AND c.slug = coalesce(${courseSlug ?? null}, c.slug)
      AND s.slug = coalesce(${assignmentSlug ?? null}, s.slug)`
  return rows[0] ?? null
}

export async function findPictureMembership(
  userId: string,
  pictureId: string,
): Promise<CourseMembership | null> {
  const rows = await studentDatabase.$queryRaw<CourseMembership[]>`
    SELECT p."courseId", e.role::text AS role
    FROM "Picture" p
    LEFT JOIN "Enrollment" e ON e."courseId" = p."courseId" AND e."userId" = ${userId}
    WHERE p.id = ${pictureId}`
  return rows[0] ?? null
}

/** @returns whether the person is a student of the course. */
export async function findStudentMembership(userId: string, courseId: string): Promise<boolean> {
  const found = await studentDatabase.enrollment.count({ where: { userId, courseId, role: 'STUDENT' } })
  return found > 0
}

/** @returns `attemptId` null when the attempt is not the viewer's, or the viewer has none in the assignment. */
export async function findAttemptMembership(
  userId: string,
  attempt: AttemptAddress,
): Promise<(AssignmentMembership & { readonly attemptId: string | null }) | null> {
  type Row = AssignmentMembership & { attemptId: string | null }
  if ('attemptId' in attempt) {
    const rows = await statements.$queryRaw<Row[]>`
      SELECT CASE WHEN a."userId" = ${userId} THEN a.id END AS "attemptId",
             s.id AS "assignmentId", s."courseId", e.role::text AS role
      FROM "Attempt" a
      JOIN "Assignment" s ON s.id = a."assignmentId"
      LEFT JOIN "Enrollment" e ON e."courseId" = s."courseId" AND e."userId" = ${userId}
      WHERE a.id = ${attempt.attemptId}`
    return rows[0] ?? null
  }
  const { assignmentId, courseSlug, assignmentSlug } = columnsOf(attempt)
  const number = attempt.number ?? null
  const rows = await statements.$queryRaw<Row[]>`
    SELECT a.id AS "attemptId", s.id AS "assignmentId", s."courseId", ${roleInAssignment} AS role
    FROM "Assignment" s
    JOIN "Course" c ON c.id = s."courseId"
    LEFT JOIN "Enrollment" e ON e."courseId" = c.id AND e."userId" = ${userId}
    LEFT JOIN "Attempt" a ON a."assignmentId" = s.id AND a."userId" = ${userId}
      AND (${number}::int IS NULL OR a.number = ${number}::int)
    WHERE s.id = ${assignmentId} OR (c.slug = ${courseSlug} AND s.slug = ${assignmentSlug})
    ORDER BY a.number DESC NULLS LAST
    LIMIT 1`
  return rows[0] ?? null
}

const mostOwners = 50_000
const owners = new Map<string, string>()

/** Whether the attempt was seen to be this student's before. */
export function isKnownOwner(attemptId: string, userId: string): boolean {
  return owners.get(attemptId) === userId
}

export function rememberOwner(attemptId: string, userId: string): void {
  if (owners.size >= mostOwners) owners.clear()
  owners.set(attemptId, userId)
}

function columnsOf(address: AssignmentAddress) {
  return 'assignmentId' in address
    ? { assignmentId: address.assignmentId, courseSlug: null, assignmentSlug: null }
    : { assignmentId: null, courseSlug: address.courseSlug, assignmentSlug: address.assignmentSlug }
}

const membershipLifetimeMs = 30_000
const mostRemembered = 20_000

/** Answers that may be some seconds old: a waiting page asks for its figure every second or two. */
const shortMemory = <Value>() => new ShortMemory<Value>(membershipLifetimeMs, mostRemembered)
const enrollments = shortMemory<ReadonlyMap<string, Role>>()
const figureCourses = shortMemory<readonly string[]>()
const requestCourses = shortMemory<readonly string[]>()

/** @returns the viewer's role by course id; up to 30 s old. */
export function readEnrollments(userId: string): Promise<ReadonlyMap<string, Role>> {
  return enrollments.get(userId, async () => {
    const rows = await studentDatabase.enrollment.findMany({ where: { userId } })
    return new Map(rows.map((row) => [row.courseId, row.role]))
  })
}

/** @returns ids of the courses with a question that shows the figure. */
export function findFigureCourses(figureId: string): Promise<readonly string[]> {
  return figureCourses.get(figureId, async () => {
    const rows = await statements.$queryRaw<{ courseId: string }[]>`
      SELECT DISTINCT s."courseId"
      FROM "FigureRequest" r
      JOIN "QuestionVersion" v ON r.id IN (v."figureRequestId", v."trustRequestId")
      JOIN "Question" q ON q.id = v."questionId"
      JOIN "Assignment" s ON s.id = q."assignmentId"
      WHERE r."figureId" = ${figureId}`
    if (rows.length === 0) figureCourses.delete(figureId)
    return rows.map((row) => row.courseId)
  })
}

/** @returns by request id, ids of the courses with a question that waits for it. */
export async function findFigureRequestCourses(
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await Promise.all(
    requestIds.map(async (id) => [id, await requestCourses.get(id, () => readRequestCourses(id))] as const),
  )
  return new Map(found)
}

async function readRequestCourses(requestId: string): Promise<readonly string[]> {
  const rows = await statements.$queryRaw<{ courseId: string }[]>`
    SELECT DISTINCT s."courseId"
    FROM "QuestionVersion" v
    JOIN "Question" q ON q.id = v."questionId"
    JOIN "Assignment" s ON s.id = q."assignmentId"
    WHERE v."figureRequestId" = ${requestId} OR v."trustRequestId" = ${requestId}`
  if (rows.length === 0) requestCourses.delete(requestId)
  return rows.map((row) => row.courseId)
}

/**
 * @returns ids of the courses in which the figure was tried out, by itself or in a swap of models; asked where no
 * question's course lets somebody in.
 */
export function findFigurePreviewCourses(figureId: string): Promise<readonly string[]> {
  return findPreviewCourses(Prisma.sql`r."figureId" = ${figureId}`)
}

/** As `findFigurePreviewCourses`, by the request. */
export function findRequestPreviewCourses(requestId: string): Promise<readonly string[]> {
  return findPreviewCourses(Prisma.sql`r.id = ${requestId}`)
}

/** @param isMeant speaks of the request as `r` */
async function findPreviewCourses(isMeant: Prisma.Sql): Promise<readonly string[]> {
  const rows = await statements.$queryRaw<{ courseId: string }[]>`
    SELECT p."courseId" FROM "FigurePreview" p JOIN "FigureRequest" r ON r.id = p."requestId" WHERE ${isMeant}
    UNION
    SELECT s."courseId" FROM "ModelSwapQuestion" q
    JOIN "FigureRequest" r ON r.id = q."figureRequestId"
    JOIN "ModelSwap" w ON w.id = q."swapId"
    JOIN "Assignment" s ON s.id = w."assignmentId"
    WHERE ${isMeant}`
  return rows.map((row) => row.courseId)
}

/** @returns before when the person's sessions began that no longer count; null: all count. */
export async function readSessionsValidFrom(userId: string): Promise<Date | null> {
  const [row] = await statements.$queryRaw<{ sessionsValidFrom: Date | null }[]>`
    SELECT "sessionsValidFrom" FROM "User" WHERE id = ${userId}`
  return row?.sessionsValidFrom ?? null
}
