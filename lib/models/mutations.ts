import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { CourseAccess } from '@/lib/auth/gate'
import { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { FACTS_FILE } from '@/lib/explainers/onnx/classifier-folder'
import { enqueueModelReading } from '@/lib/jobs/queue'
import { countUses } from '@/lib/models/data'
import { modelLimits } from '@/lib/models/limits'
import { findInstalledFolder } from '@/lib/models/model-folder'
import {
  type ModelCard,
  type ModelDetails,
  type ModelProblem,
  modelCardSchema,
  modelDetailsSchema,
  noDetails,
} from '@/lib/models/view'
import { putObject, removeObjects } from '@/lib/objects/service'
import type { StoredObject } from '@/lib/objects/store'

type ManageAccess = CourseAccess<'model.manage'>

/** The one file of a model that nobody has read yet. */
const UPLOAD = 'upload'

/**
 * Takes in an uploaded file; the worker reads it.
 * @throws Problem `name-taken`, `model-limit`
 */
export async function addUploadedModel(
  { courseId, viewer }: ManageAccess,
  {
    name,
    fileName,
    object,
    bundled,
  }: { name: string; fileName: string; object: StoredObject; bundled: string },
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await lockModelNames(transaction)
    await refuseNewModel({ courseId }, name, bundled, transaction)
    await transaction.uploadedModel.create({
      data: {
        name,
        courseId,
        fileName,
        details: noDetails,
        uploadedById: viewer.userId,
        files: { create: { name: UPLOAD, sha256: object.sha256 } },
      },
    })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'model.add',
      subject: `course:${courseId}`,
      after: { model: name, fileName, sha256: object.sha256, size: object.size },
    })
  })
  await enqueueModelReading(name)
}

/** One new model of the site after another: the name is one on all of it. */
export async function lockModelNames(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('uploaded models'))`
}

/**
 * Says beforehand whether a course may add a model of that name.
 * @throws Problem `name-taken`, `model-limit`
 */
export async function refuseNewModel(
  { courseId }: Pick<ManageAccess, 'courseId'>,
  name: string,
  bundled: string,
  client: Pick<Prisma.TransactionClient, 'uploadedModel'> = staffDatabase,
): Promise<void> {
  if (await findInstalledFolder(name, bundled)) throw new Problem('name-taken', `model ${name} is installed`)
  if (await client.uploadedModel.findUnique({ where: { name } }))
    throw new Problem('name-taken', `model ${name}`)
  if ((await client.uploadedModel.count({ where: { courseId } })) >= modelLimits.models)
    throw new Problem('model-limit', `course ${courseId}`)
}

/**
 * Stores what staff say of a model. Where that decides its numbers or names, the worker tries it out again.
 * @throws Problem `not-found`; `model-not-read` before it is read, or when it was refused; `model-in-use` when figures
 * show what would change; `invalid-request` when its classes are not as many as its outputs
 */
export async function describeModel(
  { courseId, viewer }: ManageAccess,
  name: string,
  details: ModelDetails,
): Promise<void> {
  const { classes, mean, deviation } = details
  const facts = classes && (await putObject(factsFile({ classes, mean, deviation }), { limit: 1024 * 1024 }))
  const isChanged = await staffDatabase.$transaction(async (transaction) => {
    const model = await lockModel(transaction, courseId, name)
    if (model.status !== 'DETAILS' && model.status !== 'READY')
      throw new Problem('model-not-read', `model ${name} is ${model.status}`)
    const { outputs, kind } = modelCardSchema.parse(model.card)
    if ((classes?.length ?? null) !== outputs)
      throw new Problem('invalid-request', undefined, {
        fields: [{ path: 'body.classes', issue: `expected ${outputs ?? 'no'} names` }],
      })
    if (kind === 'homework' && !isIdentity(details))
      throw new Problem('invalid-request', undefined, {
        fields: [{ path: 'body.mean', issue: 'this network takes pictures from 0 to 1' }],
      })
    const before = modelDetailsSchema.parse(model.details)
    const same = (['classes', 'mean', 'deviation'] as const).every(
      (key) => JSON.stringify(before[key]) === JSON.stringify(details[key]),
    )
    const isChanged = facts !== null && (!same || model.status === 'DETAILS')
    if (isChanged && ((await countUses([name], transaction)).get(name) ?? 0) > 0)
      throw new Problem('model-in-use', `model ${name}`)
    if (isChanged)
      await transaction.modelFile.upsert({
        where: { modelName_name: { modelName: name, name: FACTS_FILE } },
        create: { modelName: name, name: FACTS_FILE, sha256: facts.sha256 },
        update: { sha256: facts.sha256 },
      })
    await transaction.uploadedModel.update({
      where: { name },
      data: { details, ...(isChanged && { status: 'CHECKING', done: 0, total: 0 }) },
    })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'model.describe',
      subject: `course:${courseId}`,
      before: { model: name, ...before },
      after: { model: name, ...details },
    })
    return isChanged
  })
  if (isChanged) await enqueueModelReading(name)
}

function isIdentity({ mean, deviation }: ModelDetails): boolean {
  return mean.every((value) => value === 0) && deviation.every((value) => value === 1)
}

function factsFile(facts: Pick<ModelDetails, 'mean' | 'deviation'> & { classes: readonly string[] }): Buffer {
  return Buffer.from(`${JSON.stringify(facts, null, 2)}\n`)
}

/** @throws Problem `not-found`; `model-in-use` while a figure of any version of a question names it */
export async function removeModel({ courseId, viewer }: ManageAccess, name: string): Promise<void> {
  const files = await staffDatabase.$transaction(async (transaction) => {
    const { fileName } = await lockModel(transaction, courseId, name)
    if (((await countUses([name], transaction)).get(name) ?? 0) > 0)
      throw new Problem('model-in-use', `model ${name}`)
    const files = await transaction.modelFile.findMany({ where: { modelName: name } })
    await transaction.uploadedModel.delete({ where: { name } })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'model.remove',
      subject: `course:${courseId}`,
      before: { model: name, fileName },
    })
    return files
  })
  await removeObjects(files.map(({ sha256 }) => sha256))
}

async function lockModel(transaction: Prisma.TransactionClient, courseId: string, name: string) {
  await transaction.$queryRaw`SELECT name FROM "UploadedModel" WHERE name = ${name} FOR UPDATE`
  const model = await transaction.uploadedModel.findFirst({ where: { name, courseId } })
  if (!model) throw new Problem('not-found', `model ${name} of course ${courseId}`)
  return model
}

/** What the worker has to do with a model. */
export interface BegunReading {
  readonly details: ModelDetails
  /** null: it has not been read yet. */
  readonly card: ModelCard | null
  /** Its files are those of a model's folder already. */
  readonly isPulled: boolean
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

/** @returns null when there is nothing (left) to do. */
export async function beginModelReading(name: string): Promise<BegunReading | null> {
  const model = await staffDatabase.uploadedModel.findUnique({
    where: { name, status: 'CHECKING' },
    include: { files: { orderBy: { name: 'asc' } } },
  })
  // What is still to be fetched is not to be read yet.
  if (!model || model.files.length === 0) return null
  return {
    isPulled: model.pull !== null,
    details: modelDetailsSchema.parse(model.details),
    card: model.card === null ? null : modelCardSchema.parse(model.card),
    files: model.files,
  }
}

export async function reportModelReading(name: string, done: number, total: number): Promise<void> {
  await staffDatabase.uploadedModel.updateMany({ where: { name, status: 'CHECKING' }, data: { done, total } })
}

/** The uploaded file gives way to the files that were made of it. */
export async function storeReadModel(
  name: string,
  card: ModelCard,
  files: readonly { readonly name: string; readonly sha256: string }[],
): Promise<void> {
  const before = await staffDatabase.$transaction(async (transaction) => {
    const before = await transaction.modelFile.findMany({ where: { modelName: name } })
    await transaction.modelFile.deleteMany({ where: { modelName: name } })
    await transaction.modelFile.createMany({ data: files.map((file) => ({ ...file, modelName: name })) })
    const status = card.kind === 'language' ? 'READY' : 'DETAILS'
    await transaction.uploadedModel.update({ where: { name, status: 'CHECKING' }, data: { card, status } })
    return before
  })
  await removeObjects(before.map(({ sha256 }) => sha256))
}

/** It was tried out, and figures may name it. */
export async function storeTriedModel(name: string, card: ModelCard): Promise<void> {
  await staffDatabase.uploadedModel.updateMany({
    where: { name, status: 'CHECKING' },
    data: { card, status: 'READY' },
  })
}

/** Keeps why, and nothing of the files. */
export async function refuseModel(name: string, problem: ModelProblem): Promise<void> {
  const files = await staffDatabase.$transaction(async (transaction) => {
    const files = await transaction.modelFile.findMany({ where: { modelName: name } })
    await transaction.modelFile.deleteMany({ where: { modelName: name } })
    await transaction.uploadedModel.updateMany({
      where: { name },
      data: { status: 'REFUSED', card: Prisma.DbNull, problem: { ...problem } },
    })
    return files
  })
  await removeObjects(files.map(({ sha256 }) => sha256))
}

/** Models that a worker was reading when it died are read again. */
export async function ensureModelReadings(): Promise<void> {
  const waiting = await staffDatabase.uploadedModel.findMany({
    where: { status: 'CHECKING', files: { some: {} } },
    select: { name: true },
  })
  for (const { name } of waiting) await enqueueModelReading(name)
}
