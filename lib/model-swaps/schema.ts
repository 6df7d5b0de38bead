import { z } from 'zod'
import { idSchema } from '@/lib/attempts/schema'
import { modelNameSchema } from '@/lib/explorations/schema'
import { figureStateSchema } from '@/lib/figures/schema'
import type { SwapView } from '@/lib/model-swaps/view'
import { bilingualSchema } from '@/lib/questions/content'
import { richBilingualSchema } from '@/lib/questions/rich-content'
import { keyCheckStateSchema, optionOutcomeSchema, verdictViewSchema } from '@/lib/verification/schema'

export const swapProposalSchema = z
  .strictObject({
    from: modelNameSchema,
    to: modelNameSchema,
    questionIds: z.array(idSchema).min(1).max(500),
  })
  .refine(({ from, to }) => from !== to, 'expected another model')

export const proposedSchema = z.object({ swapId: z.string(), number: z.int() })

export const applySwapSchema = z.strictObject({
  /** Why keys stand that the new model contradicts; asked for only then, and kept in the audit. */
  reason: z.string().trim().min(1).max(2000).optional(),
})

const momentSchema = z.iso.datetime()
const number = z.number().nullable()

export const swapViewSchema: z.ZodType<SwapView> = z.object({
  swapId: z.string(),
  number: z.int(),
  status: z.enum(['proposed', 'applied']),
  from: z.string(),
  to: z.string(),
  author: z.string(),
  createdAt: momentSchema,
  appliedAt: momentSchema.nullable(),
  appliedBy: z.string().nullable(),
  questions: z.int(),
  keyReason: z.string().nullable(),
  keys: keyCheckStateSchema,
  figures: z.object({ ready: z.int(), failed: z.int(), total: z.int() }),
  compared: z.array(
    z.object({
      questionId: z.string(),
      slug: z.string(),
      label: z.string(),
      version: z.int(),
      appliedVersion: z.int().nullable(),
      outdated: z.boolean(),
      draft: z.object({ author: z.string(), savedAt: momentSchema }).nullable(),
      figureBefore: figureStateSchema.nullable(),
      figureAfter: figureStateSchema.nullable(),
      parts: z.array(
        z.object({
          partId: z.string(),
          label: z.string(),
          prompt: richBilingualSchema,
          before: verdictViewSchema.nullable(),
          after: verdictViewSchema.nullable(),
          changed: z.boolean().nullable(),
          needsReason: z.boolean(),
          options: z.array(
            z.object({
              optionId: z.string(),
              text: richBilingualSchema,
              keyed: z.boolean(),
              before: optionOutcomeSchema.nullable(),
              after: optionOutcomeSchema.nullable(),
            }),
          ),
          measured: z.array(
            z.object({
              title: bilingualSchema,
              unit: z.string(),
              values: z.array(z.object({ name: bilingualSchema, before: number, after: number })),
            }),
          ),
        }),
      ),
    }),
  ),
})

export type SwapProposal = z.output<typeof swapProposalSchema>
