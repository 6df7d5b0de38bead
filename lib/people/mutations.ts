import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { CourseAccess } from '@/lib/auth/gate'
import type { Role } from '@/lib/auth/permissions'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { invite } from '@/lib/invitations/mutations'
import { readRoster } from '@/lib/people/data'
import { type EnrolmentPlan, type Membership, planEnrolment, reportOf } from '@/lib/people/enrolment-plan'
import { readPeopleTable } from '@/lib/people/people-table'
import type { MembershipInput } from '@/lib/people/schema'
import type { EnrolmentReport, InvitationLink } from '@/lib/people/view'
import { findOrMakeSections } from '@/lib/sections/mutations'
import { holdCourseTimes, renewStudents } from '@/lib/timing/mutations'

type PeopleAccess = CourseAccess<'course.people'>

/** A class of thousands may get accounts, invitations and extra time at once. */
const patient = { timeout: 60_000, maxWait: 10_000 }

/**
 * Enrols the people of a table, all of them or nobody: new ones get an account and an invitation, those of the course the
 * role, section and extra time that the table says. Attempts that are running get their new end at once.
 * @throws Problem `table-refused` with the `lines` that cannot be taken.
 */
export async function enrolPeople(access: PeopleAccess, table: string): Promise<EnrolmentReport> {
  const { rows, problems } = readPeopleTable(table)
  const { courseId, viewer } = access
  return staffDatabase.$transaction(async (transaction) => {
    await lockCourse(transaction, courseId)
    const plan = planEnrolment(rows, await readRoster(transaction, courseId, rows))
    const lines = [...problems, ...plan.problems].sort((left, right) => left.line - right.line)
    if (lines.length > 0) throw new Problem('table-refused', undefined, { facts: { lines } })
    const invitations = await makeAccounts(transaction, courseId, plan)
    await writeMemberships(transaction, access, plan)
    if (plan.steps.length > 0)
      await recordAudit(transaction, {
        actorId: viewer.userId,
        action: 'course.people',
        subject: `course:${courseId}`,
        after: {
          table: plan.lines.map(({ line: _, changes, ...one }) => ({
            ...one,
            changes: changes.map((change) => ({ ...change })),
          })),
        },
      })
    return reportOf(plan, [], invitations)
  }, patient)
}

/** @returns links into the accounts that were made; one that somebody else made meanwhile is theirs to invite. */
async function makeAccounts(
  transaction: Prisma.TransactionClient,
  courseId: string,
  { steps }: EnrolmentPlan,
): Promise<InvitationLink[]> {
  const made = await transaction.user.createManyAndReturn({
    data: steps.filter(({ kind }) => kind === 'account').map(({ email, name }) => ({ email, name })),
    skipDuplicates: true,
    select: { id: true, email: true, name: true },
  })
  return invite(
    transaction,
    courseId,
    made.map(({ id, ...person }) => ({ userId: id, ...person })),
  )
}

async function writeMemberships(
  transaction: Prisma.TransactionClient,
  { courseId, viewer }: PeopleAccess,
  { steps, lines }: EnrolmentPlan,
): Promise<void> {
  const { ids } = await findOrMakeSections(
    transaction,
    courseId,
    steps.flatMap(({ becomes }) => becomes.section ?? []),
  )
  const accounts = await transaction.user.findMany({
    where: { email: { in: steps.map(({ email }) => email) } },
    select: { id: true, email: true },
  })
  const idOf = new Map(accounts.map(({ id, email }) => [email, id]))
  const rows = steps.map(({ email, becomes: { role, section, extraTimePercent } }) => ({
    userId: idOf.get(email)!,
    role,
    sectionId: section === null ? null : ids.get(section)!,
    extraTimePercent,
  }))
  await transaction.$executeRaw`
    INSERT INTO "Enrollment" ("userId", "courseId", role, "sectionId", "extraTimePercent")
    SELECT "userId", ${courseId}, role::"Role", "sectionId", "extraTimePercent"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row ("userId" text, role text, "sectionId" text, "extraTimePercent" int)
    ON CONFLICT ("userId", "courseId") DO UPDATE
      SET role = excluded.role, "sectionId" = excluded."sectionId", "extraTimePercent" = excluded."extraTimePercent"`
  const moved = lines.filter(
    ({ kind, changes }) => kind === 'change' && changes.some(({ field }) => field === 'extraTime'),
  )
  await renewStudents(
    transaction,
    viewer,
    courseId,
    moved.map(({ email }) => idOf.get(email)!),
  )
}

/**
 * Changes what a person is in the course. Sections and extra time are for students: of others they are not kept.
 * @throws Problem `not-found` for the person or the section, `last-instructor`.
 */
export async function changeMembership(
  { courseId, viewer }: PeopleAccess,
  userId: string,
  { role, sectionId, extraTimePercent }: MembershipInput,
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await lockCourse(transaction, courseId)
    const before = await findMember(transaction, courseId, userId)
    if (role !== 'INSTRUCTOR') await keepAnInstructor(transaction, courseId, before)
    const section =
      sectionId === null ? null : await transaction.section.findFirst({ where: { id: sectionId, courseId } })
    if (sectionId !== null && !section)
      throw new Problem('not-found', `section ${sectionId} in course ${courseId}`)
    const isStudent = role === 'STUDENT'
    const after: Membership = {
      role,
      section: isStudent ? (section?.name ?? null) : null,
      extraTimePercent: isStudent ? extraTimePercent : 0,
    }
    await transaction.enrollment.update({
      where: { userId_courseId: { userId, courseId } },
      data: {
        role,
        sectionId: isStudent ? sectionId : null,
        extraTimePercent: after.extraTimePercent,
      },
    })
    if (before.extraTimePercent !== after.extraTimePercent)
      await renewStudents(transaction, viewer, courseId, [userId])
    const { email, role: formerRole, section: formerSection, extraTimePercent: formerTime } = before
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'course.people',
      subject: `course:${courseId}`,
      before: { email, role: formerRole, section: formerSection, extraTimePercent: formerTime },
      after: { email, ...after },
    })
  }, patient)
}

/**
 * Takes a person out of the course. Answers and scores stay, and are there again when the person is.
 * @throws Problem `not-found`, `last-instructor`.
 */
export async function removePerson({ courseId, viewer }: PeopleAccess, userId: string): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await lockCourse(transaction, courseId)
    const before = await findMember(transaction, courseId, userId)
    await keepAnInstructor(transaction, courseId, before)
    await transaction.enrollment.delete({ where: { userId_courseId: { userId, courseId } } })
    // The link was given out for this course.
    await transaction.invitation.updateMany({ where: { userId, courseId }, data: { expiresAt: new Date() } })
    const { email, role, section, extraTimePercent } = before
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'course.people',
      subject: `course:${courseId}`,
      before: { email, role, section, extraTimePercent },
    })
  }, patient)
}

/** Two who change a course's people do so one after the other. The times first, as whoever sets them takes both. */
async function lockCourse(transaction: Prisma.TransactionClient, courseId: string): Promise<void> {
  await holdCourseTimes(transaction, courseId)
  await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${courseId} FOR UPDATE`
}

interface Member extends Membership {
  readonly userId: string
  readonly email: string
}

async function findMember(
  transaction: Prisma.TransactionClient,
  courseId: string,
  userId: string,
): Promise<Member> {
  const found = await transaction.enrollment.findUnique({
    where: { userId_courseId: { userId, courseId } },
    include: { section: { select: { name: true } }, user: { select: { email: true } } },
  })
  if (!found) throw new Problem('not-found', `person ${userId} in course ${courseId}`)
  const { role, section, extraTimePercent, user } = found
  return { userId, email: user.email, role, section: section?.name ?? null, extraTimePercent }
}

async function keepAnInstructor(
  transaction: Prisma.TransactionClient,
  courseId: string,
  { userId, role }: { readonly userId: string; readonly role: Role },
): Promise<void> {
  if (role !== 'INSTRUCTOR') return
  const others = await transaction.enrollment.count({
    where: { courseId, role: 'INSTRUCTOR', userId: { not: userId } },
  })
  if (others === 0) throw new Problem('last-instructor', `${userId} in course ${courseId}`)
}
