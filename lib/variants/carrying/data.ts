import type { QuestionAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { allOfVersion, baseOf, contentOf, type VariantBase, withLatestKey } from '@/lib/variants/base/data'
import { hashOfRead, type VariantRecipe, variantRecipeSchema } from '@/lib/variants/recipe'
import { substitutionSchema } from '@/lib/variants/schema'

const withVariants = {
  ...allOfVersion,
  variants: {
    // What was refused would be again.
    where: { status: { in: ['QUEUED', 'COMPUTING', 'SUPPORTED'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { version: { include: withLatestKey } },
  },
} as const satisfies Prisma.QuestionVersionInclude

type RowWithVariants = Prisma.QuestionVersionGetPayload<{ include: typeof withVariants }>

/**
 * For functions that the gate has let through.
 * @returns by question id, how the variants of its latest version are made; questions without texts or variants are left out.
 */
export async function readRecipes(
  client: Pick<Prisma.TransactionClient, 'question'>,
  questionIds: readonly string[],
): Promise<ReadonlyMap<string, VariantRecipe>> {
  const rows = await client.question.findMany({
    where: {
      id: { in: [...questionIds] },
      versions: { some: { OR: [{ variantTexts: { isNot: null } }, { variants: { some: {} } }] } },
    },
    select: {
      id: true,
      dealVariants: true,
      versions: { orderBy: { version: 'desc' }, take: 1, include: withVariants },
    },
  })
  return new Map(
    rows.flatMap(({ id, dealVariants, versions: [version] }) => {
      const recipe = version && recipeOf(version, dealVariants)
      return recipe ? [[id, recipe] as const] : []
    }),
  )
}

/** A version with the variants that the next version takes over. */
export interface Superseded {
  readonly base: VariantBase
  readonly recipe: VariantRecipe
  /** In the recipe's order. */
  readonly variantIds: readonly string[]
}

/** @returns the version that came before one, with its variants; null: there is none, or it has neither variants nor texts. */
export async function readSuperseded(
  client: Pick<Prisma.TransactionClient, 'questionVersion'>,
  { questionId, questionVersionId }: { readonly questionId: string; readonly questionVersionId: string },
): Promise<Superseded | null> {
  const row = await client.questionVersion.findFirst({
    where: { questionId, id: { not: questionVersionId }, version: { gt: 0 } },
    orderBy: { version: 'desc' },
    include: { ...withVariants, question: { select: { dealVariants: true } } },
  })
  const recipe = row && recipeOf(row, row.question.dealVariants)
  return recipe && { base: baseOf(row), recipe, variantIds: row.variants.map(({ id }) => id) }
}

function recipeOf(row: RowWithVariants, dealing: boolean): VariantRecipe | null {
  const base = baseOf(row)
  const { savedTexts } = base
  const made = row.variants.map(({ substitution, dealt, read, status, version }) => {
    const seen =
      dealt && version ? hashOfRead(base, contentOf(version)) : status === 'SUPPORTED' ? null : read
    return { pictures: substitutionSchema.parse(substitution), ...(seen && { read: seen }) }
  })
  if (!savedTexts && made.length === 0) return null
  return {
    ...(savedTexts && { texts: savedTexts }),
    ...(dealing && { dealing }),
    ...(made.length > 0 && { made }),
  }
}

/** @returns how many variants came along with a question that was copied and never published. */
export async function countCarried({ questionId }: QuestionAccess<'question.edit'>): Promise<number> {
  const row = await staffDatabase.questionDraft.findUnique({
    where: { questionId },
    select: { variants: true },
  })
  return row?.variants ? (variantRecipeSchema.parse(row.variants).made?.length ?? 0) : 0
}
