import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { Viewer } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { modelLimits } from '@/lib/models/limits'
import { findInstalledFolder } from '@/lib/models/model-folder'
import { lockModelNames } from '@/lib/models/mutations'

type Client = Prisma.TransactionClient
type ModelRow = Prisma.UploadedModelGetPayload<{ include: { files: true } }>

/**
 * Gives a course the models of other courses by these names: rows of its own, under names of their own, of the same files. One
 * that it has already, file for file, is not copied again. For functions that the gate has let through; call it before the
 * transaction holds the course, as uploads do.
 * @param courseIds whose models may be taken; another name is left out
 * @param bundled folder of the bundled models
 * @returns what they are called in the course, by their names
 * @throws Problem `model-not-read` for one that is not ready; `model-limit`
 */
export async function copyModels(
  transaction: Client,
  into: { readonly courseId: string; readonly viewer: Viewer },
  courseIds: readonly string[],
  names: readonly string[],
  bundled: string,
): Promise<ReadonlyMap<string, string>> {
  const where = { name: { in: [...names] }, courseId: { in: [...courseIds] } }
  if ((await transaction.uploadedModel.count({ where })) === 0) return new Map()
  await lockModelNames(transaction)
  await transaction.$queryRaw`
    SELECT name FROM "UploadedModel" WHERE name = ANY(${[...names]}::text[]) ORDER BY name FOR KEY SHARE`
  const wanted = await transaction.uploadedModel.findMany({
    where,
    include: { files: true },
    orderBy: { name: 'asc' },
  })
  const own = await transaction.uploadedModel.findMany({
    where: { courseId: into.courseId },
    include: { files: true },
  })
  const twins = new Map(own.flatMap((row) => (row.status === 'READY' ? [[filesOf(row), row.name]] : [])))
  const called = new Map<string, string>()
  let count = own.length
  for (const model of wanted) {
    if (model.status !== 'READY') throw new Problem('model-not-read', `model ${model.name}`)
    const twin = twins.get(filesOf(model))
    if (twin === undefined && ++count > modelLimits.models)
      throw new Problem('model-limit', `course ${into.courseId}`)
    const name = twin ?? (await copyModel(transaction, into, model, bundled))
    twins.set(filesOf(model), name)
    called.set(model.name, name)
  }
  return called
}

/** Everything that decides a model's numbers, classes and preprocessing too, is in its files. */
function filesOf({ files }: ModelRow): string {
  return JSON.stringify(files.map(({ name, sha256 }) => [name, sha256]).sort())
}

async function copyModel(
  transaction: Client,
  { courseId, viewer }: { readonly courseId: string; readonly viewer: Viewer },
  { files, name: original, details, card, pull, fileName }: ModelRow,
  bundled: string,
): Promise<string> {
  const name = await freeName(transaction, original, bundled)
  await transaction.uploadedModel.create({
    data: {
      name,
      courseId,
      fileName,
      status: 'READY',
      details: details as Prisma.InputJsonObject,
      card: card as Prisma.InputJsonObject,
      ...(pull !== null && { pull: pull as Prisma.InputJsonObject }),
      uploadedById: viewer.userId,
      files: { create: files.map((file) => ({ name: file.name, sha256: file.sha256 })) },
    },
  })
  await recordAudit(transaction, {
    actorId: viewer.userId,
    action: 'model.add',
    subject: `course:${courseId}`,
    after: { model: name, copyOf: original },
  })
  return name
}

/** Of `resnet` and of `resnet-2`, the next name that nothing on the site has: `resnet-3`. */
async function freeName(transaction: Client, original: string, bundled: string): Promise<string> {
  const stem = original.replace(/-\d{1,3}$/, '').slice(0, 55)
  for (let number = 2; ; number++) {
    const name = `${stem}-${number}`
    const isTaken =
      (await transaction.uploadedModel.findUnique({ where: { name } })) ||
      (await findInstalledFolder(name, bundled))
    if (!isTaken) return name
  }
}
