import { z } from 'zod'
import { pictureNameSchema } from '@/lib/explainers/pictures/picture-name-schema'
import type { PartFeedback } from '@/lib/feedback/view'
import { bilingualSchema } from '@/lib/questions/content'

const thingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('layers'),
    first: z.int(),
    last: z.int(),
    token: z.exactOptional(z.string()),
    answer: z.exactOptional(z.literal(true)),
  }),
  z.object({ kind: z.literal('tokens'), texts: z.array(z.string()) }),
  z.object({ kind: z.literal('comparison'), metric: z.enum(['cosine', 'euclidean']), part: z.string() }),
  z.object({ kind: z.literal('property'), property: z.string() }),
  z.object({ kind: z.literal('steps'), steps: z.int() }),
  z.object({ kind: z.literal('copies'), copies: z.int() }),
  z.object({ kind: z.literal('stage'), method: z.string(), stage: z.string() }),
  z.object({ kind: z.literal('method'), method: z.string() }),
])
const mark = { name: bilingualSchema, role: z.enum(['claimed', 'leading']) }
const markSchema = z.union([
  z.object({ ...mark, picture: pictureNameSchema, outline: z.string().nullable() }),
  z.object({ ...mark, thing: thingSchema }),
])
const findingSchema = z.object({ words: bilingualSchema, marks: z.array(markSchema) })
const modelsSchema = z.array(z.object({ name: z.string(), insteadOf: z.string().nullable() }))

export const partFeedbackSchema: z.ZodType<PartFeedback> = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('measured'),
    options: z.array(
      findingSchema.extend({
        optionId: z.string(),
        chosen: z.boolean(),
        keyed: z.boolean(),
        holds: z.boolean().nullable(),
      }),
    ),
    keyNote: bilingualSchema.nullable(),
    chanceNote: bilingualSchema.nullable(),
    models: modelsSchema,
  }),
  z.object({
    state: z.literal('reasoned'),
    demonstration: findingSchema.extend({ models: modelsSchema }).nullable(),
  }),
  z.object({ state: z.literal('not-computable'), why: bilingualSchema }),
  z.object({ state: z.enum(['measuring', 'not-measured']) }),
])
