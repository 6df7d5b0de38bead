import { isDeepStrictEqual } from 'node:util'
import { Prisma } from '@/lib/database/generated/client'
import { asJson } from '@/lib/database/json'
import { staffDatabase } from '@/lib/database/staff'
import { enqueueVariant } from '@/lib/jobs/queue'
import type { VersionContent } from '@/lib/questions/mutations'
import { carryTexts } from '@/lib/variants/carried-texts'
import { readSuperseded, type Superseded } from '@/lib/variants/carrying/data'
import { dropUnpinned } from '@/lib/variants/mutations'
import { type KnownPictures, namesOf } from '@/lib/variants/names'
import { findRecipeProblems, type VariantRecipe, variantRecipeSchema } from '@/lib/variants/recipe'
import type { VariantTexts } from '@/lib/variants/texts'
import { varietyOf } from '@/lib/variants/variety'

/** A new version, of which variants are to be made. */
interface NewBase {
  readonly questionId: string
  readonly questionVersionId: string
  readonly version: VersionContent
  /** null: nobody, it is seeded. */
  readonly authorId: string | null
}

/**
 * Has variants that came along with a question made of its version, within the transaction that adds it; `ensureVariants`
 * afterwards. What does not fit the version is left out, as where a copy was changed before it was published.
 * @returns which of the recipe's variants fit, by their places in it
 */
export async function adoptRecipe(
  transaction: Prisma.TransactionClient,
  { questionId, questionVersionId, version, authorId }: NewBase,
  recipe: VariantRecipe,
): Promise<readonly number[]> {
  const { content, key, figureSpec: figure } = version
  const problems = findRecipeProblems(recipe, { content, key, figure })
  const concerns = (...place: (string | number)[]) =>
    problems.some(({ path }) => path.length === 0 || place.every((step, at) => path[at] === step))
  const { texts, dealing, made = [] } = recipe
  if (texts && !concerns('texts'))
    await transaction.variantTexts.create({
      data: { baseId: questionVersionId, texts: asJson(texts), authorId, updatedAt: new Date() },
    })
  const fitting = [...made.keys()].filter((index) => !concerns('made', index))
  await transaction.questionVariant.createMany({
    data: fitting.map((index) => ({
      baseId: questionVersionId,
      substitution: made[index]!.pictures as readonly object[] as Prisma.InputJsonArray,
      requestedById: authorId,
      read: made[index]!.read ?? null,
      // In the order that they had.
      createdAt: new Date(Date.now() + index),
    })),
  })
  if (dealing && fitting.length > 0)
    await transaction.question.update({ where: { id: questionId }, data: { dealVariants: true } })
  return fitting
}

/**
 * As `adoptRecipe`, of the version that a new one follows: its variants are made again, and what its texts say of what has
 * not changed is kept. Those that attempts pin stay beside the new ones.
 * @param known the course's pictures
 */
export async function carryVariants(
  transaction: Prisma.TransactionClient,
  base: NewBase,
  known: KnownPictures,
): Promise<void> {
  const superseded = await readSuperseded(transaction, base)
  if (!superseded) return
  const { recipe, variantIds } = superseded
  const texts = textsForNext(superseded, base.version, known)
  const carried = await adoptRecipe(transaction, base, { ...recipe, texts })
  await dropUnpinned(
    transaction,
    carried.map((index) => variantIds[index]!),
  )
}

/** Placeholders count pictures and regions: where these are others, what was written would speak of the wrong ones. */
function textsForNext(
  { base }: Superseded,
  version: VersionContent,
  known: KnownPictures,
): VariantTexts | undefined {
  const next = varietyOf(version.content, version.key, version.figureSpec)
  if (!base.savedTexts || next.kind !== 'varied' || !isDeepStrictEqual(next, base.variety)) return undefined
  return carryTexts(base.savedTexts, base, version, namesOf(next.pictures, known))
}

/** As `adoptRecipe`, of what came along with a copied question that is published for the first time. */
export async function adoptCarried(transaction: Prisma.TransactionClient, base: NewBase): Promise<void> {
  const { questionId } = base
  const row = await transaction.questionDraft.findUnique({
    where: { questionId },
    select: { variants: true },
  })
  if (!row?.variants) return
  await adoptRecipe(transaction, base, variantRecipeSchema.parse(row.variants))
  await transaction.questionDraft.update({ where: { questionId }, data: { variants: Prisma.DbNull } })
}

/** Has the variants that wait measured. Run at start, and after some came along; asking again changes nothing. */
export async function ensureVariants(): Promise<void> {
  const waiting = await staffDatabase.questionVariant.findMany({
    where: { status: 'QUEUED' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      base: { select: { question: { select: { assignment: { select: { courseId: true } } } } } },
    },
  })
  for (const { id, base } of waiting)
    await enqueueVariant({ id, courseId: base.question.assignment.courseId })
}

/**
 * Gives versions the texts that come with the bundled assignment, unless an instructor has written others.
 * @param texts by version id
 */
export async function seedVariantTexts(
  transaction: Prisma.TransactionClient,
  texts: ReadonlyMap<string, VariantRecipe['texts']>,
): Promise<void> {
  const known = await transaction.variantTexts.findMany({ where: { baseId: { in: [...texts.keys()] } } })
  const stored = new Map(known.map((row) => [row.baseId, row]))
  for (const [baseId, own] of texts) {
    const row = stored.get(baseId)
    if (!own || (row && row.authorId !== null)) continue
    if (row && isDeepStrictEqual(row.texts, own)) continue
    const data = { texts: asJson(own), authorId: null, updatedAt: new Date() }
    await transaction.variantTexts.upsert({ where: { baseId }, create: { baseId, ...data }, update: data })
  }
}
