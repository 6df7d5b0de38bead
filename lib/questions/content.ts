import { z } from 'zod'
import { claimSchema } from '@/lib/explainers/claims/claim'
import { measurementSchema } from '@/lib/explainers/claims/measurement'

/** The shape of a question as stored with its version, without and with what decides its score. */

export const bilingualSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

export const optionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  text: bilingualSchema,
  /** Keeps its place where options are shuffled: "none of these". Absent otherwise, so that no stored hash changes. */
  pinned: z.literal(true).optional(),
})

/** How many options may be chosen: exactly one, a number that the prompt states, or any number. */
export const selectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('one') }),
  z.strictObject({ kind: z.literal('count'), count: z.int().min(2) }),
  z.strictObject({ kind: z.literal('any') }),
])

export const partSchema = z.strictObject({
  /** Stable across versions and unique in the assignment: `q23-1`. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** As students see it: `23.1`. */
  label: z.string(),
  /** Absent when the question's own prompt asks it. */
  prompt: bilingualSchema.optional(),
  selection: selectionSchema,
  /** Thousandths of a point. */
  points: z.int().positive(),
  options: z.array(optionSchema).min(2),
})

export const topicSchema = z.enum([
  'lime',
  'saliency',
  'smooth-grad',
  'filters',
  'integrated-gradients',
  'attention',
  'embedding-visualisation',
  'embedding-analysis',
])

/** What a student may see before release. */
export const questionContentSchema = z.strictObject({
  label: z.string(),
  topic: topicSchema,
  prompt: bilingualSchema,
  parts: z.array(partSchema).min(1),
})

export const ruleSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('exact') }),
  z.strictObject({ name: z.literal('right-minus-wrong') }),
  z.strictObject({ name: z.literal('each-decision') }),
  z.strictObject({ name: z.literal('coverage') }),
  /** Fraction of the points per option, in thousandths; wrong options may be negative. */
  z.strictObject({
    name: z.literal('weighted'),
    fractions: z.record(z.string(), z.int().min(-1000).max(1000)),
  }),
  z.strictObject({ name: z.literal('full-credit') }),
])

/** What gave a stored score its points: a rule, or `kept` from an earlier key, as a regrade had moved it downwards. */
export const scoreRuleSchema = z.enum([
  ...ruleSchema.options.map((option) => option.shape.name.value),
  'kept',
] as const)

const measurementsSchema = z
  .record(z.string().regex(/^[a-z0-9-]+$/), measurementSchema)
  .refine((measurements) => Object.keys(measurements).length > 0, 'expected at least one measurement')

/** What a part's key rests on. */
export const partEvidenceSchema = z.discriminatedUnion('kind', [
  /** Each option says something about the model that can be measured. Measurements that no claim names are shown too. */
  z.strictObject({
    kind: z.literal('claims'),
    measurements: measurementsSchema,
    /** By option id, for every option. */
    claims: z.record(z.string(), claimSchema),
    /** Why the key stands although the model contradicts it. */
    accepted: bilingualSchema.optional(),
    /** What else speaks against the key. */
    disputed: bilingualSchema.optional(),
  }),
  /** The key follows from a definition, as the explanation says; a measurement may show it at work. */
  z.strictObject({
    kind: z.literal('reasoned'),
    demonstration: z.strictObject({ measurements: measurementsSchema, claim: claimSchema }).optional(),
  }),
])

/** Which options earn points, and how. */
export const scoringKeySchema = z.strictObject({ correct: z.array(z.string()).min(1), rule: ruleSchema })

/** What decides the score of one part. Never sent to a student before release. */
export const partKeySchema = z.strictObject({
  ...scoringKeySchema.shape,
  /** Earlier keys that a regrade left standing beside this one: the one that gives most counts. */
  alsoAccepted: z.array(scoringKeySchema).optional(),
  explanation: bilingualSchema,
  /** Absent where nobody has said it. */
  evidence: partEvidenceSchema.optional(),
})

/** By part id. */
export const questionKeySchema = z.record(z.string(), partKeySchema)

/** Full points by part id, in thousandths, where a key's version has others than the content. 0: the part is dropped. */
export const keyPointsSchema = z.record(z.string(), z.int().min(0))

export type QuestionOption = z.infer<typeof optionSchema>
export type Selection = z.infer<typeof selectionSchema>
export type QuestionPart = z.infer<typeof partSchema>
export type Topic = z.infer<typeof topicSchema>
export type QuestionContent = z.infer<typeof questionContentSchema>
export type Rule = z.infer<typeof ruleSchema>
export type PartEvidence = z.infer<typeof partEvidenceSchema>
export type PartKey = z.infer<typeof partKeySchema>
export type ScoringKey = z.infer<typeof scoringKeySchema>
export type ScoreRule = z.infer<typeof scoreRuleSchema>
export type QuestionKey = z.infer<typeof questionKeySchema>
export type KeyPoints = z.infer<typeof keyPointsSchema>
