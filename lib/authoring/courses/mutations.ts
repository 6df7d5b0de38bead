import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import { authorizeCourse, type CourseAccess, type SiteAccess } from '@/lib/auth/gate'
import { documentOf } from '@/lib/authoring/data'
import { insertAssignment, patient, prepareQuestions } from '@/lib/authoring/making/mutations'
import type { CourseSettings, NewCourse } from '@/lib/authoring/schema'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { bringMaterial } from '@/lib/material/mutations'
import { renameMaterial } from '@/lib/material/renaming'
import { type AddedPicture, lookAtPictures, type ReceivingCourse } from '@/lib/pictures/mutations'

/**
 * Makes a course, whose instructor the viewer is. A copy has the assignments that are not archived, as drafts, with the
 * latest versions of their questions, what these show, and the course's settings; no people, attempts or scores.
 * @throws Problem `name-taken`; `not-found`, `forbidden` for the course to copy; `model-not-read`.
 */
export async function createCourse(
  access: SiteAccess<'course.create'>,
  { copyOf, ...course }: NewCourse,
): Promise<{ readonly slug: string }> {
  const { viewer } = access
  const source = copyOf === null ? null : await authorizeCourse(viewer, copyOf, 'course.settings')
  const { courseId, brought } = await staffDatabase.$transaction(async (transaction) => {
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
    const brought = source ? await copyAssignments(transaction, source.courseId, { courseId, viewer }) : []
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'course.create',
      subject: `course:${courseId}`,
      after: { ...course, copyOf },
    })
    return { courseId, brought }
  }, patient)
  await lookAtPictures(courseId, brought)
  if (source) await prepareQuestions(courseId)
  return { slug: course.slug }
}

/** @returns the pictures that came along. */
async function copyAssignments(
  transaction: Prisma.TransactionClient,
  from: string,
  into: ReceivingCourse,
): Promise<AddedPicture[]> {
  const sources = await transaction.assignment.findMany({
    where: { courseId: from, state: { not: 'ARCHIVED' } },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    select: { id: true },
  })
  const { courseId, viewer } = into
  const pictures: AddedPicture[] = []
  for (const [position, { id }] of sources.entries()) {
    const document = await documentOf(transaction, id)
    const brought = await bringMaterial(transaction, into, [from], document.questions)
    pictures.push(...brought.pictures)
    await insertAssignment(
      transaction,
      { courseId, position, authorId: viewer.userId, copyOf: id },
      { ...document, questions: document.questions.map((one) => renameMaterial(one, brought.names)) },
    )
  }
  return pictures
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

/** Two who make one of the same name at once do so one after the other. */
async function lockName(transaction: Prisma.TransactionClient, name: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`
}
