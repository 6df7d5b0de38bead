import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import {
  type AssignmentAccess,
  type AuthorizedCourseId,
  authorizeAssignment,
  authorizeCourse,
  type CourseAccess,
  type SiteAccess,
} from '@/lib/auth/gate'
import { asked, documentOf } from '@/lib/authoring/data'
import type { AssignmentDetails, CourseSettings, NewAssignment, NewCourse } from '@/lib/authoring/schema'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { type AssignmentDocument, parseAssignmentJson } from '@/lib/interchange/assignment-document'
import { parseAssignmentFile } from '@/lib/interchange/assignment-file'
import { InterchangeError } from '@/lib/interchange/errors'
import { wordPath } from '@/lib/interchange/located-text'
import { unknownPictures } from '@/lib/interchange/packaged-pictures'
import { enqueueFigureRequests } from '@/lib/jobs/queue'
import { readShortPools } from '@/lib/pools/data'
import { writePools } from '@/lib/pools/mutations'
import { addVersions } from '@/lib/questions/mutations'
import { uploadedPictures } from '@/lib/questions/named-pictures'
import { ensureKeyChecks } from '@/lib/verification/mutations'

/** A copy of a course may have thousands of questions. */
const patient = { timeout: 60_000, maxWait: 10_000 }

/**
 * Makes a course, whose instructor the viewer is. A copy has the assignments that are not archived, as drafts, with the
 * latest versions of their questions, and the course's settings; no people, attempts or scores.
 * @throws Problem `name-taken`; `not-found`, `forbidden` for the course to copy.
 */
export async function createCourse(
  access: SiteAccess<'course.create'>,
  { copyOf, ...course }: NewCourse,
): Promise<{ readonly slug: string }> {
  const { viewer } = access
  const source = copyOf === null ? null : await authorizeCourse(viewer, copyOf, 'course.settings')
  await staffDatabase.$transaction(async (transaction) => {
    await lockName(transaction, `course ${course.slug}`)
    if (await transaction.course.findUnique({ where: { slug: course.slug } }))
      throw new Problem('name-taken', `course ${course.slug}`)
    const settings =
      source && (await transaction.course.findUniqueOrThrow({ where: { id: source.courseId } }))
    const { id: courseId } = await transaction.course.create({
      data: {
        ...course,
        regradeNeedsSecond: settings?.regradeNeedsSecond ?? false,
        enrollments: { create: { userId: viewer.userId, role: 'INSTRUCTOR' } },
      },
    })
    if (source) await copyAssignments(transaction, source.courseId, courseId, viewer.userId)
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'course.create',
      subject: `course:${courseId}`,
      after: { ...course, copyOf },
    })
  }, patient)
  if (source) await prepareQuestions()
  return { slug: course.slug }
}

async function copyAssignments(
  transaction: Prisma.TransactionClient,
  from: string,
  courseId: string,
  authorId: string,
): Promise<void> {
  const sources = await transaction.assignment.findMany({
    where: { courseId: from, state: { not: 'ARCHIVED' } },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    select: { id: true },
  })
  for (const [position, { id }] of sources.entries())
    await addAssignment(
      transaction,
      { courseId, position, authorId, copyOf: id },
      await documentOf(transaction, id),
    )
}

/** Archived, a course stays readable, and nothing in it can be started. */
export async function changeCourse(
  access: CourseAccess<'course.settings'>,
  { archived, ...settings }: CourseSettings,
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${access.courseId} FOR UPDATE`
    const { title, timeZone, archivedAt } = await transaction.course.findUniqueOrThrow({
      where: { id: access.courseId },
    })
    await transaction.course.update({
      where: { id: access.courseId },
      data: { ...settings, archivedAt: archived ? (archivedAt ?? new Date()) : null },
    })
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'course.settings',
      subject: `course:${access.courseId}`,
      before: { title, timeZone, archived: archivedAt !== null },
      after: { ...settings, archived },
    })
  })
}

/**
 * Makes an assignment at the end of the course's: a draft, which no student sees.
 * @throws Problem `name-taken`, `assignment-file-refused`; `not-found`, `forbidden` for the assignment to copy.
 */
export async function createAssignment(
  access: CourseAccess<'assignment.create'>,
  input: NewAssignment,
): Promise<{ readonly slug: string }> {
  const copyOf = input.from === 'copy' ? input.assignmentId : null
  const from = copyOf === null ? input.from : `assignment:${copyOf}`
  return addDocument(access, await documentFrom(access, input), from, copyOf)
}

/**
 * Makes an assignment of a document whose pictures are the course's, under its own name.
 * @param from where the document comes from, for the history
 * @param copyOf the assignment that it is of, which its questions then name as their origin; null: it is no copy
 * @throws Problem `name-taken`
 */
export async function addDocument(
  { courseId, viewer }: CourseAccess<'assignment.create'>,
  document: NewDocument,
  from: string,
  copyOf: string | null = null,
): Promise<{ readonly slug: string }> {
  const { slug } = document.assignment
  await staffDatabase.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${courseId} FOR UPDATE`
    await refuseTaken(transaction, courseId, slug)
    const last = await transaction.assignment.aggregate({ where: { courseId }, _max: { position: true } })
    const place = {
      courseId,
      position: (last._max.position ?? -1) + 1,
      authorId: viewer.userId,
      copyOf,
    }
    const assignmentId = await addAssignment(transaction, place, document)
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'assignment.create',
      subject: `assignment:${assignmentId}`,
      after: { slug, from, questions: document.questions.length },
    })
  }, patient)
  await prepareQuestions()
  return { slug }
}

export type NewDocument = Pick<AssignmentDocument, 'assignment' | 'pools' | 'questions'>

async function documentFrom(
  { viewer, courseId }: CourseAccess<'assignment.create'>,
  input: NewAssignment,
): Promise<NewDocument> {
  const { slug } = input
  if (input.from === 'empty') {
    const { title, introduction } = input
    return { assignment: { ...unlimited, slug, title, introduction }, questions: [] }
  }
  if (input.from === 'file') {
    const { assignment, pictures: _, ...rest } = await readFile(courseId, input.text, input.name)
    return { ...rest, assignment: { ...assignment, slug } }
  }
  const source = await authorizeAssignment(
    viewer,
    { assignmentId: input.assignmentId },
    'assignment.settings',
  )
  const { assignment, ...rest } = await documentOf(staffDatabase, source.assignmentId)
  return { ...rest, assignment: { ...assignment, slug } }
}

/** As an assignment is before anybody has set dates. */
const unlimited = {
  opensAt: null,
  dueAt: null,
  closesAt: null,
  lateTiers: [],
  timeLimitMinutes: null,
  attemptsAllowed: 1,
  attemptKeep: 'HIGHEST',
  scoreRelease: 'ON_SUBMIT',
  scoreReleaseAt: null,
  keyRelease: 'ON_SUBMIT',
  keyReleaseAt: null,
  appealsUntil: null,
} as const satisfies Omit<AssignmentDocument['assignment'], 'slug' | 'title' | 'introduction'>

/** A file by itself brings no pictures along: those that it names are the course's already. */
async function readFile(
  courseId: AuthorizedCourseId<'assignment.create'>,
  text: string,
  name: string,
): Promise<AssignmentDocument> {
  try {
    const isJson = /^\s*\{/.test(text)
    const document = isJson ? parseAssignmentJson(text, name) : parseAssignmentFile(text, name)
    const named = document.questions.flatMap(({ figure, key }) => uploadedPictures(figure, key))
    const rows = await staffDatabase.picture.findMany({
      where: { courseId, id: { in: named } },
      select: { id: true },
    })
    const problems = unknownPictures(document.questions, new Set(rows.map(({ id }) => id)))
    const [first, ...others] = problems.map(({ path, message }) => ({
      path: wordPath(path),
      line: null,
      message,
    }))
    if (first) throw new InterchangeError(name, [first, ...others])
    return document
  } catch (error) {
    throw refusedFile(error)
  }
}

/** @returns the problem that says what is wrong with a file, line by line; what is no mistake of the file's as it is. */
export function refusedFile(error: unknown): unknown {
  if (!(error instanceof InterchangeError)) return error
  const lines = error.problems.map(({ line, path, message }) => ({ line, path, message }))
  return new Problem('assignment-file-refused', error.message, { facts: { lines }, cause: error })
}

/** @throws Problem `name-taken` */
export async function requireFreeName(
  { courseId }: CourseAccess<'assignment.create'>,
  slug: string,
): Promise<void> {
  await refuseTaken(staffDatabase, courseId, slug)
}

/** @returns the id of the new assignment, a draft. */
async function addAssignment(
  transaction: Prisma.TransactionClient,
  place: {
    readonly courseId: string
    readonly position: number
    readonly authorId: string
    /** The assignment that `document` is of; null: it is no copy. */
    readonly copyOf: string | null
  },
  { assignment, pools = [], questions }: NewDocument,
): Promise<string> {
  const { courseId, position, authorId, copyOf } = place
  const lateTiers = assignment.lateTiers.map((tier) => ({ ...tier }))
  const { id: assignmentId } = await transaction.assignment.create({
    data: { ...assignment, lateTiers, courseId, position, state: 'DRAFT' },
  })
  const rows = await transaction.question.createManyAndReturn({
    data: questions.map(({ slug, tags = [] }, index) => ({ assignmentId, slug, tags, position: index + 1 })),
    select: { id: true, slug: true },
  })
  if (copyOf !== null) await nameOrigins(transaction, assignmentId, copyOf)
  const idOf = new Map(rows.map(({ id, slug }) => [slug, id]))
  await writePools(
    transaction,
    assignmentId,
    pools.map((pool) => ({ ...pool, questionIds: pool.questions.map((slug) => idOf.get(slug)!) })),
  )
  await addVersions(
    transaction,
    questions.map(({ slug, content, key, figure }) => ({
      questionId: idOf.get(slug)!,
      number: 1,
      origin: 'INSTRUCTOR',
      authorId,
      content,
      key,
      figureSpec: figure,
    })),
  )
  return assignmentId
}

/** Lets the questions of a copied assignment know the versions that they are copies of. */
async function nameOrigins(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
  copyOf: string,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "Question" copy SET "copiedFromId" = (
      SELECT v.id FROM "QuestionVersion" v WHERE v."questionId" = original.id ORDER BY v.version DESC LIMIT 1
    )
    FROM "Question" original
    WHERE copy."assignmentId" = ${assignmentId} AND original."assignmentId" = ${copyOf}
      AND original.slug = copy.slug`
}

/** New questions need their figures and the checks of their keys; what is known of the same ones is found again. */
async function prepareQuestions(): Promise<void> {
  await enqueueFigureRequests()
  await ensureKeyChecks()
}

/**
 * Changes what the assignment is called and who sees it. Once somebody has started, its address, which receipts name,
 * stays, and it is no draft again.
 * @throws Problem `name-taken`, `assignment-started`, `assignment-empty`, `pool-short`.
 */
export async function changeAssignment(
  access: AssignmentAccess<'assignment.settings'>,
  details: AssignmentDetails,
): Promise<void> {
  const { assignmentId, courseId, viewer } = access
  await staffDatabase.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${courseId} FOR UPDATE`
    const { title, introduction, slug, state, shuffleOptions, started, questions } = await lockAssignment(
      transaction,
      access,
    )
    const moves = slug !== details.slug
    const hides = state !== 'DRAFT' && details.state === 'DRAFT'
    if (started && (moves || hides)) throw new Problem('assignment-started', assignmentId)
    if (details.state === 'PUBLISHED' && questions === 0) throw new Problem('assignment-empty', assignmentId)
    const shortPools = details.state === 'PUBLISHED' ? await readShortPools(transaction, assignmentId) : []
    if (shortPools.length > 0) throw new Problem('pool-short', assignmentId, { facts: { pools: shortPools } })
    if (moves) await refuseTaken(transaction, courseId, details.slug)
    await transaction.assignment.update({ where: { id: assignmentId }, data: details })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'assignment.settings',
      subject: `assignment:${assignmentId}`,
      before: { title, introduction, slug, state, shuffleOptions },
      after: details,
    })
  })
}

/** @throws Problem `assignment-started`: then there are answers, and it can be archived. */
export async function deleteAssignment(access: AssignmentAccess<'assignment.settings'>): Promise<void> {
  const { assignmentId, courseId, viewer } = access
  await staffDatabase.$transaction(async (transaction) => {
    const { slug, title, started } = await lockAssignment(transaction, access)
    if (started) throw new Problem('assignment-started', assignmentId)
    await transaction.assignment.delete({ where: { id: assignmentId } })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'assignment.delete',
      subject: `course:${courseId}`,
      before: { assignmentId, slug, title },
    })
  })
}

/** Whoever starts an attempt holds the row too, so that nobody starts what is being deleted. */
async function lockAssignment(
  transaction: Prisma.TransactionClient,
  { assignmentId }: AssignmentAccess<'assignment.settings'>,
) {
  await transaction.$queryRaw`SELECT id FROM "Assignment" WHERE id = ${assignmentId} FOR UPDATE`
  const { title, introduction, _count, ...row } = await transaction.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
    include: { _count: { select: { attempts: true, questions: { where: asked } } } },
  })
  const json = { title: title as Prisma.InputJsonValue, introduction: introduction as Prisma.InputJsonValue }
  return { ...row, ...json, started: _count.attempts > 0, questions: _count.questions }
}

/**
 * Puts the course's assignments in an order.
 * @throws Problem `not-found` unless they are exactly the course's: somebody has made or deleted one meanwhile.
 */
export async function orderAssignments(
  { courseId, viewer }: CourseAccess<'assignment.create'>,
  assignmentIds: readonly string[],
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${courseId} FOR UPDATE`
    const rows = await transaction.assignment.findMany({
      where: { courseId },
      orderBy: [{ position: 'asc' }, { slug: 'asc' }],
      select: { id: true, slug: true },
    })
    const slugs = new Map(rows.map(({ id, slug }) => [id, slug]))
    const wanted = new Set(assignmentIds)
    if (wanted.size !== rows.length || rows.some(({ id }) => !wanted.has(id)))
      throw new Problem('not-found', `assignments of course ${courseId}: ${assignmentIds.join(' ')}`)
    for (const [position, id] of [...wanted].entries())
      await transaction.assignment.update({ where: { id }, data: { position } })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'assignment.order',
      subject: `course:${courseId}`,
      before: rows.map(({ slug }) => slug),
      after: [...wanted].map((id) => slugs.get(id)!),
    })
  })
}

async function refuseTaken(
  transaction: Pick<Prisma.TransactionClient, 'assignment'>,
  courseId: string,
  slug: string,
): Promise<void> {
  const taken = await transaction.assignment.findUnique({ where: { courseId_slug: { courseId, slug } } })
  if (taken) throw new Problem('name-taken', `assignment ${slug} in course ${courseId}`)
}

/** Two who make one of the same name at once do so one after the other. */
async function lockName(transaction: Prisma.TransactionClient, name: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`
}
