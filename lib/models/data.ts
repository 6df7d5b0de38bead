import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '@/lib/api/problem'
import type { CourseAccess } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { pullSchema } from '@/lib/models/hub/schema'
import {
  type BundledCard,
  bundledCardSchema,
  CARD_FILE,
  type ModelState,
  modelCardSchema,
  modelDetailsSchema,
  modelProblemSchema,
} from '@/lib/models/view'

/** The files of a model's folder, by name. */
export type ModelFiles = readonly { readonly name: string; readonly sha256: string }[]

/** @returns the files of every uploaded model, also of those that nobody has read yet. */
export async function readModelFiles(): Promise<readonly ModelFiles[]> {
  const models = await staffDatabase.uploadedModel.findMany({
    select: { files: { orderBy: { name: 'asc' }, select: { name: true, sha256: true } } },
  })
  return models.map(({ files }) => files)
}

/** @returns the files of an uploaded model that can be opened, by name; null: there is none. */
export async function findUploadedFiles(model: string): Promise<ModelFiles | null> {
  const files = await staffDatabase.modelFile.findMany({
    where: { modelName: model, model: { status: 'READY' } },
    orderBy: { name: 'asc' },
    select: { name: true, sha256: true },
  })
  return files.length > 0 ? files : null
}

/** The models that a course has uploaded, the latest first. */
export async function readModels({ courseId }: CourseAccess<'model.read'>): Promise<readonly ModelState[]> {
  return readStates({ courseId })
}

/** @throws Problem `not-found` */
export async function readModel({ courseId }: CourseAccess<'model.read'>, name: string): Promise<ModelState> {
  const [state] = await readStates({ courseId, name })
  if (!state) throw new Problem('not-found', `model ${name} of course ${courseId}`)
  return state
}

async function readStates(where: { courseId: string; name?: string }): Promise<ModelState[]> {
  const rows = await staffDatabase.uploadedModel.findMany({
    where,
    orderBy: { createdAt: 'desc' },
    include: { _count: { select: { files: true } } },
  })
  const [people, uses] = await Promise.all([
    staffDatabase.user.findMany({
      where: { id: { in: rows.map(({ uploadedById }) => uploadedById) } },
      select: { id: true, name: true },
    }),
    countUses(rows.map(({ name }) => name)),
  ])
  return rows.map(({ name, fileName, done, total, ...row }) => {
    const pull = row.pull === null ? null : pullSchema.parse(row.pull)
    const isFetching = pull !== null && row.status === 'CHECKING' && row._count.files === 0
    return {
      name,
      fileName,
      hub: pull && { repository: pull.repository, revision: pull.revision, commit: pull.commit },
      status: isFetching ? 'fetching' : (row.status.toLowerCase() as ModelState['status']),
      done,
      total,
      details: modelDetailsSchema.parse(row.details),
      card: row.card === null ? null : modelCardSchema.parse(row.card),
      problem: row.problem === null ? (pull?.problem ?? null) : modelProblemSchema.parse(row.problem),
      uploadedBy: people.find(({ id }) => id === row.uploadedById)?.name ?? null,
      createdAt: row.createdAt.toISOString(),
      uses: uses.get(name) ?? 0,
    }
  })
}

/**
 * @returns by model, in how many question versions its figure is named (old ones too, which attempts may show), with
 * drafts and swaps that are proposed.
 */
export async function countUses(
  names: readonly string[],
  client: Pick<typeof staffDatabase, '$queryRaw'> = staffDatabase,
): Promise<ReadonlyMap<string, number>> {
  const rows = await client.$queryRaw<{ name: string; uses: number }[]>`
    SELECT name, sum(uses)::int AS uses FROM (
      SELECT "figureSpec"->>'model' AS name, count(*) AS uses FROM "QuestionVersion"
      WHERE "figureSpec"->>'model' = ANY(${[...names]}::text[]) GROUP BY 1
      UNION ALL
      SELECT draft->'figureSpec'->>'model', count(*) FROM "QuestionDraft"
      WHERE draft->'figureSpec'->>'model' = ANY(${[...names]}::text[]) GROUP BY 1
      UNION ALL
      SELECT "toModel", count(*) FROM "ModelSwap"
      WHERE status = 'PROPOSED' AND "toModel" = ANY(${[...names]}::text[]) GROUP BY 1
    ) AS used GROUP BY name`
  return new Map(rows.map(({ name, uses }) => [name, uses]))
}

/** What is known of the models that come with Vitrine, by name. */
export async function readBundledCards(bundled: string): Promise<ReadonlyMap<string, BundledCard>> {
  const found = new Map<string, BundledCard>()
  for (const name of (await readdir(/*turbopackIgnore: true*/ bundled)).sort()) {
    const file = path.join(/*turbopackIgnore: true*/ bundled, name, CARD_FILE)
    const text = await readFile(/*turbopackIgnore: true*/ file, 'utf8').catch(() => null)
    if (text !== null) found.set(name, bundledCardSchema.parse(JSON.parse(text)))
  }
  return found
}
