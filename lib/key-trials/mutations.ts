import { Problem } from '@/lib/api/problem'
import type { QuestionAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { readForeignNames } from '@/lib/figures/data'
import { enqueueTrial, queue, trialJobKey } from '@/lib/jobs/queue'
import { readTrial } from '@/lib/key-trials/data'
import { type TrialKeys, type TrialRequest, trialKeysSchema } from '@/lib/key-trials/schema'
import type { KeyTrialView } from '@/lib/key-trials/view'
import { uploadedPicturesOfKey } from '@/lib/questions/named-pictures'
import { countReadings, type PartVerdict } from '@/lib/verification/part-verdict'

/** A trial of a draft is forgotten after so many days. */
const daysKept = 30

/**
 * Has a draft's key measured and judged as it is written, without publishing it. It takes the place of the viewer's last
 * trial of the part, which is computed no further.
 * @throws Problem `not-found` for a picture or model of another course.
 */
export async function startTrial(
  access: QuestionAccess<'question.edit'>,
  partId: string,
  { figureModel, ...key }: TrialRequest,
): Promise<KeyTrialView> {
  const { questionId, courseId, viewer } = access
  const keys: TrialKeys = { [partId]: { ...key, seeds: 1 } }
  const named = { pictures: uploadedPicturesOfKey(keys), models: figureModel === null ? [] : [figureModel] }
  const [foreign] = await readForeignNames(courseId, named)
  if (foreign !== undefined) throw new Problem('not-found', `${foreign} of another course`)
  await queue() // Makes the queue's tables when they are missing.
  const trialId = await staffDatabase.$transaction(async (transaction) => {
    // One person's trials of a question are made one after the other.
    await transaction.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtextextended(${`trial ${questionId} ${viewer.userId}`}, 0))`
    await removeTrials(transaction, { questionId, partId, authorId: viewer.userId })
    return addTrial(transaction, { questionId, partId, authorId: viewer.userId, figureModel, keys })
  })
  await enqueueTrial({ id: trialId, courseId }, 'tried-out')
  return (await readTrial(access, partId))!
}

/** Cancels the viewer's trial of a part, or forgets what it found. */
export async function withdrawTrial(
  { questionId, viewer }: QuestionAccess<'question.edit'>,
  partId: string,
): Promise<void> {
  await queue() // Makes the queue's tables when they are missing.
  await staffDatabase.$transaction((transaction) =>
    removeTrials(transaction, { questionId, partId, authorId: viewer.userId }),
  )
}

/** Adds a trial, to be queued with `enqueueTrial` when the transaction has ended. @returns its id. */
export async function addTrial(
  transaction: Prisma.TransactionClient,
  { keys, ...trial }: Omit<Prisma.KeyTrialUncheckedCreateInput, 'keys'> & { readonly keys: TrialKeys },
): Promise<string> {
  const total = Object.values(keys).reduce((sum, { seeds, ...key }) => sum + countReadings(key, seeds), 0)
  const { id } = await transaction.keyTrial.create({
    data: { ...trial, keys: keys as Prisma.InputJsonObject, total },
    select: { id: true },
  })
  return id
}

/** Takes trials away with their jobs; a worker that computes one stops at its next batch. */
export async function removeTrials(
  transaction: Prisma.TransactionClient,
  where: Prisma.KeyTrialWhereInput,
): Promise<void> {
  const trials = await transaction.keyTrial.findMany({ where, select: { id: true } })
  await transaction.keyTrial.deleteMany({ where: { id: { in: trials.map(({ id }) => id) } } })
  for (const { id } of trials)
    await transaction.$queryRaw`SELECT 1 FROM graphile_worker.remove_job(${trialJobKey(id)})`
}

export interface BegunTrial {
  readonly figureModel: string | null
  readonly keys: TrialKeys
  /** Parts that were judged before the worker was interrupted. */
  readonly judged: readonly string[]
}

/** @returns what to try; null when it has ended, or was withdrawn. */
export async function beginTrial(trialId: string): Promise<BegunTrial | null> {
  const { count } = await staffDatabase.keyTrial.updateMany({
    where: { id: trialId, status: { not: 'DONE' } },
    data: { status: 'COMPUTING' },
  })
  const row = count === 0 ? null : await staffDatabase.keyTrial.findUnique({ where: { id: trialId } })
  if (!row) return null
  return {
    figureModel: row.figureModel,
    keys: trialKeysSchema.parse(row.keys),
    judged: Object.keys(row.verdicts as object),
  }
}

/** @param done how many measurements */
export async function reportTrial(trialId: string, done: number): Promise<void> {
  await staffDatabase.keyTrial.updateMany({ where: { id: trialId }, data: { done } })
}

export async function storeTrialVerdict(
  trialId: string,
  partId: string,
  verdict: PartVerdict,
): Promise<void> {
  await staffDatabase.$executeRaw`
    UPDATE "KeyTrial" SET verdicts = verdicts || jsonb_build_object(${partId}::text, ${JSON.stringify(verdict)}::jsonb)
    WHERE id = ${trialId}`
}

export async function endTrial(trialId: string, status: 'QUEUED' | 'DONE' | 'FAILED'): Promise<void> {
  await staffDatabase.keyTrial.updateMany({ where: { id: trialId }, data: { status } })
}

/** Queues those that wait: a worker that was stopped several times has used up its job's attempts. */
export async function ensureTrials(): Promise<void> {
  const assignment = { select: { assignment: { select: { courseId: true } } } }
  const waiting = await staffDatabase.keyTrial.findMany({
    where: { status: 'QUEUED' },
    orderBy: { createdAt: 'asc' },
    select: { id: true, question: assignment, swap: assignment },
  })
  for (const { id, question, swap } of waiting) {
    const { courseId } = (question ?? swap)!.assignment
    await enqueueTrial({ id, courseId }, question ? 'tried-out' : 'left')
  }
}

/** Forgets old trials of drafts. @param now of the day from which `daysKept` are counted. */
export async function pruneTrials(now: Date = new Date()): Promise<void> {
  const before = new Date(now.getTime() - daysKept * 86_400_000)
  await staffDatabase.keyTrial.deleteMany({ where: { swapId: null, createdAt: { lt: before } } })
}
