import { z } from 'zod'
import type { ExplorationState } from '@/lib/explorations/view'
import { bilingualSchema } from '@/lib/questions/content'

/** What may be asked of a language model, one shape for each kind of exploration. */

/** Longest sentence in characters, and in tokens with [CLS] and [SEP]; more cannot be drawn so that it can be read. */
export const longestSentence = 600
export const mostTokens = 64
export const mostMatches = 50

/** Longest question, passage and answer in characters, and tokens of question and passage together. */
export const longestQuestion = 300
export const longestPassage = 1500
export const longestAnswer = 100
export const mostPassageTokens = 256

/** Sentences that are compared with each other, and the longest of them in characters. */
export const mostSentences = 12
export const longestComparedSentence = 60
export const sentenceGroups = ['fruit', 'company'] as const

/** A folder's name: nothing that could leave the folder. */
export const modelNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/)
export const corpusNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

const sentence = z.string().trim().min(1).max(longestSentence)
const position = z
  .int()
  .min(0)
  .max(mostTokens - 1)
const positions = z
  .array(position)
  .max(mostTokens)
  .default([])
  .transform((given) => [...new Set(given)].sort((one, other) => one - other))

export const attentionRequestSchema = z.strictObject({
  kind: z.literal('attention'),
  model: modelNameSchema,
  sentence,
  /** Token positions replaced by [MASK]; 0 is [CLS]. */
  masks: positions,
  /** What predictions are compared with: the same sentence with only these masked. None: the sentence as it is. */
  compare: positions,
})

export const corpusSearchRequestSchema = z.strictObject({
  kind: z.literal('corpus-search'),
  model: modelNameSchema,
  corpus: corpusNameSchema,
  sentence,
  masks: positions,
  /** Token whose embedding is searched for. */
  position,
  /** As `numbering` counts them. */
  layer: z.int().min(0).max(48),
  /** `exbert`: "Layer L" is what goes into layer L, as in the homework's tool; `output`: what comes out of it. */
  numbering: z.enum(['exbert', 'output']).default('exbert'),
  /** Head whose attention the matches are described by, from 1; null: the mean of all. */
  head: z.int().min(1).max(64).nullable().default(null),
  count: z.int().min(1).max(mostMatches).default(mostMatches),
})

/** Builds what a search needs; takes minutes, and goes on where it was interrupted. */
export const corpusIndexRequestSchema = z.strictObject({
  kind: z.literal('corpus-index'),
  model: modelNameSchema,
  corpus: corpusNameSchema,
})

export const embeddingSpaceRequestSchema = z.strictObject({
  kind: z.literal('embedding-space'),
  model: modelNameSchema,
  question: z.string().trim().min(1).max(longestQuestion),
  context: z.string().trim().min(1).max(longestPassage),
  /** As it stands in the passage; without it, what the model predicts counts as the answer. */
  answer: z.string().trim().min(1).max(longestAnswer).optional(),
})

const comparedSentenceSchema = z
  .strictObject({
    text: z.string().max(longestComparedSentence).regex(/\S/, 'expected at least one character'),
    group: z.enum(sentenceGroups),
    /** Characters that are compared, [start, end) in UTF-16 units. */
    selection: z.tuple([z.int().min(0), z.int().min(1)]),
  })
  .refine(({ text, selection: [start, end] }) => start < end && end <= text.length, {
    path: ['selection'],
    message: 'expected a part of the sentence',
  })

/** Answers for both metrics and every layer at once: to look at another one asks nobody. */
export const embeddingSimilarityRequestSchema = z.strictObject({
  kind: z.literal('embedding-similarity'),
  model: modelNameSchema,
  sentences: z.array(comparedSentenceSchema).min(2).max(mostSentences),
})

export const explorationRequestSchema = z.discriminatedUnion('kind', [
  attentionRequestSchema,
  corpusSearchRequestSchema,
  corpusIndexRequestSchema,
  embeddingSpaceRequestSchema,
  embeddingSimilarityRequestSchema,
])

export type AttentionRequest = z.output<typeof attentionRequestSchema>
export type CorpusSearchRequest = z.output<typeof corpusSearchRequestSchema>
export type CorpusIndexRequest = z.output<typeof corpusIndexRequestSchema>
export type EmbeddingSpaceRequest = z.output<typeof embeddingSpaceRequestSchema>
export type EmbeddingSimilarityRequest = z.output<typeof embeddingSimilarityRequestSchema>
export type ExplorationRequest = z.output<typeof explorationRequestSchema>
export type ExplorationKind = ExplorationRequest['kind']

export const explorationIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')

/** Results are described in lib/explorations/view.ts, by the code that made and stored them. */
export const explorationStateSchema: z.ZodType<ExplorationState> = z.discriminatedUnion('status', [
  z.object({ explorationId: z.string(), status: z.literal('queued') }),
  z.object({ explorationId: z.string(), status: z.literal('computing'), done: z.int(), total: z.int() }),
  z.object({
    explorationId: z.string(),
    status: z.literal('ready'),
    result: z.custom<Extract<ExplorationState, { status: 'ready' }>['result']>(),
  }),
  z.object({
    explorationId: z.string(),
    status: z.literal('failed'),
    code: z.string(),
    message: bilingualSchema,
    command: z.string().nullable(),
  }),
])

/** The passages and sentences that come with Vitrine. */
export const explorationMaterialSchema = z.object({
  passages: z.array(z.object({ question: z.string(), context: z.string(), answer: z.string() })),
  sentences: z.array(comparedSentenceSchema),
})
