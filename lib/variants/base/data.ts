import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { keyPointsSchema, questionContentSchema, questionKeySchema } from '@/lib/questions/content'
import { withKeyPoints } from '@/lib/questions/effective-points'
import type { VersionContent } from '@/lib/questions/mutations'
import { variantTextsSchema } from '@/lib/variants/schema'
import { isOfParts, type Names, suggestTexts, type VariantTexts } from '@/lib/variants/texts'
import { type Variety, varietyOf } from '@/lib/variants/variety'
import type { TextsOrigin } from '@/lib/variants/view'

/** The versions that variants are made from. */

export const withLatestKey = { keys: { orderBy: { version: 'desc' }, take: 1 } } as const

/** A version as `baseOf` reads it. */
export const allOfVersion = {
  ...withLatestKey,
  variantTexts: true,
} as const satisfies Prisma.QuestionVersionInclude

type VersionRow = Prisma.QuestionVersionGetPayload<{ include: typeof withLatestKey }>

/** A version with its latest key, and what of it can be another. */
export interface VariantBase extends VersionContent {
  readonly questionVersionId: string
  readonly questionId: string
  readonly version: number
  readonly variety: Variety
  /** As they were saved; null: never, or of other parts than the version has. */
  readonly savedTexts: VariantTexts | null
  readonly textsFrom: TextsOrigin
}

/**
 * For functions that the gate has let through.
 * @returns the latest version of a question, of which variants are made; null before the first.
 */
export async function readVariantBase(
  client: Pick<Prisma.TransactionClient, 'questionVersion'>,
  questionId: string,
): Promise<VariantBase | null> {
  const row = await client.questionVersion.findFirst({
    where: { questionId },
    orderBy: { version: 'desc' },
    include: allOfVersion,
  })
  return row && baseOf(row)
}

/** For the worker: as `readVariantBase`, by the version. */
export async function readBaseVersion(questionVersionId: string): Promise<VariantBase> {
  return baseOf(
    await staffDatabase.questionVersion.findUniqueOrThrow({
      where: { id: questionVersionId },
      include: allOfVersion,
    }),
  )
}

/** @returns a version as what variants are made from. */
export function baseOf(row: Prisma.QuestionVersionGetPayload<{ include: typeof allOfVersion }>): VariantBase {
  const version = contentOf(row)
  const stored = row.variantTexts && variantTextsSchema.parse(row.variantTexts.texts)
  const savedTexts = stored && isOfParts(stored, version.content.parts) ? stored : null
  return {
    ...version,
    questionVersionId: row.id,
    questionId: row.questionId,
    version: row.version,
    variety: varietyOf(version.content, version.key, version.figureSpec),
    savedTexts,
    textsFrom: !savedTexts ? 'suggested' : row.variantTexts?.authorId ? 'saved' : 'provided',
  }
}

/** @returns a version with its latest key. */
export function contentOf({ content, figureSpec, keys: [key] }: VersionRow): VersionContent {
  return {
    content: withKeyPoints(questionContentSchema.parse(content), keyPointsSchema.parse(key?.points ?? {})),
    key: key ? questionKeySchema.parse(key.secret) : {},
    figureSpec: figureSpec === null ? null : figureSpecSchema.parse(figureSpec),
  }
}

/** @returns the texts of its variants: as saved, or else as suggested. */
export function textsOfBase(base: VariantBase, own: Names): VariantTexts {
  return base.savedTexts ?? suggestTexts(base.content, own)
}
