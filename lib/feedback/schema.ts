import { z } from 'zod'
import { pictureNameSchema } from '@/lib/explainers/pictures/picture-name-schema'
import type { PartFeedback } from '@/lib/feedback/view'
import { bilingualSchema } from '@/lib/questions/content'

const markSchema = z.object({
  picture: pictureNameSchema,
  name: bilingualSchema,
  role: z.enum(['claimed', 'leading']),
  outline: z.string().nullable(),
})
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
