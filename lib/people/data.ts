import type { CourseAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { accountStateOf } from '@/lib/invitations/account-state'
import { planEnrolment, type Roster, reportOf } from '@/lib/people/enrolment-plan'
import { type PersonRow, readPeopleTable } from '@/lib/people/people-table'
import type { EnrolmentReport, PersonLine } from '@/lib/people/view'

const byName = new Intl.Collator(['zh-Hant', 'en'], { numeric: true })
const rank = { INSTRUCTOR: 0, TA: 1, STUDENT: 2 } as const

/** @returns everybody in the course: staff first, then by name. */
export async function readPeople(access: CourseAccess<'course.people'>): Promise<PersonLine[]> {
  const { courseId } = access
  const now = new Date()
  const [enrollments, attempts] = await Promise.all([
    staffDatabase.enrollment.findMany({
      where: { courseId },
      select: {
        role: true,
        sectionId: true,
        extraTimePercent: true,
        user: {
          select: {
            id: true,
            name: true,
            email: true,
            simulated: true,
            invitation: { omit: { tokenHash: true } },
          },
        },
      },
    }),
    staffDatabase.attempt.groupBy({
      by: ['userId'],
      where: { assignment: { courseId } },
      _count: { _all: true },
    }),
  ])
  const attemptsOf = new Map(attempts.map(({ userId, _count }) => [userId, _count._all]))
  return enrollments
    .map(
      ({ role, sectionId, extraTimePercent, user }): PersonLine => ({
        userId: user.id,
        name: user.name,
        email: user.email,
        simulated: user.simulated,
        role,
        sectionId,
        extraTimePercent,
        account: accountStateOf(user.invitation, courseId, now),
        attempts: attemptsOf.get(user.id) ?? 0,
      }),
    )
    .sort((left, right) => rank[left.role] - rank[right.role] || byName.compare(left.name, right.name))
}

/** Says what a table would do to the course, and everything that is wrong with it. Nothing is changed. */
export async function foreseeEnrolment(
  { courseId }: CourseAccess<'course.people'>,
  table: string,
): Promise<EnrolmentReport> {
  const { rows, problems } = readPeopleTable(table)
  return reportOf(planEnrolment(rows, await readRoster(staffDatabase, courseId, rows)), problems, [])
}

/** @returns the course as far as a table of these rows is concerned. */
export async function readRoster(
  reader: Prisma.TransactionClient,
  courseId: string,
  rows: readonly PersonRow[],
): Promise<Roster> {
  const enrollments = await reader.enrollment.findMany({
    where: { courseId },
    select: {
      role: true,
      extraTimePercent: true,
      section: { select: { name: true } },
      user: { select: { email: true, name: true } },
    },
  })
  const accounts = await reader.user.findMany({
    where: { email: { in: rows.map(({ email }) => email) } },
    select: { email: true, name: true },
  })
  const sections = await reader.section.findMany({ where: { courseId }, select: { name: true } })
  return {
    members: new Map(
      enrollments.map(({ user, role, section, extraTimePercent }) => [
        user.email,
        { name: user.name, role, section: section?.name ?? null, extraTimePercent },
      ]),
    ),
    accounts: new Map(accounts.map(({ email, name }) => [email, name])),
    sections: new Set(sections.map(({ name }) => name)),
  }
}
