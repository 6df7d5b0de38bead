import { z } from 'zod'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { questionContentSchema, questionKeySchema } from '@/lib/questions/content'
import type { StaffQuestionView } from '@/lib/questions/data'

export const staffQuestionSchema: z.ZodType<StaffQuestionView> = z.object({
  questionId: z.string(),
  slug: z.string(),
  position: z.int(),
  questionVersionId: z.string(),
  version: z.int(),
  keyVersion: z.int(),
  origin: z.enum(['SEED', 'INSTRUCTOR']),
  content: questionContentSchema,
  key: questionKeySchema,
  figureSpec: figureSpecSchema.nullable(),
  figureRequestId: z.string().nullable(),
  trustRequestId: z.string().nullable(),
})

export const newVersionSchema = z.strictObject({
  /** The version that the change starts from, 0 for the first; another one meanwhile refuses the change. */
  basedOn: z.int().min(0),
  /** The version of its key that is known, 1 for the first; one that a regrade has made meanwhile refuses the change. */
  knownKey: z.int().min(1).optional(),
  content: questionContentSchema,
  key: questionKeySchema,
  figureSpec: figureSpecSchema.nullable(),
  /** Why a key is published that the model contradicts; asked for only then, and kept in the audit. */
  reason: z.string().trim().min(1).max(2000).optional(),
  /** Of the draft that this is; the draft ends with it. Another revision meanwhile refuses the change. */
  draftRevision: z.int().min(0).optional(),
})

export const publishedSchema = z.object({ questionVersionId: z.string(), version: z.int() })
