import { z } from 'zod'
import { modelNameSchema } from '@/lib/explorations/schema'
import type { KeyTrialView } from '@/lib/key-trials/view'
import { partEvidenceSchema } from '@/lib/questions/content'
import { keyCheckStateSchema, optionOutcomeSchema, verdictViewSchema } from '@/lib/verification/schema'

const [claims, reasoned] = partEvidenceSchema.options

/** What of a draft's part is tried: what is measured, what each option says of it, and which options are correct. */
export const trialRequestSchema = z.strictObject({
  /** Model that the figure is of; null: there is none, and each measurement's own model is taken. */
  figureModel: modelNameSchema.nullable(),
  /** Empty while nobody has said it. */
  correct: z.array(z.string().min(1).max(80)).max(50),
  evidence: z.discriminatedUnion('kind', [claims.omit({ accepted: true, disputed: true }), reasoned]),
})

/** A key as it is tried; stored with the trial. */
const trialKeySchema = z.strictObject({
  correct: z.array(z.string()),
  evidence: partEvidenceSchema.optional(),
  /** How many are tried where chance takes part. */
  seeds: z.int().min(1),
})

/** By part id. */
export const trialKeysSchema = z.record(z.string(), trialKeySchema)

export const keyTrialSchema: z.ZodType<KeyTrialView> = z.object({
  ...keyCheckStateSchema.shape,
  asked: trialRequestSchema,
  result: z
    .object({ verdict: verdictViewSchema, options: z.record(z.string(), optionOutcomeSchema) })
    .nullable(),
})

export const latestTrialSchema = z.object({ trial: keyTrialSchema.nullable() })

export type TrialRequest = z.output<typeof trialRequestSchema>
export type TrialKeys = z.output<typeof trialKeysSchema>
