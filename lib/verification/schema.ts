import { z } from 'zod'
import { VERDICTS } from '@/lib/verification/part-verdict'
import type { KeyCheckState, OptionOutcome, VerdictView } from '@/lib/verification/view'

/** Seeds that a check may try where chance takes part. Each costs as much as all figures with chance in them. */
export const mostSeeds = 10

export const keyCheckRequestSchema = z.strictObject({
  /** Parts to check; left out: all. */
  partIds: z.array(z.string().min(1).max(100)).min(1).max(500).optional(),
  seeds: z.int().min(1).max(mostSeeds).default(3),
})

export const keyCheckStateSchema = z.object({
  status: z.enum(['queued', 'computing', 'done', 'failed']),
  done: z.int(),
  total: z.int(),
}) satisfies z.ZodType<KeyCheckState>

export const latestKeyCheckSchema = z.object({ run: keyCheckStateSchema.nullable() })

const textSchema = z.object({ zh: z.string(), en: z.string() })

/** A verdict with what was measured, as the API gives it. */
export const verdictViewSchema: z.ZodType<VerdictView> = z.object({
  verdict: z.enum(VERDICTS),
  margin: z.number().nullable(),
  isThin: z.boolean(),
  stability: z.object({ seeds: z.int(), agreeing: z.int(), spread: z.number().nullable() }).nullable(),
  isUnrepeated: z.boolean(),
  missing: z.object({ message: textSchema, command: z.string().nullable() }).nullable(),
  measured: z.array(
    z.object({
      title: textSchema,
      unit: z.string(),
      values: z.array(z.object({ name: textSchema, value: z.number().nullable() })),
    }),
  ),
  models: z.array(z.object({ name: z.string(), sha256: z.string(), insteadOf: z.string().nullable() })),
  demonstration: z.object({ holds: z.boolean().nullable(), why: textSchema }).nullable(),
  checkedAt: z.iso.datetime(),
})

export const optionOutcomeSchema: z.ZodType<OptionOutcome> = z.object({
  holds: z.boolean().nullable(),
  margin: z.number().nullable(),
  why: textSchema.nullable(),
})
