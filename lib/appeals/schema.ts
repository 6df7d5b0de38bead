import { z } from 'zod'
import { adjustmentSchema } from '@/lib/adjustments/schema'
import { longestText } from '@/lib/appeals/lease'
import type { AppealHolder, OwnAppeal, OwnAppeals } from '@/lib/appeals/view'

const textSchema = z.string().trim().min(1).max(longestText)

export const askAppealSchema = z.strictObject({ text: textSchema })

export const answerAppealSchema = z.strictObject({
  /** For the student. */
  text: textSchema,
  /** Made in the same transaction. */
  adjustment: adjustmentSchema.optional(),
})

const ownAppealSchema: z.ZodType<OwnAppeal> = z.object({
  appealId: z.string(),
  partId: z.string(),
  state: z.enum(['open', 'claimed', 'answered', 'withdrawn']),
  messages: z.array(z.object({ byStaff: z.boolean(), at: z.iso.datetime(), text: z.string() })),
})

export const ownAppealsSchema: z.ZodType<OwnAppeals> = z.object({
  open: z.boolean(),
  until: z.iso.datetime().nullable(),
  appeals: z.array(ownAppealSchema),
})

export const appealHolderSchema: z.ZodType<AppealHolder> = z.object({
  name: z.string().nullable(),
  isViewer: z.boolean(),
  until: z.iso.datetime(),
})

/** What the queue's page may be asked for; anything else is the first page of what is open. */
export const queueQuerySchema = z.object({
  state: z.enum(['open', 'claimed', 'answered', 'all']).catch('open'),
  part: z.string().max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})

export type QueueQuery = z.output<typeof queueQuerySchema>
export type AppealAnswer = z.output<typeof answerAppealSchema>
