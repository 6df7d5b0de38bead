import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess, CourseAccess } from '@/lib/auth/gate'
import { asked } from '@/lib/authoring/data'
import { refuseTaken } from '@/lib/authoring/making/mutations'
import type { AssignmentDetails, AssignmentDetailsSave } from '@/lib/authoring/schema'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { onTopOf } from '@/lib/on-top-of'
import { readShortPools } from '@/lib/pools/data'
import { bilingualSchema } from '@/lib/questions/content'

/**
 * Changes what the assignment is called and who sees it; with `known`, only what is another there. Once somebody has started, its address, which receipts name,
 * stays, and it is no draft again.
 * @throws Problem `name-taken`, `assignment-started`, `assignment-empty`, `pool-short`.
 */
export async function changeAssignment(
  access: AssignmentAccess<'assignment.settings'>,
  { known, ...wanted }: AssignmentDetailsSave,
): Promise<void> {
  const { assignmentId, courseId, viewer } = access
  await staffDatabase.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${courseId} FOR UPDATE`
    const { before, started, questions } = await lockAssignment(transaction, access)
    const details = known ? onTopOf(before, known, wanted) : wanted
    const moves = before.slug !== details.slug
    const hides = before.state !== 'DRAFT' && details.state === 'DRAFT'
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
      before,
      after: details,
    })
  })
}

/** @throws Problem `assignment-started`: then there are answers, and it can be archived. */
export async function deleteAssignment(access: AssignmentAccess<'assignment.settings'>): Promise<void> {
  const { assignmentId, courseId, viewer } = access
  await staffDatabase.$transaction(async (transaction) => {
    const { before, started } = await lockAssignment(transaction, access)
    if (started) throw new Problem('assignment-started', assignmentId)
    await transaction.assignment.delete({ where: { id: assignmentId } })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'assignment.delete',
      subject: `course:${courseId}`,
      before: { assignmentId, slug: before.slug, title: before.title },
    })
  })
}

/** Whoever starts an attempt holds the row too, so that nobody starts what is being deleted. */
async function lockAssignment(
  transaction: Prisma.TransactionClient,
  { assignmentId }: AssignmentAccess<'assignment.settings'>,
) {
  await transaction.$queryRaw`SELECT id FROM "Assignment" WHERE id = ${assignmentId} FOR UPDATE`
  const { title, introduction, slug, state, shuffleOptions, _count } =
    await transaction.assignment.findUniqueOrThrow({
      where: { id: assignmentId },
      include: { _count: { select: { attempts: true, questions: { where: asked } } } },
    })
  const texts = { title: bilingualSchema.parse(title), introduction: bilingualSchema.parse(introduction) }
  const before: AssignmentDetails = { ...texts, slug, state, shuffleOptions }
  return { before, started: _count.attempts > 0, questions: _count.questions }
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
