import { z } from 'zod'
import { idSchema } from '@/lib/attempts/schema'
import { bilingualSchema, optionSchema, ruleSchema, scoreRuleSchema } from '@/lib/questions/content'
import { richBilingualSchema } from '@/lib/questions/rich-content'
import type { EffectSummary, RegradeView } from '@/lib/regrading/view'

/**
 * What becomes of scores that were given.
 * `new`: the new key alone counts. `either`: the earlier key or the new one, whichever gives more, also from now on.
 * `upwards`: the new key, but nobody's score that was given falls. `full`: everybody has full points. `drop`: the part
 * gives no points, and its full points are taken from the total.
 */
export const policySchema = z.enum(['new', 'either', 'upwards', 'full', 'drop'])

const target = {
  /** Versions of the question that show the part with the same options. */
  questionVersionIds: z.array(idSchema).min(1).max(100),
  partId: z.string().min(1).max(100),
}

export const keyChangeSchema = z.discriminatedUnion('policy', [
  z.strictObject({
    policy: z.enum(['new', 'either', 'upwards']),
    ...target,
    correct: z.array(z.string().min(1).max(100)).min(1).max(100),
    rule: ruleSchema,
    /** Full points, thousandths. */
    points: z.int().min(1).max(1_000_000),
    explanation: bilingualSchema,
  }),
  z.strictObject({ policy: z.enum(['full', 'drop']), ...target }),
])

/** A change as it is stored; `restore` is what an undo does. */
export const storedChangeSchema = z.discriminatedUnion('policy', [
  ...keyChangeSchema.options,
  z.strictObject({ policy: z.literal('restore'), ...target }),
])

const storedPolicySchema = z.enum([...policySchema.options, 'restore'])

/** For students whose score moves: in both languages, or in one. */
export const reasonSchema = z
  .strictObject({ zh: z.string().trim().max(1000), en: z.string().trim().max(1000) })
  .refine(({ zh, en }) => zh !== '' || en !== '', 'reason-missing')

export const regradeDraftSchema = z.strictObject({
  changes: z.array(keyChangeSchema).min(1).max(50),
  reason: reasonSchema,
})

/** `changes` are absent for an undo, whose changes are those that it takes back. */
export const regradeEditSchema = regradeDraftSchema.partial({ changes: true })

export const applyRegradeSchema = z.strictObject({
  /** Of the effect that was looked at; another one meanwhile refuses. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** Why a key stands that the model contradicts; asked for only then. */
  keyReason: z.string().trim().min(1).max(2000).optional(),
})

export const regradeSettingsSchema = z.strictObject({ needsSecond: z.boolean() })

export const draftedSchema = z.object({ regradeId: z.string(), number: z.int() })

const classNumbersSchema = z.object({
  students: z.int(),
  maximum: z.int(),
  mean: z.number(),
  standardDeviation: z.number().nullable(),
  alpha: z.number().nullable(),
})

const itemNumbersSchema = z.object({
  difficulty: z.number(),
  restCorrelation: z.number().nullable(),
  upperLower: z.number(),
})

/** Kept with an applied regrade. */
export const effectSummarySchema: z.ZodType<EffectSummary> = z.object({
  scores: z.int(),
  moved: z.int(),
  up: z.int(),
  down: z.int(),
  before: classNumbersSchema.nullable(),
  after: classNumbersSchema.nullable(),
  distribution: z.array(z.object({ from: z.number(), to: z.number(), before: z.int(), after: z.int() })),
  items: z.array(
    z.object({
      partId: z.string(),
      label: z.string(),
      before: itemNumbersSchema.nullable(),
      after: itemNumbersSchema.nullable(),
    }),
  ),
  exported: z.object({ at: z.iso.datetime(), by: z.string().nullable(), changed: z.int() }).nullable(),
})

const treatmentSchema = z.object({
  correct: z.array(z.string()),
  rule: scoreRuleSchema,
  points: z.int(),
  alsoAccepted: z.array(z.array(z.string())),
  explanation: richBilingualSchema,
})

/** A regrade as the API gives it. */
export const regradeViewSchema: z.ZodType<RegradeView> = z.object({
  regradeId: z.string(),
  number: z.int(),
  status: z.enum(['draft', 'applied', 'discarded']),
  undoes: z.int().nullable(),
  undoneBy: z.int().nullable(),
  parts: z.array(z.object({ label: z.string(), policy: storedPolicySchema })),
  reason: z.object({ zh: z.string(), en: z.string() }),
  authors: z.array(z.string()),
  createdAt: z.iso.datetime(),
  appliedAt: z.iso.datetime().nullable(),
  appliedBy: z.string().nullable(),
  moved: z.int().nullable(),
  title: bilingualSchema,
  changes: z.array(storedChangeSchema),
  changed: z.array(
    z.object({
      partId: z.string(),
      label: z.string(),
      policy: storedPolicySchema,
      versions: z.array(z.int()),
      allVersions: z.int(),
      options: z.array(optionSchema),
      before: treatmentSchema,
      after: treatmentSchema,
      verdict: z.enum(['supported', 'ambiguous', 'contradicted', 'reasoned', 'unknown']),
      contradicted: z.boolean(),
    }),
  ),
  keyReason: z.string().nullable(),
  outdated: z.boolean(),
  supersededBy: z.int().nullable(),
  needsOther: z.boolean(),
  effect: effectSummarySchema,
  fingerprint: z.string().nullable(),
  attempts: z.array(
    z.object({
      attemptId: z.string(),
      userId: z.string(),
      name: z.string(),
      email: z.string(),
      number: z.int(),
      before: z.int(),
      after: z.int(),
      maximumBefore: z.int(),
      maximumAfter: z.int(),
      counts: z.boolean().nullable(),
      exported: z.int().nullable(),
      parts: z.array(
        z.object({
          label: z.string(),
          chosen: z.string(),
          before: z.int(),
          after: z.int(),
          maximumBefore: z.int(),
          maximumAfter: z.int(),
          rule: scoreRuleSchema,
        }),
      ),
    }),
  ),
})

export type Policy = z.infer<typeof policySchema>
export type KeyChange = z.infer<typeof keyChangeSchema>
export type StoredChange = z.infer<typeof storedChangeSchema>
export type RegradeReason = z.infer<typeof reasonSchema>
export type RegradeDraft = z.infer<typeof regradeDraftSchema>
