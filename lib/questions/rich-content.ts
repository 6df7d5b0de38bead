import { z } from 'zod'
import { bilingualSchema, optionSchema, partSchema, type QuestionKey, questionContentSchema } from './content'

/**
 * Questions as pages show them: every text with the HTML that its Markdown becomes, rendered where the text was read
 * (`rendered-content.ts`), so that browsers need no Markdown.
 */

/** `html`: safe HTML by language; null where the texts are no more than their characters. */
export const richBilingualSchema = bilingualSchema.extend({
  html: z.strictObject({ zh: z.string().nullable(), en: z.string().nullable() }).nullable(),
})

const richPartSchema = partSchema.extend({
  prompt: richBilingualSchema.optional(),
  options: z.array(optionSchema.extend({ text: richBilingualSchema })).min(2),
})

export const richContentSchema = questionContentSchema.extend({
  prompt: richBilingualSchema,
  parts: z.array(richPartSchema).min(1),
})

export type RichBilingual = z.infer<typeof richBilingualSchema>
export type RichPart = z.infer<typeof richPartSchema>
export type RichContent = z.infer<typeof richContentSchema>
export type RichKey = {
  readonly [partId: string]: QuestionKey[string] & { readonly explanation: RichBilingual }
}
