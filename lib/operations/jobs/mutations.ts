import { recordAudit } from '@/lib/audit/mutations'
import type { SiteAccess } from '@/lib/auth/gate'
import { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { explorationOfJob, pictureOfJob, pullModelTask } from '@/lib/jobs/exploration-queue'
import {
  enqueueFigures,
  enqueueTests,
  figureOfJob,
  keyCheckOfJob,
  queue,
  readModelTask,
  tryKeysTask,
  variantOfJob,
} from '@/lib/jobs/queue'

/** What operators do to jobs. What a job is for says so itself (a figure that failed, a check that ended): both change. */

/**
 * Begins jobs anew that were set aside or failed, and at once those that wait for their next attempt.
 * @returns how many there were to begin
 */
export async function retryJobs(
  { viewer }: SiteAccess<'operations.manage'>,
  keys: readonly string[],
): Promise<number> {
  await queue()
  const changed = await staffDatabase.$transaction(async (transaction) => {
    const reset = await transaction.$queryRaw<{ key: string }[]>`
      SELECT key FROM graphile_worker.reschedule_jobs(ARRAY(
        SELECT id FROM graphile_worker.jobs
        WHERE key = ANY(${keys}::text[]) AND locked_at IS NULL AND (attempts >= max_attempts OR run_at > now())
          AND task_identifier NOT IN (${readModelTask}, ${pullModelTask}, ${tryKeysTask})
      ), run_at => now(), attempts => 0)`
    const begun = new Set(reset.map(({ key }) => key))
    const revived: string[] = []
    for (const key of keys) {
      const failed = await reviveSubject(transaction, key)
      if (failed && !begun.has(key)) revived.push(key)
    }
    const all = [...begun, ...revived]
    await recordAudit(
      transaction,
      ...all.map((key) => ({ actorId: viewer.userId, action: 'job.retry' as const, subject: `job:${key}` })),
    )
    return { all, revived }
  })
  await enqueueRevived(changed.revived.flatMap((key) => figureOfJob(key) ?? []))
  return changed.all.length
}

/** @returns whether it had failed */
async function reviveSubject(transaction: Prisma.TransactionClient, key: string): Promise<boolean> {
  const [figure, check, exploration, picture, variant] = subjectOf(key)
  if (figure) {
    const { count } = await transaction.figureRequest.updateMany({
      where: { id: figure, status: 'FAILED' },
      data: { status: 'QUEUED', error: Prisma.DbNull },
    })
    return count > 0
  }
  if (check)
    await transaction.keyCheckRun.updateMany({
      where: { id: check, status: 'FAILED' },
      data: { status: 'QUEUED', finishedAt: null },
    })
  if (exploration)
    await transaction.exploration.updateMany({
      where: { id: exploration, status: 'FAILED' },
      data: { status: 'QUEUED', error: Prisma.DbNull },
    })
  if (variant)
    await transaction.questionVariant.updateMany({
      where: { id: variant, status: 'FAILED' },
      data: { status: 'QUEUED' },
    })
  if (picture)
    await transaction.pictureLook.updateMany({ where: { pictureId: picture }, data: { failed: false } })
  return false
}

/** A figure that failed for a reason of its own has no job left. */
async function enqueueRevived(requestIds: readonly string[]): Promise<void> {
  const versions = await staffDatabase.questionVersion.findMany({
    where: {
      OR: [{ figureRequestId: { in: [...requestIds] } }, { trustRequestId: { in: [...requestIds] } }],
    },
    select: {
      figureRequestId: true,
      trustRequestId: true,
      question: { select: { assignment: { select: { courseId: true } } } },
    },
    orderBy: { question: { position: 'asc' } },
  })
  const wanted = new Set(requestIds)
  const courseOf = (field: 'figureRequestId' | 'trustRequestId') => {
    const found = new Map<string, string>()
    for (const version of versions) {
      const id = version[field]
      if (id !== null && wanted.has(id) && !found.has(id)) found.set(id, version.question.assignment.courseId)
    }
    return [...found].map(([id, courseId]) => ({ id, courseId }))
  }
  await enqueueFigures(courseOf('figureRequestId'))
  await enqueueTests(courseOf('trustRequestId'), 'left')
}

/**
 * Takes jobs out of the queue. A figure, test, preview, check or exploration that is under way stops at its next batch;
 * whoever waits for it is told that an operator has stopped it.
 * @returns how many there were to stop
 */
export async function cancelJobs(
  { viewer }: SiteAccess<'operations.manage'>,
  keys: readonly string[],
): Promise<number> {
  await queue()
  return staffDatabase.$transaction(async (transaction) => {
    const standing = await transaction.$queryRaw<{ key: string; isAside: boolean }[]>`
      SELECT key, locked_at IS NULL AND attempts >= max_attempts AS "isAside"
      FROM graphile_worker.jobs WHERE key = ANY(${keys}::text[])`
    const stopped: string[] = []
    for (const { key, isAside } of standing) {
      // What was set aside has told already that it failed.
      if (!isAside && !(await stopSubject(transaction, key))) continue
      await transaction.$queryRaw`SELECT 1 FROM graphile_worker.remove_job(${key})`
      stopped.push(key)
    }
    await recordAudit(
      transaction,
      ...stopped.map((key) => ({
        actorId: viewer.userId,
        action: 'job.cancel' as const,
        subject: `job:${key}`,
      })),
    )
    return stopped.length
  })
}

/** @returns whether work of that kind can be stopped */
async function stopSubject(transaction: Prisma.TransactionClient, key: string): Promise<boolean> {
  const [figure, check, exploration] = subjectOf(key)
  if (figure)
    await transaction.figureRequest.updateMany({
      where: { id: figure, status: { not: 'READY' } },
      data: { status: 'FAILED', error: { code: 'stopped', subject: '' } },
    })
  else if (check)
    await transaction.keyCheckRun.updateMany({
      where: { id: check, status: { in: ['QUEUED', 'COMPUTING'] } },
      data: { status: 'FAILED', finishedAt: new Date() },
    })
  else if (exploration)
    await transaction.exploration.updateMany({
      where: { id: exploration, status: { in: ['QUEUED', 'COMPUTING'] } },
      data: { status: 'FAILED', error: { code: 'stopped', subject: '' } },
    })
  else return false
  return true
}

function subjectOf(key: string) {
  return [
    figureOfJob(key),
    keyCheckOfJob(key),
    explorationOfJob(key),
    pictureOfJob(key),
    variantOfJob(key),
  ] as const
}
