import { z } from 'zod'
import { claimSchema } from '@/lib/explainers/claims/claim'
import { measurementNameSchema, measurementSchema } from '@/lib/explainers/claims/measurement'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import {
  optionSchema,
  partSchema,
  questionContentSchema,
  ruleSchema,
  scoringKeySchema,
} from '@/lib/questions/content'

/**
 * A question while it is written: of the form of a version, but any text may be missing and nothing need fit. Keys stand
 * with their parts, so that a part moves and goes with its key.
 */

const id = z.string().regex(/^[a-z0-9-]{1,80}$/)
const text = z.string().max(20_000)
const bilingualDraftSchema = z.strictObject({ zh: text, en: text })
const measurements = z.record(z.string().regex(/^[a-z0-9-]+$/), measurementSchema)

/** What is filled in of a measurement that is not complete, as its form has it. */
const unfinishedMeasurementSchema = z.object({ measure: measurementNameSchema }).catchall(z.json())

/** By name. One that `measurements` has too was complete before; one of a demonstration may wait for its claim. */
const unfinished = z.record(z.string().regex(/^[a-z0-9-]+$/), unfinishedMeasurementSchema).optional()

const evidenceDraftSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('claims'),
    measurements,
    unfinished,
    claims: z.record(z.string(), claimSchema),
    accepted: bilingualDraftSchema.optional(),
    disputed: bilingualDraftSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('reasoned'),
    demonstration: z.strictObject({ measurements, claim: claimSchema }).optional(),
    unfinished,
  }),
])

const optionDraftSchema = z.strictObject({ ...optionSchema.shape, id, text: bilingualDraftSchema })

const { label: _derived, ...partShape } = partSchema.shape

const partDraftSchema = z.strictObject({
  ...partShape,
  id,
  /** Empty where the question's own prompt asks it. */
  prompt: bilingualDraftSchema,
  /** Thousandths of a point. */
  points: z.int().min(0).max(1_000_000),
  options: z.array(optionDraftSchema).max(50),
  correct: z.array(id),
  rule: ruleSchema,
  alsoAccepted: z.array(scoringKeySchema).optional(),
  explanation: bilingualDraftSchema,
  evidence: evidenceDraftSchema.optional(),
})

export const draftSchema = z.strictObject({
  ...questionContentSchema.shape,
  label: z.string().max(40),
  prompt: bilingualDraftSchema,
  parts: z.array(partDraftSchema).max(30),
  figureSpec: figureSpecSchema.nullable(),
})

export type Draft = z.infer<typeof draftSchema>
export type DraftPart = z.infer<typeof partDraftSchema>
export type DraftOption = z.infer<typeof optionDraftSchema>
export type DraftEvidence = z.infer<typeof evidenceDraftSchema>
export type UnfinishedMeasurement = z.infer<typeof unfinishedMeasurementSchema>

/** A draft with the revision that it replaces; another one meanwhile refuses it. */
export const draftSaveSchema = z.strictObject({
  /** 0: there was no draft ever. */
  revision: z.int().min(0),
  /** Version that the draft was started from; 0: there was none. */
  basedOn: z.int().min(0),
  draft: draftSchema,
  /** Keep the replaced draft aside although it is by the same person: written in another tab. */
  keepReplaced: z.boolean().optional(),
})

const momentSchema = z.iso.datetime()

export const savedDraftSchema = z.object({ revision: z.int(), savedAt: momentSchema })

export const storedDraftSchema = z.object({
  revision: z.int(),
  basedOn: z.int(),
  author: z.object({ userId: z.string(), name: z.string() }),
  savedAt: momentSchema,
  /** null: published or discarded since. */
  draft: draftSchema.nullable(),
})

export const discardSchema = z.strictObject({ revision: z.int().min(0) })

export const newQuestionSchema = z.strictObject({
  /** A question of the same assignment to start from: its draft, or else its latest version. */
  copyOf: z.string().min(1).optional(),
})
export const newQuestionReplySchema = z.object({ questionId: z.string(), slug: z.string() })

export const questionOrderSchema = z.strictObject({
  /** Those that are not named stay behind, in their order. */
  questionIds: z.array(z.string().min(1)).min(1).max(2000),
})
export const orderReplySchema = z.object({ questionIds: z.array(z.string()) })

export const archiveSchema = z.strictObject({ archived: z.boolean() })

export const versionLineSchema = z.object({
  version: z.int(),
  origin: z.enum(['SEED', 'INSTRUCTOR']),
  /** null: the assignment's own file. */
  author: z.string().nullable(),
  createdAt: momentSchema,
  /** Attempts that show it. */
  attempts: z.int(),
})

export const setAsideLineSchema = z.object({
  setAsideId: z.string(),
  basedOn: z.int(),
  author: z.string().nullable(),
  savedAt: momentSchema,
  draft: draftSchema,
})

/** Newest first. */
export const questionHistorySchema = z.object({
  versions: z.array(versionLineSchema),
  setAside: z.array(setAsideLineSchema),
})

export const versionDraftSchema = z.object({ version: z.int(), draft: draftSchema })

export type DraftSave = z.output<typeof draftSaveSchema>
export type StoredDraft = z.output<typeof storedDraftSchema>
export type VersionLine = z.output<typeof versionLineSchema>
export type SetAsideLine = z.output<typeof setAsideLineSchema>
export type QuestionHistory = z.output<typeof questionHistorySchema>
