import { group } from 'd3-array'
import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess, Viewer } from '@/lib/auth/gate'
import type { Assignment, Prisma } from '@/lib/database/generated/client'
import { asJson } from '@/lib/database/json'
import { staffDatabase } from '@/lib/database/staff'
import { holdKeys } from '@/lib/grading/mutations'
import { totalOf } from '@/lib/scoring/paper-score'
import { attemptEnd, creditAt } from '@/lib/timing/access-timeline'
import {
  personalTimesOf,
  readEverybodyFinishedAt,
  readLastSaves,
  scheduleOf,
  timeSettingsOf,
} from '@/lib/timing/data'
import { handedInAt } from '@/lib/timing/hand-in'
import { mayKnowKey, reopens } from '@/lib/timing/reopening'
import { checkOverride, checkSchedule, type ScheduleProblem } from '@/lib/timing/schedule-check'
import type { ScheduleSave, StudentScheduleInput } from '@/lib/timing/schema'

/**
 * Sets dates, limits and release for everybody; with `known`, those that are others than it says. Attempts that are open get
 * their new end in the same transaction, submitted ones their new credit, and what the server had submitted for want of time
 * is open again if it has some.
 * @throws Problem `invalid-request` naming every field that does not fit the others.
 */
export async function setSchedule(
  access: AssignmentAccess<'assignment.schedule'>,
  { known, ...input }: ScheduleSave,
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await holdKeys(transaction, access.assignmentId)
    const before = await lockAssignment(transaction, access.assignmentId)
    const course = await transaction.course.findUniqueOrThrow({ where: { id: access.courseId } })
    const checked = checkSchedule(input, known && { known, stored: scheduleOf(before, course.timeZone) })
    if (!checked.valid) throw refused(checked.problems)
    const { timeZone, lateTiers, ...settings } = checked.value
    await transaction.assignment.update({
      where: { id: access.assignmentId },
      data: { ...settings, lateTiers: lateTiers.map((tier) => ({ ...tier })) },
    })
    await transaction.course.update({ where: { id: access.courseId }, data: { timeZone } })
    await renewAttempts(transaction, access.viewer, before)
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'assignment.schedule',
      subject: `assignment:${access.assignmentId}`,
      before: asJson(before),
      after: asJson({ ...settings, lateTiers, timeZone }),
    })
  }, patient)
}

/**
 * Sets a student's extra time in the course, and what is different for them in one assignment. An attempt that is
 * running gets its new end at once.
 * @throws Problem `not-found` when there is no such student in the course, `invalid-request`.
 */
export async function setStudentSchedule(
  access: AssignmentAccess<'assignment.schedule'>,
  userId: string,
  input: StudentScheduleInput,
): Promise<void> {
  const { assignmentId, courseId } = access
  await staffDatabase.$transaction(async (transaction) => {
    await holdCourseTimes(transaction, courseId)
    const enrollment = await transaction.enrollment.findFirst({
      where: { userId, courseId, role: 'STUDENT' },
      include: { course: { select: { timeZone: true } } },
    })
    if (!enrollment) throw new Problem('not-found', `student ${userId} in course ${courseId}`)
    const assignment = await transaction.assignment.findUniqueOrThrow({ where: { id: assignmentId } })
    const checked = checkOverride(input.override, timeSettingsOf(assignment), enrollment.course.timeZone)
    if (!checked.valid) throw refused(checked.problems)
    const key = { assignmentId_userId: { assignmentId, userId } }
    const before = await transaction.assignmentOverride.findUnique({ where: key })
    const own = { ...checked.value, reason: input.override.reason.trim() }
    const isOwn = Object.values(checked.value).some((value) => value !== null)
    if (isOwn)
      await transaction.assignmentOverride.upsert({
        where: key,
        create: { assignmentId, userId, ...own },
        update: own,
      })
    else await transaction.assignmentOverride.deleteMany({ where: { assignmentId, userId } })
    await transaction.enrollment.update({
      where: { userId_courseId: { userId, courseId } },
      data: { extraTimePercent: input.extraTimePercent },
    })
    await renewStudents(transaction, access.viewer, courseId, [userId])
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'student.schedule',
      subject: `assignment:${assignmentId} user:${userId}`,
      before: asJson({ extraTimePercent: enrollment.extraTimePercent, override: before }),
      after: asJson({ extraTimePercent: input.extraTimePercent, override: isOwn ? own : null }),
    })
  }, patient)
}

/**
 * Keeps the times of a course as they are until the transaction ends, for whoever changes somebody's extra time: it counts in
 * every assignment. In one order, so that two instructors cannot block each other.
 */
export async function holdCourseTimes(
  transaction: Prisma.TransactionClient,
  courseId: string,
): Promise<void> {
  const touched = await transaction.assignment.findMany({
    where: { courseId },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  for (const { id } of touched) await holdKeys(transaction, id)
  await transaction.$queryRaw`SELECT id FROM "Assignment" WHERE "courseId" = ${courseId} ORDER BY id FOR UPDATE`
}

/** Gives the attempts of these students their new ends and credits. Hold the times first, with `holdCourseTimes`. */
export async function renewStudents(
  transaction: Prisma.TransactionClient,
  actor: Viewer,
  courseId: string,
  userIds: readonly string[],
): Promise<void> {
  const assignments = await transaction.assignment.findMany({ where: { courseId } })
  for (const userId of userIds)
    for (const before of assignments) await renewAttempts(transaction, actor, before, userId)
}

/** A class of thousands has as many attempts to renew, and saves may hold some of them for a moment. */
const patient = { timeout: 30_000, maxWait: 10_000 }

/** Whoever starts an attempt meanwhile waits, and starts it with the new settings. */
async function lockAssignment(transaction: Prisma.TransactionClient, assignmentId: string) {
  await transaction.$queryRaw`SELECT id FROM "Assignment" WHERE id = ${assignmentId} FOR UPDATE`
  return transaction.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
    omit: { title: true, introduction: true },
  })
}

/** An assignment before its settings are changed, as far as attempts are concerned. */
type Before = Pick<Assignment, 'id' | 'keyRelease' | 'keyReleaseAt'>

/**
 * Computes anew what attempts derive from the settings: the end of those that are open, the credit of those that are
 * submitted. What the server had submitted is open again where there is time for it now.
 * @param before the assignment as it was
 * @param userId only this student's
 */
async function renewAttempts(
  transaction: Prisma.TransactionClient,
  actor: Viewer,
  before: Before,
  userId?: string,
): Promise<void> {
  const assignmentId = before.id
  // Held, so that no submission computes with the old settings after these have been read.
  await transaction.$queryRaw`
    SELECT id FROM "Attempt"
    WHERE "assignmentId" = ${assignmentId} AND (${userId ?? null}::text IS NULL OR "userId" = ${userId ?? null})
    ORDER BY id FOR UPDATE`
  const assignment = await transaction.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
    include: { overrides: { where: { userId } } },
  })
  const enrollments = await transaction.enrollment.findMany({
    where: { courseId: assignment.courseId, userId },
    select: { userId: true, extraTimePercent: true },
  })
  const attempts = await transaction.attempt.findMany({ where: { assignmentId, userId } })
  const byServer = attempts.flatMap(({ id, submittedBy, submittedAt }) =>
    submittedBy === 'SERVER' && submittedAt ? [{ id, endedAt: submittedAt }] : [],
  )
  const lastSavedAt = await readLastSaves(transaction, byServer)
  const extra = new Map(enrollments.map((row) => [row.userId, row.extraTimePercent]))
  const overrides = new Map(assignment.overrides.map((override) => [override.userId, override]))
  const now = new Date()
  const reopened: string[] = []
  const renewed = [...group(attempts, (attempt) => attempt.userId)].flatMap(([student, own]) => {
    const times = personalTimesOf(assignment, extra.get(student), overrides.get(student))
    const latest = Math.max(...own.map(({ number }) => number))
    return own.map(({ id, number, startedAt, submittedAt, submittedBy, endsAt }) => {
      const open = { id, endsAt: attemptEnd(times, startedAt)?.at ?? null, credit: null }
      if (!submittedAt || !submittedBy) return open
      if (reopens({ number, startedAt, submittedBy }, latest, times, now)) {
        reopened.push(id)
        return open
      }
      const lastSaved = lastSavedAt.get(id) ?? null
      const handedIn = handedInAt({ submittedBy, submittedAt, startedAt, lastSavedAt: lastSaved })
      return { id, endsAt, credit: creditAt(times, handedIn) }
    })
  })
  if (reopened.length > 0) {
    // Read beside the transaction, and so by the settings until now.
    const finishedAt =
      before.keyRelease === 'WHEN_ALL_DONE' ? await readEverybodyFinishedAt(assignmentId) : null
    await reopenAttempts(transaction, actor, reopened, now, mayKnowKey(before, finishedAt, now))
  }
  await transaction.$executeRaw`
    UPDATE "Attempt" a SET "endsAt" = r."endsAt", "creditPercent" = r.credit
    FROM jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb) AS r (id text, "endsAt" timestamp, credit int)
    WHERE a.id = r.id
      AND (a."endsAt" IS DISTINCT FROM r."endsAt" OR a."creditPercent" IS DISTINCT FROM r.credit)`
}

/**
 * Undoes submissions by the server: the attempts take answers again. Score and receipt go into the history, where the
 * receipt is found as one that no longer counts.
 * @param ids of attempts whose rows are held
 */
async function reopenAttempts(
  transaction: Prisma.TransactionClient,
  actor: Viewer,
  ids: readonly string[],
  reopenedAt: Date,
  mayKnowKey: boolean,
): Promise<void> {
  const undone = await transaction.attempt.findMany({
    where: { id: { in: [...ids] } },
    include: { scores: { select: { points: true, maximum: true } } },
  })
  const submissions = undone.map(({ id, submittedAt, creditPercent, receipt, signedReceipt, scores }) => ({
    attemptId: id,
    submittedAt: submittedAt!,
    creditPercent,
    receipt,
    signedReceipt,
    ...totalOf(scores),
  }))
  await transaction.reopenedSubmission.createMany({
    data: submissions.map((submission) => ({ ...submission, mayKnowKey, reopenedAt })),
  })
  await transaction.partScore.deleteMany({ where: { attemptId: { in: [...ids] } } })
  await transaction.attempt.updateMany({
    where: { id: { in: [...ids] } },
    data: { submittedAt: null, submittedBy: null, receipt: null, signedReceipt: null },
  })
  await recordAudit(
    transaction,
    ...submissions.map(({ attemptId, signedReceipt: _, ...before }) => ({
      actorId: actor.userId,
      action: 'attempt.reopen' as const,
      subject: `attempt:${attemptId}`,
      before: asJson(before),
      after: { mayKnowKey },
    })),
  )
}

function refused(problems: readonly ScheduleProblem[]): Problem {
  return new Problem('invalid-request', undefined, {
    fields: problems.map(({ path, issue }) => ({ path: `body.${path}`, issue })),
  })
}
