import { z } from 'zod'
import type { AdjustedScore } from '@/lib/adjustments/view'

/** What somebody saw of a part who adjusts it: anything else by now refuses. Points are thousandths. */
const seenPartSchema = z.strictObject({
  /** Of the adjustment that stood, ISO 8601; null: none did. */
  adjustedAt: z.iso.datetime().nullable(),
  automatic: z.int().min(0),
  maximum: z.int().min(0),
})

export const adjustmentSchema = z
  .strictObject({
    /** null: a comment alone. */
    adjustment: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('set'), points: z.int().min(0).max(1_000_000) }),
        z.strictObject({
          kind: z.literal('add'),
          points: z
            .int()
            .min(-1_000_000)
            .max(1_000_000)
            .refine((points) => points !== 0, 'nothing-added'),
        }),
      ])
      .nullable(),
    /** For the student, with the released score. */
    comment: z.string().trim().max(2000),
    /** For staff; a comment alone needs none. */
    reason: z.string().trim().max(2000),
    seen: seenPartSchema,
  })
  .superRefine(({ adjustment, comment, reason }, context) => {
    if (adjustment && reason === '')
      context.addIssue({ code: 'custom', path: ['reason'], message: 'reason-missing' })
    if (!adjustment && comment === '')
      context.addIssue({ code: 'custom', path: ['comment'], message: 'comment-missing' })
  })

/** What takes an adjustment away has to have seen it. */
export const removeAdjustmentSchema = z.strictObject({ adjustedAt: z.iso.datetime() })

export const adjustedScoreSchema: z.ZodType<AdjustedScore> = z.object({
  points: z.int(),
  automatic: z.int(),
  maximum: z.int(),
  adjustedAt: z.iso.datetime().nullable(),
})

export type AdjustmentInput = z.infer<typeof adjustmentSchema>
