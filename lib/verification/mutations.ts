import type { z } from 'zod'
import { Problem } from '@/lib/api/problem'
import type { AssignmentAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { hashOfJson } from '@/lib/explainers/evidence'
import { enqueueKeyCheck } from '@/lib/jobs/queue'
import { type CheckedKey, partIdsOf, readKeysToCheck } from '@/lib/verification/data'
import type { PartVerdict } from '@/lib/verification/part-verdict'
import { readingSchema } from '@/lib/verification/part-verdict'
import type { ReadingStore } from '@/lib/verification/reading-store'
import type { keyCheckRequestSchema } from '@/lib/verification/schema'
import type { KeyCheckState } from '@/lib/verification/view'

/**
 * Asks for the keys of an assignment to be checked.
 * @throws Problem `invalid-request` for a part that the assignment does not have.
 */
export async function requestKeyCheck(
  access: AssignmentAccess<'evidence.check'>,
  { partIds = [], seeds }: z.output<typeof keyCheckRequestSchema>,
): Promise<KeyCheckState> {
  const known = partIdsOf(await readKeysToCheck(access.assignmentId))
  const unknown = partIds.filter((id) => !known.includes(id))
  if (unknown.length > 0) {
    const issue = `there is no part ${unknown.join(', ')}; there are ${known.join(', ')}`
    throw new Problem('invalid-request', undefined, { fields: [{ path: 'body.partIds', issue }] })
  }
  const total = partIds.length > 0 ? partIds.length : known.length
  const { id } = await staffDatabase.keyCheckRun.create({
    data: {
      assignmentId: access.assignmentId,
      partIds: [...partIds],
      seeds,
      total,
      requestedById: access.viewer.userId,
    },
  })
  await enqueueKeyCheck({ id, courseId: access.courseId })
  return { status: 'queued', done: 0, total }
}

/**
 * Asks for every assignment to be checked with the models as they are now. Run at start and after a question was
 * published; costs little where nothing changed, as readings are kept.
 */
export async function ensureKeyChecks(): Promise<void> {
  const assignments = await staffDatabase.assignment.findMany({
    where: { keyCheckRuns: { none: { status: 'QUEUED', seeds: null } } },
    select: { id: true },
  })
  for (const { id: assignmentId } of assignments) {
    await staffDatabase.keyCheckRun.create({ data: { assignmentId } })
  }
  // Those that were waiting too: a worker that was stopped several times has used up its job's attempts.
  const waiting = await staffDatabase.keyCheckRun.findMany({
    where: { status: 'QUEUED' },
    orderBy: { createdAt: 'asc' },
    select: { id: true, assignment: { select: { courseId: true } } },
  })
  for (const { id, assignment } of waiting) await enqueueKeyCheck({ id, courseId: assignment.courseId })
}

export interface BegunRun {
  readonly assignmentId: string
  readonly partIds: readonly string[]
  readonly seeds: number | null
}

/** @returns what to check; null when the run has ended. */
export async function beginKeyCheck(runId: string): Promise<BegunRun | null> {
  const { count } = await staffDatabase.keyCheckRun.updateMany({
    where: { id: runId, status: { in: ['QUEUED', 'COMPUTING', 'FAILED'] } },
    data: { status: 'COMPUTING', done: 0 },
  })
  return count === 0 ? null : staffDatabase.keyCheckRun.findUnique({ where: { id: runId } })
}

export async function reportKeyCheck(runId: string, done: number, total: number): Promise<void> {
  await staffDatabase.keyCheckRun.updateMany({ where: { id: runId }, data: { done, total } })
}

/** Finished runs that an assignment keeps, for whoever looks into the database. What they found is in the verdicts. */
const mostFinishedRuns = 20

/** Says how a run ended, and forgets the oldest finished ones of its assignment. */
export async function endKeyCheck(runId: string, status: 'QUEUED' | 'DONE' | 'FAILED'): Promise<void> {
  const finishedAt = status === 'QUEUED' ? null : new Date()
  await staffDatabase.keyCheckRun.updateMany({ where: { id: runId }, data: { status, finishedAt } })
  if (finishedAt)
    await staffDatabase.$executeRaw`
      DELETE FROM "KeyCheckRun" WHERE id IN (
        SELECT id FROM "KeyCheckRun"
        WHERE status IN ('DONE', 'FAILED')
          AND "assignmentId" = (SELECT "assignmentId" FROM "KeyCheckRun" WHERE id = ${runId})
        ORDER BY "createdAt" DESC OFFSET ${mostFinishedRuns}::int
      )`
}

/** Keeps a verdict: a new row of the history, or the latest renewed where models and verdict are the same. */
export async function storeVerdict(
  { answerKeyId }: Pick<CheckedKey, 'answerKeyId'>,
  partId: string,
  verdict: PartVerdict,
): Promise<void> {
  const modelsHash = hashOfJson(Object.values(verdict.readings).map(({ model }) => model))
  const result = verdict as Prisma.InputJsonObject
  const latest = await staffDatabase.keyVerdict.findFirst({
    where: { answerKeyId, partId },
    orderBy: { id: 'desc' },
  })
  const isSame =
    latest?.modelsHash === modelsHash && (latest.result as { verdict?: unknown }).verdict === verdict.verdict
  if (isSame)
    await staffDatabase.keyVerdict.update({
      where: { id: latest.id },
      data: { result, checkedAt: new Date() },
    })
  else await staffDatabase.keyVerdict.create({ data: { answerKeyId, partId, modelsHash, result } })
}

/** Readings in the database, for workers on any machine. */
export const readingsInDatabase: ReadingStore = {
  async get(name) {
    const row = await staffDatabase.measurementReading.findUnique({ where: { id: name } })
    const parsed = readingSchema.safeParse(row?.reading)
    return parsed.success ? parsed.data : null
  },
  async put(name, reading) {
    const json = structuredClone(reading) as unknown as Prisma.InputJsonObject
    await staffDatabase.measurementReading.createMany({
      data: { id: name, reading: json },
      skipDuplicates: true,
    })
  },
}
