import { z } from 'zod'
import { fetchFailures } from '@/lib/models/fetch-failure'
import { modelLimits } from '@/lib/models/limits'
import { modelNamePattern } from '@/lib/models/model-name'
import { bilingualSchema } from '@/lib/questions/content'

export const modelNameSchema = z.string().regex(modelNamePattern)

const channel = z.number().min(-1000).max(1000)

/** What whoever uploaded a model says of it. */
export const modelDetailsSchema = z.strictObject({
  licence: z.string().trim().max(200),
  source: z.string().trim().max(500),
  note: z.string().trim().max(2000),
  /** In the order of the outputs; null for a language model, and before they are named. */
  classes: z.array(z.string().trim().min(1).max(80)).min(2).max(modelLimits.classes).nullable(),
  mean: z.tuple([channel, channel, channel]),
  deviation: z.tuple([channel.positive(), channel.positive(), channel.positive()]),
})
export type ModelDetails = z.infer<typeof modelDetailsSchema>

export const noDetails: ModelDetails = {
  licence: '',
  source: '',
  note: '',
  classes: null,
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
}

export const modelKinds = ['graph', 'homework', 'language'] as const

/** What was found in a model. */
export const modelCardSchema = z.object({
  kind: z.enum(modelKinds),
  /** Of what decides its numbers, as evidence names it; null while its classes are not named. */
  sha256: z.string().nullable(),
  /** Bytes of its files. */
  bytes: z.number(),
  parameters: z.number(),
  /** Of pictures; null for a language model. */
  input: z.object({ height: z.number(), width: z.number() }).nullable(),
  /** Number of logits; null for a language model. */
  outputs: z.number().nullable(),
  /** For a language model. */
  layers: z.number().nullable(),
  operators: z.array(z.object({ operator: z.string(), count: z.number(), differentiable: z.boolean() })),
  /** Why there are no gradients by the picture; empty: there are. */
  obstacles: z.array(
    z.object({ operator: z.string(), node: z.string(), reason: z.enum(['no-rule', 'shape-unknown']) }),
  ),
  notes: z.array(z.enum(['probabilities-left-out', 'one-at-a-time'])),
  /** Class names that the file itself gives, or that fit. */
  suggestedClasses: z.array(z.string()).nullable(),
  predictions: z
    .array(
      z.object({
        picture: z.number(),
        title: bilingualSchema,
        label: z.number(),
        top: z.array(z.object({ index: z.number(), probability: z.number() })),
      }),
    )
    .nullable(),
})
export type ModelCard = z.infer<typeof modelCardSchema>

export const modelProblemSchema = z.object({
  code: z.enum(['model-damaged', 'model-unsupported', 'internal', ...fetchFailures]),
  /** What the reader said, in English. */
  message: z.string(),
})
export type ModelProblem = z.infer<typeof modelProblemSchema>

export const modelStateSchema = z.object({
  name: z.string(),
  /** As it was uploaded; of a model of the Hub, its repository. */
  fileName: z.string(),
  /** Where it comes from on the Hub; null: it was uploaded. */
  hub: z.object({ repository: z.string(), revision: z.string(), commit: z.string().nullable() }).nullable(),
  status: z.enum(['fetching', 'checking', 'details', 'ready', 'refused']),
  /** Of `total`: bytes while it is fetched, pictures while it is tried out. */
  done: z.number(),
  total: z.number(),
  details: modelDetailsSchema,
  card: modelCardSchema.nullable(),
  problem: modelProblemSchema.nullable(),
  uploadedBy: z.string().nullable(),
  createdAt: z.string(),
  /** Question versions whose figures name it. */
  uses: z.number(),
})
export type ModelState = z.infer<typeof modelStateSchema>

/** In the folder of a model that comes with Vitrine. */
export const CARD_FILE = 'card.json'

export const bundledCardSchema = z.strictObject({
  licence: z.string(),
  source: bilingualSchema,
  training: bilingualSchema,
  card: modelCardSchema,
  classes: z.array(z.string()).nullable(),
})
export type BundledCard = z.infer<typeof bundledCardSchema>
