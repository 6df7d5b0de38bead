import { Problem } from '@/lib/api/problem'
import {
  type AppealAddress,
  type AssignmentAddress,
  type AttemptAddress,
  findAppealMembership,
  findAssignmentMembership,
  findAttemptMembership,
  findCourseMembership,
  findFigureCourses,
  findFigurePreviewCourses,
  findFigureRequestCourses,
  findPictureMembership,
  findQuestionMembership,
  findRegradeMembership,
  findRequestPreviewCourses,
  findSiteStanding,
  findStudentMembership,
  findSwapMembership,
  isKnownOwner,
  type QuestionAddress,
  type RegradeAddress,
  readEnrollments,
  rememberOwner,
  type SwapAddress,
} from '@/lib/auth/data'
import { type Action, mayOnSite, mayRole, type Role, type SiteAction } from '@/lib/auth/permissions'

/**
 * The one gate. Whoever reads or writes something of a course needs an id that carries the permission, and only the
 * functions of this file make such ids. Refusals are `Problem`s: `unauthenticated` (401), `not-found` (404: it does
 * not exist, or belongs to a course or student that is none of the viewer's business), `forbidden` (403: a member
 * whose role may not).
 */

/** Somebody who is signed in. Made from the session only. */
export interface Viewer {
  readonly userId: string
  readonly name: string
  readonly email: string
}

declare const permission: unique symbol

/** An id that the gate has checked: `Permitted` names what its holder may do with it. */
export type Authorized<Kind extends string, Permitted extends Action> = string & {
  readonly [permission]: { readonly kind: Kind; readonly action: Permitted }
}

export type AuthorizedCourseId<Permitted extends Action = Action> = Authorized<'course', Permitted>
export type AuthorizedAssignmentId<Permitted extends Action = Action> = Authorized<'assignment', Permitted>
export type AuthorizedQuestionId<Permitted extends Action = Action> = Authorized<'question', Permitted>
/** An attempt of the viewer's own. */
export type OwnAttemptId<Permitted extends Action = Action> = Authorized<'own-attempt', Permitted>
export type AuthorizedFigureId = Authorized<'figure', 'figure.read'>
export type AuthorizedFigureRequestId = Authorized<'figure-request', 'figure.read'>

/** Somebody who may explore the language models. */
export interface ExplorerAccess {
  readonly userId: Authorized<'explorer', 'exploration.run'>
  /** Whose share what they explore takes: of several courses the newest. */
  readonly courseId: string
}

export interface CourseAccess<Permitted extends Action = Action> {
  readonly viewer: Viewer
  readonly role: Role
  readonly courseId: AuthorizedCourseId<Permitted>
}

export interface AssignmentAccess<Permitted extends Action = Action> extends CourseAccess<Permitted> {
  readonly assignmentId: AuthorizedAssignmentId<Permitted>
}

export interface QuestionAccess<Permitted extends Action = Action> extends AssignmentAccess<Permitted> {
  readonly questionId: AuthorizedQuestionId<Permitted>
}

/** An uploaded picture of the course. */
export interface PictureAccess<Permitted extends Action = Action> extends CourseAccess<Permitted> {
  readonly pictureId: Authorized<'picture', Permitted>
}

export interface RegradeAccess<Permitted extends Action = Action> extends AssignmentAccess<Permitted> {
  readonly regradeId: Authorized<'regrade', Permitted>
}

/** A swap of models. */
export interface SwapAccess<Permitted extends Action = Action> extends AssignmentAccess<Permitted> {
  readonly swapId: Authorized<'swap', Permitted>
}

export interface OwnAttemptAccess<Permitted extends Action = Action> extends AssignmentAccess<Permitted> {
  readonly attemptId: OwnAttemptId<Permitted>
}

/** A student of the course, in one of its assignments. */
export interface StudentAccess<Permitted extends Action = Action> extends AssignmentAccess<Permitted> {
  readonly studentId: Authorized<'student', Permitted>
}

/** Somebody who may do something that belongs to no course. */
export interface SiteAccess<Permitted extends SiteAction = SiteAction> {
  readonly viewer: Viewer
  readonly [permission]: { readonly kind: 'site'; readonly action: Permitted }
}

/** Any student's attempt in an assignment of the course, for staff. */
export interface AttemptAccess<Permitted extends Action = Action> extends AssignmentAccess<Permitted> {
  readonly attemptId: Authorized<'attempt', Permitted>
}

export interface AppealAccess<Permitted extends Action = Action> extends AttemptAccess<Permitted> {
  readonly appealId: Authorized<'appeal', Permitted>
}

export type { AssignmentAddress, QuestionAddress }

/** @throws Problem `unauthenticated` when nobody is signed in. */
export function requireViewer<Someone extends Viewer>(viewer: Someone | null): Someone {
  if (!viewer) throw new Problem('unauthenticated')
  return viewer
}

/** @throws Problem `forbidden`. */
export async function authorizeSite<Permitted extends SiteAction>(
  viewer: Viewer,
  action: Permitted,
): Promise<SiteAccess<Permitted>> {
  if (!(await mayOnThisSite(viewer, action)))
    throw new Problem('forbidden', `${action} on the site as ${viewer.userId}`)
  return { viewer } as SiteAccess<Permitted>
}

/** Whether the viewer may, for a page that offers it. */
export async function mayOnThisSite(viewer: Viewer, action: SiteAction): Promise<boolean> {
  return mayOnSite(await findSiteStanding(viewer.userId), action)
}

/** @throws Problem `not-found`, `forbidden`. */
export async function authorizeCourse<Permitted extends Action>(
  viewer: Viewer,
  courseSlug: string,
  action: Permitted,
): Promise<CourseAccess<Permitted>> {
  const found = await findCourseMembership(viewer.userId, courseSlug)
  const { role, courseId } = admit(found, action, `course ${courseSlug}`)
  return { viewer, role, courseId: mint<'course', Permitted>(courseId) }
}

/** @throws Problem `not-found`, `forbidden`. */
export async function authorizeAssignment<Permitted extends Action>(
  viewer: Viewer,
  address: AssignmentAddress,
  action: Permitted,
): Promise<AssignmentAccess<Permitted>> {
  const found = await findAssignmentMembership(viewer.userId, address)
  const { role, courseId, assignmentId } = admit(found, action, `assignment ${JSON.stringify(address)}`)
  return {
    viewer,
    role,
    courseId: mint<'course', Permitted>(courseId),
    assignmentId: mint<'assignment', Permitted>(assignmentId),
  }
}

/** @throws Problem `not-found`, `forbidden`. */
export async function authorizeQuestion<Permitted extends Action>(
  viewer: Viewer,
  address: QuestionAddress,
  action: Permitted,
): Promise<QuestionAccess<Permitted>> {
  const found = await findQuestionMembership(viewer.userId, address)
  const { role, courseId, assignmentId, questionId } = admit(
    found,
    action,
    `question ${JSON.stringify(address)}`,
  )
  return {
    viewer,
    role,
    courseId: mint<'course', Permitted>(courseId),
    assignmentId: mint<'assignment', Permitted>(assignmentId),
    questionId: mint<'question', Permitted>(questionId),
  }
}

/** @throws Problem `not-found`, `forbidden`. */
export async function authorizePicture<Permitted extends Action>(
  viewer: Viewer,
  pictureId: string,
  action: Permitted,
): Promise<PictureAccess<Permitted>> {
  const found = await findPictureMembership(viewer.userId, pictureId)
  const { role, courseId } = admit(found, action, `picture ${pictureId}`)
  return {
    viewer,
    role,
    courseId: mint<'course', Permitted>(courseId),
    pictureId: mint<'picture', Permitted>(pictureId),
  }
}

/** @throws Problem `not-found`, `forbidden`. */
export async function authorizeRegrade<Permitted extends Action>(
  viewer: Viewer,
  address: RegradeAddress,
  action: Permitted,
): Promise<RegradeAccess<Permitted>> {
  const found = await findRegradeMembership(viewer.userId, address)
  const { role, courseId, assignmentId, regradeId } = admit(
    found,
    action,
    `regrade ${JSON.stringify(address)}`,
  )
  return {
    viewer,
    role,
    courseId: mint<'course', Permitted>(courseId),
    assignmentId: mint<'assignment', Permitted>(assignmentId),
    regradeId: mint<'regrade', Permitted>(regradeId),
  }
}

/** @throws Problem `not-found`, `forbidden`. */
export async function authorizeSwap<Permitted extends Action>(
  viewer: Viewer,
  address: SwapAddress,
  action: Permitted,
): Promise<SwapAccess<Permitted>> {
  const found = await findSwapMembership(viewer.userId, address)
  const { role, courseId, assignmentId, swapId } = admit(found, action, `swap ${JSON.stringify(address)}`)
  return {
    viewer,
    role,
    courseId: mint<'course', Permitted>(courseId),
    assignmentId: mint<'assignment', Permitted>(assignmentId),
    swapId: mint<'swap', Permitted>(swapId),
  }
}

/** @throws Problem `not-found` also for somebody who is no student of the course; `forbidden`. */
export async function authorizeStudent<Permitted extends Action>(
  viewer: Viewer,
  address: AssignmentAddress,
  studentId: string,
  action: Permitted,
): Promise<StudentAccess<Permitted>> {
  const access = await authorizeAssignment(viewer, address, action)
  const found = await findStudentMembership(studentId, access.courseId)
  if (!found) throw new Problem('not-found', `student ${studentId} in course ${access.courseId}`)
  return { ...access, studentId: mint<'student', Permitted>(studentId) }
}

/** Anybody's attempt, by its id. @throws Problem `not-found`, `forbidden`. */
export async function authorizeAttempt<Permitted extends Action>(
  viewer: Viewer,
  attemptId: string,
  action: Permitted,
): Promise<AttemptAccess<Permitted>> {
  const found = await findAttemptMembership(viewer.userId, { attemptId })
  const { role, courseId, assignmentId } = admit(found, action, `attempt ${attemptId}`)
  return {
    viewer,
    role,
    courseId: mint<'course', Permitted>(courseId),
    assignmentId: mint<'assignment', Permitted>(assignmentId),
    attemptId: mint<'attempt', Permitted>(attemptId),
  }
}

/** @throws Problem `not-found`, `forbidden`. */
export async function authorizeAppeal<Permitted extends Action>(
  viewer: Viewer,
  address: AppealAddress,
  action: Permitted,
): Promise<AppealAccess<Permitted>> {
  const found = await findAppealMembership(viewer.userId, address)
  const { role, courseId, assignmentId, attemptId } = admit(
    found,
    action,
    `appeal ${JSON.stringify(address)}`,
  )
  return {
    viewer,
    role,
    courseId: mint<'course', Permitted>(courseId),
    assignmentId: mint<'assignment', Permitted>(assignmentId),
    attemptId: mint<'attempt', Permitted>(attemptId),
    appealId: mint<'appeal', Permitted>(address.appealId),
  }
}

/**
 * @param attempt the attempt's id, or the assignment whose attempt of the viewer's is meant: the latest, or a number.
 * @throws Problem `not-found` also for another student's attempt; `forbidden`.
 */
export async function authorizeOwnAttempt<Permitted extends Action>(
  viewer: Viewer,
  attempt: AttemptAddress,
  action: Permitted,
): Promise<OwnAttemptAccess<Permitted>> {
  const found = await findAttemptMembership(viewer.userId, attempt)
  const subject = `attempt ${JSON.stringify(attempt)}`
  const { role, courseId, assignmentId, attemptId } = admit(found, action, subject)
  if (!attemptId) throw new Problem('not-found', `${subject} of ${viewer.userId}`)
  return {
    viewer,
    role,
    courseId: mint<'course', Permitted>(courseId),
    assignmentId: mint<'assignment', Permitted>(assignmentId),
    attemptId: mint<'own-attempt', Permitted>(attemptId),
  }
}

/**
 * As `authorizeOwnAttempt`, without asking the database each time, for saves that come by the hundred a second. Whose
 * attempt it is never changes, so it is remembered; whether the student is (still) a member is checked by the
 * statement that stores.
 * @throws Problem `not-found`, `forbidden`.
 */
export async function authorizeSaving(
  viewer: Viewer,
  attemptId: string,
): Promise<OwnAttemptId<'attempt.answer'>> {
  if (!isKnownOwner(attemptId, viewer.userId)) {
    const access = await authorizeOwnAttempt(viewer, { attemptId }, 'attempt.answer')
    rememberOwner(access.attemptId, viewer.userId)
  }
  return mint<'own-attempt', 'attempt.answer'>(attemptId)
}

/** Any member of any course. Memberships are up to 30 s old. @throws Problem `forbidden`. */
export async function authorizeExplorer(viewer: Viewer): Promise<ExplorerAccess> {
  const enrollments = await readEnrollments(viewer.userId)
  const courses = [...enrollments].flatMap(([id, role]) => (mayRole(role, 'exploration.run') ? [id] : []))
  // Ids begin with the time at which they were made.
  const courseId = courses.sort().at(-1)
  if (courseId === undefined) throw new Problem('forbidden', `${viewer.userId} is in no course`)
  return { userId: mint<'explorer', 'exploration.run'>(viewer.userId), courseId }
}

/**
 * Any member of a course that shows the figure, and staff of one in which it was tried out. Memberships are up to 30 s old:
 * thousands of pages wait for figures.
 */
export async function authorizeFigure(viewer: Viewer, figureId: string): Promise<AuthorizedFigureId> {
  const previews = () => findFigurePreviewCourses(figureId)
  await requireFigureCourse(viewer, await findFigureCourses(figureId), previews, `figure ${figureId}`)
  return mint<'figure', 'figure.read'>(figureId)
}

/** As `authorizeFigure`, for several requests at once: all of them or a refusal. */
export async function authorizeFigureRequests(
  viewer: Viewer,
  requestIds: readonly string[],
): Promise<AuthorizedFigureRequestId[]> {
  const courses = await findFigureRequestCourses(requestIds)
  for (const requestId of requestIds)
    await requireFigureCourse(
      viewer,
      courses.get(requestId) ?? [],
      () => findRequestPreviewCourses(requestId),
      `figure request ${requestId}`,
    )
  return requestIds.map((id) => mint<'figure-request', 'figure.read'>(id))
}

/** @param findPreviews asked only when no course that shows the figure lets the viewer in: nearly never for students. */
async function requireFigureCourse(
  viewer: Viewer,
  courseIds: readonly string[],
  findPreviews: () => Promise<readonly string[]>,
  subject: string,
): Promise<void> {
  const enrollments = await readEnrollments(viewer.userId)
  const rolesIn = (ids: readonly string[]) =>
    ids.map((id) => enrollments.get(id)).filter((role) => role !== undefined)
  const roles = rolesIn(courseIds)
  if (roles.some((role) => mayRole(role, 'figure.read'))) return
  if (rolesIn(await findPreviews()).some((role) => mayRole(role, 'figure.preview'))) return
  // Of what was tried out, other members are not even told that it is there.
  throw new Problem(roles.length === 0 ? 'not-found' : 'forbidden', subject)
}

/** @returns what was found, when its role may do it. */
function admit<Found extends { readonly role: Role | null }>(
  found: Found | null,
  action: Action,
  subject: string,
): Found & { readonly role: Role } {
  if (!found?.role) throw new Problem('not-found', subject)
  if (!mayRole(found.role, action)) throw new Problem('forbidden', `${action} on ${subject} as ${found.role}`)
  return { ...found, role: found.role }
}

function mint<Kind extends string, Permitted extends Action>(id: string): Authorized<Kind, Permitted> {
  return id as Authorized<Kind, Permitted>
}
