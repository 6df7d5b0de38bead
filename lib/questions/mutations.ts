import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { type FieldProblem, Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { QuestionAccess } from '@/lib/auth/gate'
import { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { hashOfJson } from '@/lib/explainers/evidence'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { checkFigure } from '@/lib/figure-previews/service'
import { readForeignMaterial } from '@/lib/figures/data'
import { installedSources } from '@/lib/figures/installed-sources'
import { requestFigures } from '@/lib/figures/mutations'
import type { FigureSources } from '@/lib/figures/sources'
import {
  type KeyPoints,
  type QuestionContent,
  type QuestionKey,
  questionKeySchema,
} from '@/lib/questions/content'
import { findKeyProblems } from '@/lib/questions/key-consistency'
import { uploadedPictures } from '@/lib/questions/named-pictures'
import type { newVersionSchema } from '@/lib/questions/schema'
import { endPublishedDraft } from '@/lib/studio/mutations'
import { adoptCarried, carryVariants, ensureVariants } from '@/lib/variants/carrying/mutations'
import { readKnownPictures } from '@/lib/variants/data'
import { foreseeContradictions } from '@/lib/verification/contradiction'
import { readLatestVerdict } from '@/lib/verification/data'
import { ensureKeyChecks } from '@/lib/verification/mutations'
import type { PartVerdict } from '@/lib/verification/part-verdict'

/** Everything that makes a version what it is. */
export interface VersionContent {
  readonly content: QuestionContent
  readonly key: QuestionKey
  readonly figureSpec: FigureSpec | null
}

/** @returns the hash that names a version's content, key and explanations together. */
export function versionHash({ content, key, figureSpec }: VersionContent): string {
  return hashOfJson({ content, key, figureSpec })
}

/**
 * An instructor's edit: a new version, for attempts that begin from now on. Seeding leaves the question alone after it. The
 * first version of a copy takes over the variants that came along, any later one those of the version before.
 * @throws Problem `invalid-request` when key and content do not fit, or a part has the id of another question's;
 * `version-outdated` when somebody was faster, also with a regrade of the key; `draft-conflict` when the draft is another one by now;
 * `key-contradicted` when what was measured of the model contradicts the key and no reason is given; `figure-impossible` for
 * another figure than before which cannot be drawn, as where its model was removed.
 */
export async function publishQuestion(
  access: QuestionAccess<'question.edit'>,
  { basedOn, knownKey, reason, draftRevision, ...version }: z.output<typeof newVersionSchema>,
  sources: FigureSources = installedSources(),
): Promise<{ readonly questionVersionId: string; readonly version: number }> {
  const fields: FieldProblem[] = findKeyProblems(version.content, version.key).map(({ partId, message }) => ({
    path: `body.key.${partId}`,
    issue: message,
  }))
  const { questionId, assignmentId, courseId, viewer } = access
  fields.push(...(await findForeignParts(questionId, assignmentId, version.content)))
  for (const name of version.figureSpec ? await readForeignMaterial(courseId, version.figureSpec) : [])
    fields.push({ path: 'body.figureSpec', issue: `${name} belongs to another course` })
  if (fields.length > 0) throw new Problem('invalid-request', undefined, { fields })
  if (version.figureSpec && !(await isLatestFigure(questionId, version.figureSpec)))
    await checkFigure(version.figureSpec, sources)
  const contradicted = await findContradictions(questionId, version.key)
  if (contradicted.length > 0 && reason === undefined)
    throw new Problem('key-contradicted', contradicted.join(', '), { facts: { contradicted } })
  const known = await readKnownPictures(courseId)
  const published = await staffDatabase.$transaction(async (transaction) => {
    const latest = (await lockLatestVersions(transaction, [questionId])).get(questionId)
    const isRegraded = knownKey !== undefined && knownKey !== latest?.keyVersion
    if ((latest?.version ?? 0) !== basedOn || isRegraded)
      throw new Problem(
        'version-outdated',
        `question ${questionId} is at ${latest?.version ?? 0} with key ${latest?.keyVersion}, not ${basedOn} with ${knownKey}`,
      )
    await endPublishedDraft(transaction, questionId, viewer.userId, draftRevision)
    const versionIds = await addVersions(transaction, [
      { ...version, questionId, number: basedOn + 1, origin: 'INSTRUCTOR', authorId: viewer.userId },
    ])
    const base = { questionId, questionVersionId: versionIds[0]!, version, authorId: viewer.userId }
    if (basedOn === 0) await adoptCarried(transaction, base)
    else await carryVariants(transaction, base, known)
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'question.publish',
      subject: `question:${questionId}`,
      ...(latest && { before: { version: basedOn, contentHash: latest.contentHash } }),
      after: {
        version: basedOn + 1,
        contentHash: versionHash(version),
        ...(contradicted.length > 0 && { contradicted, reason: reason! }),
      },
    })
    return { questionVersionId: versionIds[0]!, version: basedOn + 1 }
  })
  await requestFigures({ id: questionId })
  await ensureKeyChecks()
  await ensureVariants()
  return published
}

async function isLatestFigure(questionId: string, figureSpec: FigureSpec): Promise<boolean> {
  const latest = await staffDatabase.questionVersion.findFirst({
    where: { questionId },
    orderBy: { version: 'desc' },
    select: { figureSpec: true },
  })
  return isDeepStrictEqual(latest?.figureSpec, figureSpec)
}

/** Answers and scores are stored by part ids: each belongs to one question of an assignment, in all its versions. */
async function findForeignParts(
  questionId: string,
  assignmentId: string,
  { parts }: QuestionContent,
): Promise<FieldProblem[]> {
  const taken = await staffDatabase.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT part.id #>> '{}' AS id
    FROM "QuestionVersion" v
    JOIN "Question" q ON q.id = v."questionId"
    CROSS JOIN LATERAL jsonb_path_query(v.content, '$.parts[*].id') AS part(id)
    WHERE q."assignmentId" = ${assignmentId} AND q.id <> ${questionId}`
  return parts.flatMap(({ id }, index) =>
    taken.some((other) => other.id === id)
      ? [{ path: `body.content.parts.${index}.id`, issue: `part id "${id}" belongs to another question` }]
      : [],
  )
}

/** @returns parts of the new key that what was measured for the latest one contradicts. */
async function findContradictions(questionId: string, key: QuestionKey): Promise<string[]> {
  const latest = await staffDatabase.answerKey.findFirst({
    where: { questionVersion: { questionId } },
    orderBy: [{ questionVersion: { version: 'desc' } }, { version: 'desc' }],
  })
  if (!latest) return []
  const before = questionKeySchema.parse(latest.secret)
  const readings = new Map<string, PartVerdict['readings']>()
  for (const partId of Object.keys(before)) {
    const verdict = await readLatestVerdict(latest.id, partId)
    if (verdict) readings.set(partId, verdict.readings)
  }
  return foreseeContradictions(key, { key: before, readings })
}

export interface LatestVersion {
  readonly version: number
  readonly origin: 'SEED' | 'INSTRUCTOR'
  readonly contentHash: string
  /** From 1; a regrade gives it another key than the one that it came with. */
  readonly keyVersion: number
}

/** @returns by question id, the latest version, holding the questions until the transaction ends. */
export async function lockLatestVersions(
  transaction: Prisma.TransactionClient,
  questionIds: readonly string[],
): Promise<ReadonlyMap<string, LatestVersion>> {
  await transaction.$queryRaw`
    SELECT id FROM "Question" WHERE id = ANY(${[...questionIds]}::text[]) ORDER BY id FOR UPDATE`
  const rows = await transaction.questionVersion.findMany({
    where: { questionId: { in: [...questionIds] } },
    orderBy: [{ questionId: 'asc' }, { version: 'desc' }],
    distinct: ['questionId'],
    select: {
      questionId: true,
      version: true,
      origin: true,
      contentHash: true,
      keys: { orderBy: { version: 'desc' }, take: 1, select: { version: true } },
    },
  })
  return new Map(
    rows.map(({ questionId, keys, ...latest }) => [
      questionId,
      { ...latest, keyVersion: keys[0]?.version ?? 1 },
    ]),
  )
}

export interface NewVersion extends VersionContent {
  /** Of the key, where they are not the content's. */
  readonly points?: KeyPoints
  readonly questionId: string
  readonly number: number
  readonly origin: 'SEED' | 'INSTRUCTOR'
  readonly authorId: string | null
}

/**
 * Adds versions, each with the first version of its key. Hold the questions with `lockLatestVersions`.
 * @returns their ids, in the same order.
 * @throws Problem `invalid-request` for a picture that the question's course does not have
 */
export async function addVersions(
  transaction: Prisma.TransactionClient,
  versions: readonly NewVersion[],
): Promise<string[]> {
  await refuseForeignPictures(transaction, versions)
  const rows = versions.map(({ content, key, figureSpec, questionId, number, origin, authorId }) => {
    const contentHash = versionHash({ content, key, figureSpec })
    const spec = figureSpec ?? Prisma.DbNull
    return { questionId, version: number, origin, authorId, contentHash, content, figureSpec: spec }
  })
  const created = await transaction.questionVersion.createManyAndReturn({
    data: rows,
    select: { id: true, questionId: true },
  })
  const idOf = new Map(created.map(({ id, questionId }) => [questionId, id]))
  const ids = versions.map(({ questionId }) => idOf.get(questionId)!)
  await transaction.answerKey.createMany({
    data: versions.map(({ key, points, authorId }, index) => ({
      questionVersionId: ids[index]!,
      version: 1,
      secret: key,
      ...(points && { points }),
      authorId,
    })),
  })
  return ids
}

/** Holds the pictures too, so that none is removed meanwhile. */
async function refuseForeignPictures(
  transaction: Prisma.TransactionClient,
  versions: readonly NewVersion[],
): Promise<void> {
  const named = versions.flatMap(({ questionId, figureSpec, key }) =>
    uploadedPictures(figureSpec, key).map((pictureId) => ({ questionId, pictureId })),
  )
  if (named.length === 0) return
  const pictureIds = named.map(({ pictureId }) => pictureId)
  await transaction.$queryRaw`
    SELECT id FROM "Picture" WHERE id = ANY(${pictureIds}::text[]) ORDER BY id FOR KEY SHARE`
  const foreign = await transaction.$queryRaw<{ pictureId: string }[]>`
    SELECT DISTINCT named."pictureId"
    FROM unnest(${named.map(({ questionId }) => questionId)}::text[], ${pictureIds}::text[])
      AS named("questionId", "pictureId")
    WHERE NOT EXISTS (
      SELECT FROM "Picture" p
      JOIN "Assignment" s ON s."courseId" = p."courseId"
      JOIN "Question" q ON q."assignmentId" = s.id
      WHERE p.id = named."pictureId" AND q.id = named."questionId"
    )`
  if (foreign.length === 0) return
  const fields = foreign.map(({ pictureId }) => ({
    path: 'body.figureSpec',
    issue: `this course has no picture ${pictureId}`,
  }))
  throw new Problem('invalid-request', undefined, { fields })
}
