import { group } from 'd3-array'
import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { CourseAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { readSectionTable, type SectionRow, type TableProblem } from '@/lib/sections/section-table'
import type { SectionImport } from '@/lib/sections/view'

type SectionsAccess = CourseAccess<'course.sections'>

/** A course, and who changes its sections. */
interface Change {
  readonly courseId: string
  /** null: an operator, by a command. */
  readonly actorId: string | null
}

const changeBy = ({ courseId, viewer }: SectionsAccess): Change => ({ courseId, actorId: viewer.userId })

/** @throws Problem `name-taken`. */
export async function makeSection(
  access: SectionsAccess,
  name: string,
): Promise<{ readonly sectionId: string }> {
  return staffDatabase.$transaction(async (transaction) => {
    await lockCourse(transaction, access)
    await refuseTaken(transaction, access, name)
    const { id } = await transaction.section.create({ data: { courseId: access.courseId, name } })
    await recordChange(transaction, changeBy(access), null, { section: name })
    return { sectionId: id }
  })
}

/** @throws Problem `not-found`, `name-taken`. */
export async function renameSection(access: SectionsAccess, sectionId: string, name: string): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await lockCourse(transaction, access)
    const before = await findSection(transaction, access, sectionId)
    if (before.name === name) return
    await refuseTaken(transaction, access, name)
    await transaction.section.update({ where: { id: sectionId }, data: { name } })
    await recordChange(transaction, changeBy(access), { section: before.name }, { section: name })
  })
}

/** Its students stay in the course, in no section. @throws Problem `not-found`. */
export async function removeSection(access: SectionsAccess, sectionId: string): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await lockCourse(transaction, access)
    const { name } = await findSection(transaction, access, sectionId)
    const members = await transaction.enrollment.findMany({
      where: { sectionId },
      select: { user: { select: { email: true } } },
    })
    await transaction.section.delete({ where: { id: sectionId } })
    const students = members.map(({ user }) => user.email)
    await recordChange(transaction, changeBy(access), { section: name, students }, null)
  })
}

/**
 * Puts students of the course into one of its sections, or into none.
 * @returns how many were elsewhere before
 * @throws Problem `not-found` for the section or any of the students: then nobody is moved.
 */
export async function assignSection(
  access: SectionsAccess,
  sectionId: string | null,
  userIds: readonly string[],
): Promise<{ readonly moved: number }> {
  return staffDatabase.$transaction(async (transaction) => {
    await lockCourse(transaction, access)
    if (sectionId !== null) await findSection(transaction, access, sectionId)
    const wanted = new Set(userIds)
    const students = await readStudents(transaction, access)
    const found = students.filter(({ userId }) => wanted.has(userId))
    if (found.length < wanted.size)
      throw new Problem('not-found', `students in course ${access.courseId}: ${userIds.join(' ')}`)
    return {
      moved: await move(
        transaction,
        changeBy(access),
        found.map((student) => ({ ...student, to: sectionId })),
      ),
    }
  })
}

/**
 * Takes in a table of emails and sections; sections that are not there are made. All of it, or nothing.
 * @throws Problem `table-refused` with the `lines` that cannot be taken.
 */
export function importSections(access: SectionsAccess, table: string): Promise<SectionImport> {
  return takeIn(changeBy(access), table)
}

/**
 * As `importSections`, for whoever types the command on the server.
 * @returns null when there is no such course
 */
export async function importSectionsAsOperator(
  courseSlug: string,
  table: string,
): Promise<SectionImport | null> {
  const course = await staffDatabase.course.findUnique({ where: { slug: courseSlug }, select: { id: true } })
  return course && takeIn({ courseId: course.id, actorId: null }, table)
}

async function takeIn(change: Change, table: string): Promise<SectionImport> {
  const { rows, problems } = readSectionTable(table)
  return staffDatabase.$transaction(
    async (transaction) => {
      await lockCourse(transaction, change)
      const students = await readStudents(transaction, change)
      const byEmail = new Map(students.map((student) => [student.email, student]))
      const unknown = rows.flatMap(({ line, email }): TableProblem[] =>
        byEmail.has(email) ? [] : [{ line, issue: 'unknown', found: email }],
      )
      const lines = [...problems, ...unknown].sort((left, right) => left.line - right.line)
      if (lines.length > 0) throw new Problem('table-refused', undefined, { facts: { lines } })
      const { ids, made } = await findOrMake(transaction, change, rows)
      const moved = await move(
        transaction,
        change,
        rows.map(({ email, section }) => ({
          ...byEmail.get(email)!,
          to: section === null ? null : ids.get(section)!,
        })),
      )
      return { students: rows.length, moved, made }
    },
    { timeout: 60_000, maxWait: 10_000 },
  )
}

/** Two people who change sections at once do so one after the other. */
async function lockCourse(transaction: Prisma.TransactionClient, { courseId }: Pick<Change, 'courseId'>) {
  await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${courseId} FOR UPDATE`
}

async function findSection(
  transaction: Prisma.TransactionClient,
  { courseId }: SectionsAccess,
  sectionId: string,
) {
  const section = await transaction.section.findFirst({ where: { id: sectionId, courseId } })
  if (!section) throw new Problem('not-found', `section ${sectionId} in course ${courseId}`)
  return section
}

async function refuseTaken(
  transaction: Prisma.TransactionClient,
  { courseId }: SectionsAccess,
  name: string,
): Promise<void> {
  const taken = await transaction.section.findUnique({ where: { courseId_name: { courseId, name } } })
  if (taken) throw new Problem('name-taken', `section ${name} in course ${courseId}`)
}

interface Student {
  readonly userId: string
  /** Lower case. */
  readonly email: string
  readonly sectionId: string | null
}

async function readStudents(
  transaction: Prisma.TransactionClient,
  { courseId }: Pick<Change, 'courseId'>,
): Promise<Student[]> {
  const rows = await transaction.enrollment.findMany({
    where: { courseId, role: 'STUDENT' },
    select: { userId: true, sectionId: true, user: { select: { email: true } } },
  })
  return rows.map(({ userId, sectionId, user }) => ({ userId, sectionId, email: user.email }))
}

async function findOrMake(
  transaction: Prisma.TransactionClient,
  { courseId }: Change,
  rows: readonly SectionRow[],
): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly made: readonly string[] }> {
  return findOrMakeSections(
    transaction,
    courseId,
    rows.flatMap(({ section }) => section ?? []),
  )
}

/**
 * @param names of sections, any of them several times
 * @returns by name, the ids of the course's sections of these names, and the names of those that were made
 */
export async function findOrMakeSections(
  transaction: Prisma.TransactionClient,
  courseId: string,
  names: readonly string[],
): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly made: readonly string[] }> {
  const wanted = [...new Set(names)]
  const made = await transaction.section.createManyAndReturn({
    data: wanted.map((name) => ({ courseId, name })),
    skipDuplicates: true,
    select: { name: true },
  })
  const sections = await transaction.section.findMany({ where: { courseId, name: { in: wanted } } })
  return { ids: new Map(sections.map(({ id, name }) => [name, id])), made: made.map(({ name }) => name) }
}

/** Moves those who are elsewhere, with a line in the history for each way. @returns how many */
async function move(
  transaction: Prisma.TransactionClient,
  change: Change,
  moves: readonly (Student & { readonly to: string | null })[],
): Promise<number> {
  const changed = moves.filter(({ sectionId, to }) => sectionId !== to)
  if (changed.length === 0) return 0
  const sections = await transaction.section.findMany({ where: { courseId: change.courseId } })
  const names = new Map(sections.map(({ id, name }) => [id, name]))
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  for (const [to, students] of group(changed, ({ to }) => to)) {
    await transaction.enrollment.updateMany({
      where: { courseId: change.courseId, userId: { in: students.map(({ userId }) => userId) } },
      data: { sectionId: to },
    })
    for (const [from, moved] of group(students, ({ sectionId }) => sectionId))
      await recordChange(
        transaction,
        change,
        { section: nameOf(from) },
        { section: nameOf(to), students: moved.map(({ email }) => email) },
      )
  }
  return changed.length
}

interface SectionState {
  readonly section: string | null
  readonly students?: string[]
}

function recordChange(
  transaction: Prisma.TransactionClient,
  { courseId, actorId }: Change,
  before: SectionState | null,
  after: SectionState | null,
): Promise<void> {
  return recordAudit(transaction, {
    actorId,
    action: 'course.sections',
    subject: `course:${courseId}`,
    ...(before && { before: { ...before } }),
    ...(after && { after: { ...after } }),
  })
}
