import { type FieldProblem, Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { QuestionAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { asJson } from '@/lib/database/json'
import { staffDatabase } from '@/lib/database/staff'
import { checkFigure } from '@/lib/figure-previews/service'
import { installedSources } from '@/lib/figures/installed-sources'
import type { FigureSources } from '@/lib/figures/sources'
import { enqueueVariant, queue, variantJobKey } from '@/lib/jobs/queue'
import { readVariantBase } from '@/lib/variants/base/data'
import { readKnownPictures } from '@/lib/variants/data'
import { namesOf } from '@/lib/variants/names'
import { substitutionSchema } from '@/lib/variants/schema'
import { isSameSubstitution, type Substitution, substituteFigure } from '@/lib/variants/substitution'
import { findTextProblems, isOfParts, type VariantTexts } from '@/lib/variants/texts'
import { findSubstitutionProblems } from '@/lib/variants/variety'

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
    const same = waiting.find(
      (row) =>
        row.baseId === base.questionVersionId &&
        isSameSubstitution(substitutionSchema.parse(row.substitution), substitution),
    )
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
    await holdVariants(transaction, [variantId])
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

/** Removes variants that no attempt pins. */
export async function dropUnpinned(
  transaction: Prisma.TransactionClient,
  variantIds: readonly string[],
): Promise<void> {
  await holdVariants(transaction, variantIds)
  const unpinned = await transaction.questionVariant.findMany({
    where: {
      id: { in: [...variantIds] },
      OR: [{ versionId: null }, { version: { pins: { none: {} } } }],
    },
  })
  for (const row of unpinned) await dropVariant(transaction, row)
}

/** Attempts that begin wait, and then do not find what was removed; those that have begun are counted. */
async function holdVariants(
  transaction: Prisma.TransactionClient,
  variantIds: readonly string[],
): Promise<void> {
  await transaction.$queryRaw`
    SELECT v.id FROM "QuestionVersion" v JOIN "QuestionVariant" r ON r."versionId" = v.id
    WHERE r.id = ANY(${[...variantIds]}::text[]) ORDER BY v.id FOR UPDATE OF v`
}

/** Removes a variant with its version, and the job that makes it. */
export async function dropVariant(
  transaction: Prisma.TransactionClient,
  { id, versionId }: { readonly id: string; readonly versionId: string | null },
): Promise<void> {
  if (versionId !== null) await transaction.questionVersion.delete({ where: { id: versionId } })
  else await transaction.questionVariant.delete({ where: { id } })
  await transaction.$queryRaw`SELECT 1 FROM graphile_worker.remove_job(${variantJobKey(id)})`
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
