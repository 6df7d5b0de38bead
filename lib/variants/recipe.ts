import { z } from 'zod'
import { hashOfJson } from '@/lib/explainers/evidence'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { QuestionContent, QuestionKey } from '@/lib/questions/content'
import { substitutionSchema, variantTextsSchema } from '@/lib/variants/schema'
import type { Substitution } from '@/lib/variants/substitution'
import { findTextProblems, isOfParts, type Names, type VariantTexts } from '@/lib/variants/texts'
import { findSubstitutionProblems, type VariedPicture, varietyOf } from '@/lib/variants/variety'

/**
 * What of a question's variants goes from place to place, in copies and files: how they are made, never what they came out
 * as. Their keys are measured where they arrive.
 */
export const variantRecipeSchema = z.strictObject({
  /** With placeholders. Left out: as they are suggested. */
  texts: variantTextsSchema.optional(),
  /** Each attempt gets the question or one of its variants. Left out: only the question. */
  dealing: z.literal(true).optional(),
  made: z
    .array(
      z.strictObject({
        pictures: substitutionSchema,
        /** What somebody has read of it, see `hashOfRead`. Left out: nobody has. */
        read: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    )
    .max(200)
    .optional(),
})
export type VariantRecipe = z.output<typeof variantRecipeSchema>

/** A question as far as its variants are concerned. */
interface Asked {
  readonly content: Pick<QuestionContent, 'prompt' | 'parts'>
  readonly key: QuestionKey
}

/**
 * Names what somebody sees who reads a variant beside its question: prompts, options, and which of them are keyed, of both.
 * Ids and numbers of questions, which copies have of their own, do not count, nor do explanations, in which the same
 * measurement may end in another digit on another machine.
 * @returns SHA-256, hexadecimal
 */
export function hashOfRead(base: Asked, variant: Asked): string {
  return hashOfJson([base, variant].map(seenOf))
}

function seenOf({ content: { prompt, parts }, key }: Asked) {
  return {
    prompt,
    parts: parts.map((part) => ({
      prompt: part.prompt ?? null,
      options: part.options.map(({ id, text }) => ({
        text,
        keyed: key[part.id]?.correct.includes(id) ?? false,
      })),
    })),
  }
}

/** @returns ids of the uploaded pictures on which variants are made. */
export function picturesOfRecipe({ made = [] }: VariantRecipe): string[] {
  const named = made.flatMap(({ pictures }) => pictures.flatMap(({ from, to }) => [from, to]))
  return [...new Set(named.filter((name) => typeof name === 'string'))]
}

/** @returns the recipe, with pictures called by other names. */
export function renamePicturesOfRecipe(
  { made, ...recipe }: VariantRecipe,
  rename: (name: PictureName) => PictureName,
): VariantRecipe {
  const other = (substitution: Substitution) =>
    substitution.map(({ from, to, regions }) => ({ from: rename(from), to: rename(to), regions }))
  return { ...recipe, ...(made && { made: made.map((one) => ({ ...one, pictures: other(one.pictures) })) }) }
}

type Parts = readonly { readonly id: string; readonly options: readonly { readonly id: string }[] }[]

/** @returns the recipe for a copy of the question, whose parts and options have other ids in the same places. */
export function recipeForParts({ texts, ...recipe }: VariantRecipe, from: Parts, to: Parts): VariantRecipe {
  if (!texts) return recipe
  const parts = from.flatMap(({ id, options }, place): [string, VariantTexts['parts'][string]][] => {
    const own = texts.parts[id]
    const other = to[place]
    if (!own || !other) return []
    const renamed = options.flatMap((option, at) => {
      const text = own.options[option.id]
      return text ? [[other.options[at]!.id, text] as const] : []
    })
    return [[other.id, { ...own, options: Object.fromEntries(renamed) }]]
  })
  return { ...recipe, texts: { ...texts, parts: Object.fromEntries(parts) } }
}

/** What of a recipe does not fit its question. */
export interface RecipeProblem {
  /** Within the recipe. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** @returns what is wrong without looking at any picture; whether their regions are there is found out by measuring. */
export function findRecipeProblems(
  { texts, made = [] }: VariantRecipe,
  { content, key, figure }: Asked & { readonly figure: FigureSpec | null },
): RecipeProblem[] {
  const variety = varietyOf(content, key, figure)
  if (variety.kind === 'fixed') {
    const why = variety.reasons.map(({ reason, partId }) => (partId ? `${partId}: ${reason}` : reason))
    return [{ path: [], message: `this question can have no variants (${why.join(', ')})` }]
  }
  return [
    ...(texts ? findTextsProblems(texts, content.parts, variety.pictures) : []),
    ...made.flatMap(({ pictures }, index) =>
      findSubstitutionProblems(variety.pictures, pictures, (name) => regionsFor(pictures, name)).map(
        ({ issue, subject }) => ({
          path: ['made', index, 'pictures'],
          message: `${issue} ${subject}`.trimEnd(),
        }),
      ),
    ),
  ]
}

/** As if each picture had just the regions that are named of it. */
function regionsFor(substitution: Substitution, name: PictureName): string[] {
  return substitution.flatMap(({ to, regions }) => (to === name ? Object.values(regions) : []))
}

function findTextsProblems(
  texts: VariantTexts,
  parts: QuestionContent['parts'],
  pictures: readonly VariedPicture[],
): RecipeProblem[] {
  if (!isOfParts(texts, parts))
    return [{ path: ['texts', 'parts'], message: 'expected just the parts and options of the question' }]
  const nameless = { zh: '', en: '' }
  // Only how many there are counts.
  const names: Names = {
    pictures: pictures.map(({ picture }) => ({ picture, name: nameless })),
    regions: pictures.flatMap(({ regions }) => regions.map(() => nameless)),
  }
  return findTextProblems(texts, names).map(({ path, issue, placeholder }) => ({
    path: ['texts', ...path.split('.')],
    message: `${issue} ${placeholder}`.trimEnd(),
  }))
}
