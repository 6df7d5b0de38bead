import { z } from 'zod'
import { idSchema } from '@/lib/attempts/schema'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { tagsSchema } from '@/lib/interchange/assignment-document'
import { topicSchema } from '@/lib/questions/content'
import { VERDICTS } from '@/lib/verification/part-verdict'

/** Kinds of figures. */
export const figureLayouts = figureSpecSchema.options.map(({ shape }) => shape.layout.value)

/** A choice of a form: whatever is not one of `values` is as if nothing was chosen. */
const choice = <Value extends string>(values: readonly Value[]) => z.enum(values).optional().catch(undefined)

/** What may be asked of the bank; parts of an address that say nothing are left out. */
export const bankQuerySchema = z.object({
  /** Words that a question must have, in either language. */
  q: z.string().trim().max(200).catch(''),
  tag: z.string().trim().min(1).max(40).optional().catch(undefined),
  topic: choice(topicSchema.options),
  /** `none`: questions without a figure. */
  figure: choice([...figureLayouts, 'none']),
  /** Of any part of the latest key. */
  verdict: choice([...VERDICTS, 'unchecked']),
  /** Left out: questions that attempts may have now. */
  archived: choice(['with', 'only']),
  /** Slug of the course. */
  course: z.string().min(1).max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})

export const questionTagsSchema = z.strictObject({ tags: tagsSchema })

export const questionCopiesSchema = z.strictObject({ questionIds: z.array(idSchema).min(1).max(100) })
export const copiedQuestionsSchema = z.object({
  questions: z.array(z.object({ questionId: z.string(), slug: z.string() })),
})

export type BankQuery = z.output<typeof bankQuerySchema>
