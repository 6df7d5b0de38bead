import { z } from 'zod'
import type { AttemptTime } from '@/lib/attempts/data'
import type { SaveOutcome } from '@/lib/attempts/mutations'
import type { AssignmentView, AttemptView, ResultView, SavedAnswer } from '@/lib/attempts/view'
import { pictureNameSchema } from '@/lib/explainers/pictures/picture-name-schema'
import { partFeedbackSchema } from '@/lib/feedback/schema'
import { bilingualSchema, scoreRuleSchema } from '@/lib/questions/content'
import { richBilingualSchema, richContentSchema } from '@/lib/questions/rich-content'
import type { Submission } from '@/lib/submission/mutations'
import { timeViewSchema } from '@/lib/timing/schema'

/** What attempts' routes receive and answer. A reply's schema is typed by what the data functions give. */

export const idSchema = z.string().min(1).max(64)

export const savedAnswerSchema = z.object({
  optionIds: z.array(z.string()),
  revision: z.int().min(0),
  savedAt: z.iso.datetime(),
})

export const answerToSaveSchema = z.strictObject({
  /** Empty: the answer is cleared. */
  optionIds: z.array(z.string().max(100)).max(100),
  clientId: z.string().min(1).max(100),
  revision: z.int().min(1).max(2_000_000_000),
})

export const saveOutcomeSchema: z.ZodType<SaveOutcome> = savedAnswerSchema.extend({
  status: z.enum(['stored', 'unchanged', 'superseded']),
  inGrace: z.boolean(),
})

export const answersSchema: z.ZodType<{ readonly answers: { readonly [partId: string]: SavedAnswer } }> =
  z.object({
    answers: z.record(z.string(), savedAnswerSchema),
  })

export const attemptTimeSchema: z.ZodType<AttemptTime> = timeViewSchema.extend({
  submittedAt: z.iso.datetime().nullable(),
  submittedByServer: z.boolean(),
  reopenedAt: z.iso.datetime().nullable(),
  restoration: z.object({ backedUpAt: z.iso.datetime(), restoredAt: z.iso.datetime() }).nullable(),
})

export const flagSchema = z.strictObject({ flagged: z.boolean() })

export const startedSchema = z.object({ attemptId: z.string(), number: z.int(), started: z.boolean() })

export const submissionSchema: z.ZodType<Submission> = z.object({
  receipt: z.string(),
  signedReceipt: z.string().nullable(),
  submittedAt: z.iso.datetime(),
  first: z.boolean(),
})

const momentSchema = z.iso.datetime().nullable()

export const assignmentViewSchema: z.ZodType<AssignmentView> = z.object({
  assignmentId: z.string(),
  slug: z.string(),
  courseSlug: z.string(),
  courseTitle: bilingualSchema,
  title: bilingualSchema,
  introduction: richBilingualSchema,
  opensAt: momentSchema,
  dueAt: momentSchema,
  closesAt: momentSchema,
  questionCount: z.int(),
  partCount: z.int(),
  points: z.int(),
})

export const attemptViewSchema: z.ZodType<AttemptView> = z.object({
  attemptId: z.string(),
  number: z.int(),
  startedAt: z.iso.datetime(),
  submittedAt: momentSchema,
  receipt: z.string().nullable(),
  submittedByServer: z.boolean(),
  signedReceipt: z.string().nullable(),
  sealingKey: z.object({ name: z.string(), point: z.string() }),
  assignment: assignmentViewSchema,
  questions: z.array(
    z.object({
      questionId: z.string(),
      questionVersionId: z.string(),
      position: z.int(),
      content: richContentSchema,
      flagged: z.boolean(),
      figureRequestId: z.string().nullable(),
      trustRequestId: z.string().nullable(),
      figurePictures: z.array(pictureNameSchema),
    }),
  ),
  answers: z.record(z.string(), savedAnswerSchema),
})

export const resultViewSchema: z.ZodType<ResultView> = z.object({
  attempt: attemptViewSchema,
  score: z
    .object({
      earned: z.int(),
      creditPercent: z.int(),
      points: z.int(),
      maximum: z.int(),
      parts: z.array(
        z.object({
          partId: z.string(),
          points: z.int(),
          maximum: z.int(),
          rule: scoreRuleSchema,
          chosen: z.array(z.string()),
          adjustment: z.object({ automatic: z.int().nullable(), comment: z.string() }).nullable(),
          key: z
            .object({
              correct: z.array(z.string()),
              alsoAccepted: z.array(z.array(z.string())),
              explanation: richBilingualSchema,
              feedback: partFeedbackSchema.nullable(),
            })
            .nullable(),
        }),
      ),
      changes: z.array(
        z.object({
          at: z.iso.datetime(),
          before: z.int(),
          after: z.int(),
          maximumBefore: z.int(),
          maximumAfter: z.int(),
          reason: bilingualSchema,
          parts: z.array(z.string()),
        }),
      ),
    })
    .nullable(),
  releasedAt: momentSchema,
  keyReleasedAt: momentSchema,
})
