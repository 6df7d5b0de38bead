import { randomUUID } from 'node:crypto'
import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { CourseAccess } from '@/lib/auth/gate'
import { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { hubAddress } from '@/lib/environment'
import { enqueueModelPull } from '@/lib/jobs/exploration-queue'
import { findPull, readWaitingPulls, wantedPull } from '@/lib/models/hub/data'
import { type Pull, type PullRequest, pullSchema } from '@/lib/models/hub/schema'
import { lockModelNames, refuseNewModel } from '@/lib/models/mutations'
import { type ModelDetails, type ModelProblem, noDetails } from '@/lib/models/view'

/**
 * Asks for a model of the Hub; a worker fetches it. Asking for the same again changes nothing, unless it was refused: then
 * it is tried anew.
 * @throws Problem `hub-off`, `name-taken`, `model-limit`
 */
export async function requestPull(
  { courseId, viewer }: CourseAccess<'model.manage'>,
  { name, repository, revision }: PullRequest,
  bundled: string,
): Promise<void> {
  if (hubAddress() === null) throw new Problem('hub-off', `model ${name}`)
  const isBegun = await staffDatabase.$transaction(async (transaction) => {
    await lockModelNames(transaction)
    const present = await transaction.uploadedModel.findFirst({ where: { name, courseId } })
    const before = present?.pull ? pullSchema.parse(present.pull) : null
    const isSame = before?.repository === repository && before.revision === revision
    if (isSame && present?.status !== 'REFUSED') return false
    const pull: Pull = { id: randomUUID(), repository, revision, commit: null, problem: null }
    if (isSame)
      await transaction.uploadedModel.update({
        where: { name },
        data: { pull, status: 'CHECKING', problem: Prisma.DbNull, done: 0, total: 0 },
      })
    else {
      await refuseNewModel({ courseId }, name, bundled, transaction)
      await transaction.uploadedModel.create({
        data: { name, courseId, fileName: repository, pull, details: noDetails, uploadedById: viewer.userId },
      })
    }
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'model.pull',
      subject: `course:${courseId}`,
      after: { model: name, repository, revision },
    })
    return true
  })
  if (isBegun) await enqueueModelPull(name, courseId)
}

/** What the revision was when its files were listed, and how many bytes they have. A pull that is gone on with asks for that. */
export async function noteListing(name: string, pull: Pull, total: number): Promise<void> {
  await staffDatabase.uploadedModel.updateMany({ where: wantedPull(name, pull), data: { pull, total } })
}

/** @param done bytes */
export async function reportPull(name: string, pull: Pull, done: number): Promise<void> {
  await staffDatabase.uploadedModel.updateMany({ where: wantedPull(name, pull), data: { done } })
}

/**
 * Gives a model its files, which are to be read.
 * @returns false when it is no longer wanted; nothing refers to the files then
 */
export async function storePulledFiles(
  name: string,
  pull: Pull,
  about: Pick<ModelDetails, 'licence' | 'source'>,
  files: readonly { readonly name: string; readonly sha256: string }[],
): Promise<boolean> {
  return staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.uploadedModel.updateMany({
      where: wantedPull(name, pull),
      data: { details: { ...noDetails, ...about }, done: 0, total: 0 },
    })
    if (count > 0)
      await transaction.modelFile.createMany({ data: files.map((file) => ({ ...file, modelName: name })) })
    return count > 0
  })
}

/** Keeps why it could not be fetched. */
export async function failPull(name: string, pull: Pull, problem: ModelProblem): Promise<void> {
  await staffDatabase.uploadedModel.updateMany({
    where: wantedPull(name, pull),
    data: { status: 'REFUSED', pull: { ...pull, problem } },
  })
}

/** Likewise, of whatever is fetched under this name: worker after worker died of it. */
export async function giveUpPull(name: string): Promise<void> {
  const waiting = await findPull(name)
  if (waiting) await failPull(name, waiting.pull, { code: 'internal', message: '' })
}

/** What nobody has asked the queue for, as after a crash between both. */
export async function ensurePulls(): Promise<void> {
  for (const { name, courseId } of await readWaitingPulls()) await enqueueModelPull(name, courseId)
}
