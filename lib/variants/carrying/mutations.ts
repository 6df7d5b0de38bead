import { isDeepStrictEqual } from 'node:util'
import { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { enqueueVariant } from '@/lib/jobs/queue'
import type { VersionContent } from '@/lib/questions/mutations'
import { findRecipeProblems, type VariantRecipe, variantRecipeSchema } from '@/lib/variants/recipe'

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
 */
export async function adoptRecipe(
  transaction: Prisma.TransactionClient,
  { questionId, questionVersionId, version, authorId }: NewBase,
  recipe: VariantRecipe,
): Promise<void> {
  const { content, key, figureSpec: figure } = version
  const problems = findRecipeProblems(recipe, { content, key, figure })
  const concerns = (...place: (string | number)[]) =>
    problems.some(({ path }) => path.length === 0 || place.every((step, at) => path[at] === step))
  const { texts, dealing, made = [] } = recipe
  if (texts && !concerns('texts'))
    await transaction.variantTexts.create({
      data: { baseId: questionVersionId, texts: asJson(texts), authorId, updatedAt: new Date() },
    })
  const fitting = made.filter((_, index) => !concerns('made', index))
  await transaction.questionVariant.createMany({
    data: fitting.map(({ pictures, read }, place) => ({
      baseId: questionVersionId,
      substitution: pictures as readonly object[] as Prisma.InputJsonArray,
      requestedById: authorId,
      read: read ?? null,
      // In the order that they had.
      createdAt: new Date(Date.now() + place),
    })),
  })
  if (dealing && fitting.length > 0)
    await transaction.question.update({ where: { id: questionId }, data: { dealVariants: true } })
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

/** Read-only data of ours as Prisma's type of the same form. */
function asJson(value: object): Prisma.InputJsonObject {
  return value as Prisma.InputJsonObject
}
