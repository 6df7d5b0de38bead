import { type FieldProblem, Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { QuestionAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { checkFigure } from '@/lib/figure-previews/service'
import { installedSources } from '@/lib/figures/installed-sources'
import type { FigureSources } from '@/lib/figures/sources'
import { enqueueFigureRequests, enqueueVariant, queue, variantJobKey } from '@/lib/jobs/queue'
import { findKeyProblems } from '@/lib/questions/key-consistency'
import { addVersions, lockLatestVersions } from '@/lib/questions/mutations'
import {
  readBaseVersion,
  readKnownPictures,
  readVariantBase,
  textsOfBase,
  type VariantBase,
} from '@/lib/variants/data'
import type { VariantPlan } from '@/lib/variants/making'
import { variantOf } from '@/lib/variants/making'
import { type KnownPictures, namesOf } from '@/lib/variants/names'
import type { RecomputedPart } from '@/lib/variants/recomputed-key'
import { substitutionSchema } from '@/lib/variants/schema'
import { type Substitution, substituteFigure } from '@/lib/variants/substitution'
import { findTextProblems, isOfParts, type VariantTexts } from '@/lib/variants/texts'
import { findSubstitutionProblems, type VariedPicture } from '@/lib/variants/variety'
import { storeVerdict } from '@/lib/verification/mutations'

type EditAccess = QuestionAccess<'question.edit'>

/** Variants of a question that may wait or be measured at a time: as many as there are other pictures, and some. */
const mostWaiting = 30

/**
 * Saves the texts of a question's variants. Variants that were made keep theirs.
 * @throws Problem `version-outdated`; `invalid-request` for texts of other parts, and for placeholders that are wrong.
 */
export async function saveVariantTexts(
  { questionId, courseId, viewer }: EditAccess,
  { basedOn, texts }: { readonly basedOn: number; readonly texts: VariantTexts },
): Promise<void> {
  const { base, pictures } = await readVaried(questionId, basedOn)
  if (!isOfParts(texts, base.content.parts))
    throw refused([
      { path: 'body.texts.parts', issue: 'expected just the parts and options of the question' },
    ])
  const names = namesOf(pictures, await readKnownPictures(courseId))
  const problems = findTextProblems(texts, names)
  if (problems.length > 0)
    throw refused(
      problems.map(({ path, issue, placeholder }) => ({
        path: `body.texts.${path}`,
        issue: `${issue} ${placeholder}`.trimEnd(),
      })),
    )
  const saved = { texts: asJson(texts), authorId: viewer.userId, updatedAt: new Date() }
  await staffDatabase.variantTexts.upsert({
    where: { baseId: base.questionVersionId },
    create: { baseId: base.questionVersionId, ...saved },
    update: saved,
  })
}

/**
 * Asks for a variant to be made: the worker measures the claims on the other pictures. Asking again for one that waits changes
 * nothing; one that was made is made anew, and takes its place.
 * @throws Problem `version-outdated`; `invalid-request` where the question can have none, or pictures and regions do not fit;
 * `figure-impossible`; `variant-limit`.
 */
export async function askForVariant(
  { questionId, courseId, viewer }: EditAccess,
  { basedOn, substitution }: { readonly basedOn: number; readonly substitution: Substitution },
  sources: FigureSources = installedSources(),
): Promise<{ readonly variantId: string }> {
  const { base, pictures } = await readVaried(questionId, basedOn)
  const known = await readKnownPictures(courseId)
  const problems = findSubstitutionProblems(
    pictures,
    substitution,
    (picture) => known.get(picture)?.regions.map(({ en }) => en) ?? null,
  )
  if (problems.length > 0)
    throw refused(
      problems.map(({ issue, subject }) => ({
        path: 'body.substitution',
        issue: `${issue} ${subject}`.trimEnd(),
      })),
    )
  await checkFigure(substituteFigure(base.figureSpec!, substitution), sources)
  const variantId = await staffDatabase.$transaction(async (transaction) => {
    await holdQuestion(transaction, questionId)
    const waiting = await transaction.questionVariant.findMany({
      where: { base: { questionId }, status: { in: ['QUEUED', 'COMPUTING'] } },
    })
    const same = waiting.find((row) => row.baseId === base.questionVersionId && isSame(row, substitution))
    if (same) return same.id
    if (waiting.length >= mostWaiting)
      throw new Problem('variant-limit', questionId, { facts: { most: mostWaiting } })
    const { id } = await transaction.questionVariant.create({
      data: {
        baseId: base.questionVersionId,
        substitution: asJson(substitution),
        requestedById: viewer.userId,
      },
    })
    return id
  })
  await enqueueVariant({ id: variantId, courseId })
  return { variantId }
}

/**
 * Lets a variant be dealt, by somebody who has read it, or takes it back. Attempts that pin it keep it.
 * @throws Problem `not-found` for one that the question does not have, or whose key is not clearly supported.
 */
export async function setVariantDealt(
  { questionId, viewer }: EditAccess,
  variantId: string,
  dealt: boolean,
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    const row = await transaction.questionVariant.findFirst({
      where: { id: variantId, base: { questionId }, status: 'SUPPORTED' },
      include: { version: { select: { version: true } } },
    })
    if (!row) throw new Problem('not-found', `variant ${variantId} of question ${questionId}`)
    if (row.dealt === dealt) return
    await transaction.questionVariant.update({ where: { id: variantId }, data: { dealt } })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: dealt ? 'variant.deal' : 'variant.withdraw',
      subject: `question:${questionId}`,
      after: { version: row.version!.version },
    })
  })
}

/** Whether attempts that begin from now on get the question or one of its variants, each at random. */
export async function setVariantDealing({ questionId, viewer }: EditAccess, dealing: boolean): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.question.updateMany({
      where: { id: questionId, dealVariants: !dealing },
      data: { dealVariants: dealing },
    })
    if (count === 0) return
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'variant.dealing',
      subject: `question:${questionId}`,
      after: { dealing },
    })
  })
}

/**
 * Removes a variant, or cancels its making.
 * @throws Problem `not-found`; `variant-in-use` when attempts pin it: it can only be taken back.
 */
export async function removeVariant({ questionId, viewer }: EditAccess, variantId: string): Promise<void> {
  await queue() // Makes the queue's tables when they are missing.
  await staffDatabase.$transaction(async (transaction) => {
    await holdQuestion(transaction, questionId)
    // Attempts that begin wait, and then do not find it; those that have begun are counted.
    await transaction.$queryRaw`
      SELECT v.id FROM "QuestionVersion" v JOIN "QuestionVariant" r ON r."versionId" = v.id
      WHERE r.id = ${variantId} FOR UPDATE OF v`
    const row = await transaction.questionVariant.findFirst({
      where: { id: variantId, base: { questionId } },
      include: { version: { include: { _count: { select: { pins: true } } } } },
    })
    if (!row) throw new Problem('not-found', `variant ${variantId} of question ${questionId}`)
    if (row.version && row.version._count.pins > 0) throw new Problem('variant-in-use', variantId)
    await dropVariant(transaction, row)
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'variant.remove',
      subject: `question:${questionId}`,
      before: { status: row.status, substitution: row.substitution as Prisma.InputJsonArray },
    })
  })
}

async function dropVariant(
  transaction: Prisma.TransactionClient,
  { id, versionId }: { readonly id: string; readonly versionId: string | null },
): Promise<void> {
  if (versionId !== null) await transaction.questionVersion.delete({ where: { id: versionId } })
  else await transaction.questionVariant.delete({ where: { id } })
  await transaction.$queryRaw`SELECT 1 FROM graphile_worker.remove_job(${variantJobKey(id)})`
}

export interface BegunVariant {
  readonly base: VariantBase
  readonly pictures: readonly VariedPicture[]
  readonly substitution: Substitution
  readonly requestedById: string | null
}

/** For the worker. @returns what to make; null when it has ended, or nobody wants it any more. */
export async function beginVariant(variantId: string): Promise<BegunVariant | null> {
  const { count } = await staffDatabase.questionVariant.updateMany({
    where: { id: variantId, status: { in: ['QUEUED', 'COMPUTING', 'FAILED'] } },
    data: { status: 'COMPUTING', done: 0 },
  })
  const row = count > 0 && (await staffDatabase.questionVariant.findUnique({ where: { id: variantId } }))
  if (!row) return null
  const base = await readBaseVersion(row.baseId)
  const { variety } = base
  // A regrade has given the question another kind of key meanwhile.
  if (variety.kind !== 'varied') return endVariant(variantId, 'FAILED').then(() => null)
  return {
    base,
    pictures: variety.pictures,
    substitution: substitutionSchema.parse(row.substitution),
    requestedById: row.requestedById,
  }
}

/** For the worker. */
export async function reportVariant(variantId: string, done: number, total: number): Promise<void> {
  await staffDatabase.questionVariant.updateMany({ where: { id: variantId }, data: { done, total } })
}

/** For the worker: it stopped before its end, and will be taken up again or not. */
export async function endVariant(variantId: string, status: 'QUEUED' | 'FAILED'): Promise<void> {
  await staffDatabase.questionVariant.updateMany({ where: { id: variantId }, data: { status } })
}

/** For the worker: the texts with which a variant is filled. */
export function textsForVariant({ base, pictures }: BegunVariant, known: KnownPictures): VariantTexts {
  return textsOfBase(base, namesOf(pictures, known))
}

/**
 * For the worker: keeps what was measured. Where every part's key is clearly supported, the variant becomes a version with its
 * verdicts, in the place of one that was made of the same pictures before.
 */
export async function storeVariant(
  variantId: string,
  plan: VariantPlan & Pick<BegunVariant, 'base' | 'requestedById'>,
  key: Parameters<typeof variantOf>[1],
  found: readonly RecomputedPart[],
): Promise<void> {
  const outcome = asJson(found)
  const { questionId, questionVersionId } = plan.base
  const supported = found.every(({ refusal }) => refusal === null)
  const made = supported ? variantOf(plan, key, found) : null
  const isSound = made !== null && findKeyProblems(made.content, made.key).length === 0
  if (supported && !isSound) throw new Error(`variant ${variantId} has a key that does not fit its question`)
  const answerKeyId = await staffDatabase.$transaction(async (transaction) => {
    await lockLatestVersions(transaction, [questionId])
    const row = await transaction.questionVariant.findUnique({ where: { id: variantId } })
    if (!row) return null
    if (!made) {
      await transaction.questionVariant.update({
        where: { id: variantId },
        data: { status: 'REFUSED', outcome },
      })
      return null
    }
    await replaceSame(transaction, { variantId, baseId: questionVersionId, substitution: plan.substitution })
    const { _min } = await transaction.questionVersion.aggregate({
      where: { questionId },
      _min: { version: true },
    })
    const number = Math.min(0, _min.version ?? 0) - 1
    const authorId = plan.requestedById
    const [versionId] = await addVersions(transaction, [
      { ...made, questionId, number, origin: 'INSTRUCTOR', authorId },
    ])
    await transaction.questionVariant.update({
      where: { id: variantId },
      data: { status: 'SUPPORTED', outcome, versionId: versionId! },
    })
    await recordAudit(transaction, {
      actorId: authorId,
      action: 'variant.make',
      subject: `question:${questionId}`,
      after: { version: number, substitution: asJson(plan.substitution) },
    })
    const { id } = await transaction.answerKey.findFirstOrThrow({
      where: { questionVersionId: versionId! },
      select: { id: true },
    })
    return id
  })
  if (answerKeyId === null) return
  for (const { partId, verdict } of found) await storeVerdict({ answerKeyId }, partId, verdict)
  await enqueueFigureRequests()
}

/** Those that attempts pin stay and are dealt no more. */
async function replaceSame(
  transaction: Prisma.TransactionClient,
  {
    variantId,
    baseId,
    substitution,
  }: { readonly variantId: string; readonly baseId: string; readonly substitution: Substitution },
): Promise<void> {
  const others = await transaction.questionVariant.findMany({
    where: { baseId, id: { not: variantId }, status: { in: ['SUPPORTED', 'REFUSED', 'FAILED'] } },
    include: { version: { include: { _count: { select: { pins: true } } } } },
  })
  for (const other of others.filter((row) => isSame(row, substitution)))
    if (other.version && other.version._count.pins > 0)
      await transaction.questionVariant.update({ where: { id: other.id }, data: { dealt: false } })
    else await dropVariant(transaction, other)
}

/** For the worker: a key that was clearly supported no longer is, as the model or the picture is another. */
export async function withdrawVariant(variantId: string): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.questionVariant.updateMany({
      where: { id: variantId, dealt: true },
      data: { dealt: false },
    })
    if (count === 0) return
    const { base, version } = await transaction.questionVariant.findUniqueOrThrow({
      where: { id: variantId },
      include: { base: true, version: true },
    })
    await recordAudit(transaction, {
      actorId: null,
      action: 'variant.withdraw',
      subject: `question:${base.questionId}`,
      after: { version: version!.version },
    })
  })
}

/** @throws Problem `version-outdated`; `invalid-request` where the question can have no variants. */
async function readVaried(questionId: string, basedOn: number) {
  const base = await readVariantBase(staffDatabase, questionId)
  if (base?.version !== basedOn)
    throw new Problem(
      'version-outdated',
      `question ${questionId} is at ${base?.version ?? 0}, not ${basedOn}`,
    )
  const { variety } = base
  if (variety.kind === 'varied') return { base, pictures: variety.pictures }
  throw refused(
    variety.reasons.map(({ reason, partId }) => ({
      path: 'question',
      issue: partId === null ? reason : `${reason} in part ${partId}`,
    })),
  )
}

function refused(fields: readonly FieldProblem[]): Problem {
  return new Problem('invalid-request', undefined, { fields: [...fields] })
}

async function holdQuestion(transaction: Prisma.TransactionClient, questionId: string): Promise<void> {
  await transaction.$queryRaw`SELECT id FROM "Question" WHERE id = ${questionId} FOR NO KEY UPDATE`
}

function isSame(row: { readonly substitution: unknown }, substitution: Substitution): boolean {
  return nameOf(substitutionSchema.parse(row.substitution)) === nameOf(substitution)
}

/** The same whatever the order of pictures and regions. */
function nameOf(substitution: Substitution): string {
  return JSON.stringify(
    substitution
      .map(({ from, to, regions }) => JSON.stringify([from, to, Object.entries(regions).sort()]))
      .sort(),
  )
}

/** Read-only data of ours as Prisma's type of the same form. */
function asJson(value: object): Prisma.InputJsonObject {
  return value as Prisma.InputJsonObject
}
