import { recordAudit } from '@/lib/audit/mutations'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { requestFigures } from '@/lib/figures/mutations'
import { findKeyProblems } from '@/lib/questions/key-consistency'
import { addVersions, lockLatestVersions } from '@/lib/questions/mutations'
import { readBaseVersion, textsOfBase, type VariantBase } from '@/lib/variants/base/data'
import { type VariantPlan, variantOf } from '@/lib/variants/making'
import { dropVariant } from '@/lib/variants/mutations'
import { type KnownPictures, namesOf } from '@/lib/variants/names'
import { hashOfRead } from '@/lib/variants/recipe'
import type { RecomputedPart } from '@/lib/variants/recomputed-key'
import { substitutionSchema } from '@/lib/variants/schema'
import { isSameSubstitution, type Substitution } from '@/lib/variants/substitution'
import type { VariantTexts } from '@/lib/variants/texts'
import type { VariedPicture } from '@/lib/variants/variety'
import { storeVerdict } from '@/lib/verification/mutations'

/** What the worker does to a variant that it measures. */

export interface BegunVariant {
  readonly base: VariantBase
  readonly pictures: readonly VariedPicture[]
  readonly substitution: Substitution
  readonly requestedById: string | null
}

/** @returns what to make; null when it has ended, or nobody wants it any more. */
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

export async function reportVariant(variantId: string, done: number, total: number): Promise<void> {
  await staffDatabase.questionVariant.updateMany({ where: { id: variantId }, data: { done, total } })
}

/** It stopped before its end, and will be taken up again or not. */
export async function endVariant(variantId: string, status: 'QUEUED' | 'FAILED'): Promise<void> {
  await staffDatabase.questionVariant.updateMany({ where: { id: variantId }, data: { status } })
}

/** @returns the texts with which a variant is filled. */
export function textsForVariant({ base, pictures }: BegunVariant, known: KnownPictures): VariantTexts {
  return textsOfBase(base, namesOf(pictures, known))
}

/**
 * Keeps what was measured. Where every part's key is clearly supported, the variant becomes a version with its
 * verdicts, in the place of one that was made of the same pictures before.
 */
export async function storeVariant(
  variantId: string,
  plan: VariantPlan & Pick<BegunVariant, 'base' | 'requestedById'>,
  key: Parameters<typeof variantOf>[1],
  found: readonly RecomputedPart[],
): Promise<void> {
  const outcome = found as readonly object[] as Prisma.InputJsonArray
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
    // Where it comes from, somebody has read just this and let it be dealt.
    const dealt = row.read !== null && row.read === hashOfRead(plan.base, made)
    await transaction.questionVariant.update({
      where: { id: variantId },
      data: { status: 'SUPPORTED', outcome, versionId: versionId!, dealt },
    })
    await recordAudit(transaction, {
      actorId: authorId,
      action: 'variant.make',
      subject: `question:${questionId}`,
      after: {
        version: number,
        ...(dealt && { dealt }),
        substitution: plan.substitution as readonly object[] as Prisma.InputJsonArray,
      },
    })
    const { id } = await transaction.answerKey.findFirstOrThrow({
      where: { questionVersionId: versionId! },
      select: { id: true },
    })
    return id
  })
  if (answerKeyId === null) return
  for (const { partId, verdict } of found) await storeVerdict({ answerKeyId }, partId, verdict)
  await requestFigures({ id: questionId })
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
  for (const other of others.filter((row) =>
    isSameSubstitution(substitutionSchema.parse(row.substitution), substitution),
  ))
    if (other.version && other.version._count.pins > 0)
      await transaction.questionVariant.update({ where: { id: other.id }, data: { dealt: false } })
    else await dropVariant(transaction, other)
}

/** A key that was clearly supported no longer is, as the model or the picture is another. */
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
