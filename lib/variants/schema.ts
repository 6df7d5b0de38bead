import { z } from 'zod'
import { pictureNameSchema } from '@/lib/explainers/pictures/picture-name-schema'
import { figureStateSchema } from '@/lib/figures/schema'
import { bilingualSchema } from '@/lib/questions/content'
import { draftSchema } from '@/lib/studio/schema'
import { KEY_REFUSALS, type RecomputedPart } from '@/lib/variants/recomputed-key'
import type { Substitution } from '@/lib/variants/substitution'
import type { VariantTexts } from '@/lib/variants/texts'
import { FIXED_REASONS, type Variety } from '@/lib/variants/variety'
import { TEXTS_ORIGINS, type VariantLine, type VariantsView } from '@/lib/variants/view'
import { partVerdictSchema, VERDICTS } from '@/lib/verification/part-verdict'

const regionName = z.string().min(1).max(100)

export const substitutionSchema: z.ZodType<Substitution> = z
  .array(
    z.strictObject({
      from: pictureNameSchema,
      to: pictureNameSchema,
      regions: z.record(regionName, regionName),
    }),
  )
  .min(1)
  .max(10)

const text = z.strictObject({ zh: z.string().max(20_000), en: z.string().max(20_000) })

export const variantTextsSchema = z.strictObject({
  prompt: text,
  parts: z.record(
    z.string(),
    z.strictObject({
      prompt: text.optional(),
      options: z.record(z.string(), text),
      explanation: text,
    }),
  ),
}) satisfies z.ZodType<VariantTexts>

/** As it is stored. */
export const recomputedPartsSchema: z.ZodType<RecomputedPart[]> = z.array(
  z.object({
    partId: z.string(),
    correct: z.array(z.string()),
    verdict: partVerdictSchema,
    refusal: z.enum(KEY_REFUSALS).nullable(),
  }),
)

/** `basedOn`: the version that the change is for; a later one meanwhile refuses it. */
const basedOn = z.int().min(1)

export const variantRequestSchema = z.strictObject({ basedOn, substitution: substitutionSchema })
export const variantTextsSaveSchema = z.strictObject({ basedOn, texts: variantTextsSchema })
export const variantDealtSchema = z.strictObject({ dealt: z.boolean() })
export const variantDealingSchema = z.strictObject({ dealing: z.boolean() })
export const variantRequestReplySchema = z.object({ variantId: z.string() })

const varietySchema: z.ZodType<Variety> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('varied'),
    pictures: z.array(z.object({ picture: pictureNameSchema, regions: z.array(z.string()) })),
  }),
  z.object({
    kind: z.literal('fixed'),
    reasons: z.array(z.object({ reason: z.enum(FIXED_REASONS), partId: z.string().nullable() })),
  }),
])

const stabilitySchema = z.object({ seeds: z.int(), agreeing: z.int(), spread: z.number().nullable() })

const variantLineSchema: z.ZodType<VariantLine> = z.object({
  variantId: z.string(),
  number: z.int().nullable(),
  stale: z.boolean(),
  state: z.enum(['queued', 'computing', 'supported', 'refused', 'failed']),
  done: z.int(),
  total: z.int(),
  substitution: substitutionSchema,
  parts: z.array(
    z.object({
      partId: z.string(),
      label: z.string(),
      verdict: z.enum(VERDICTS),
      margin: z.number().nullable(),
      stability: stabilitySchema.nullable(),
      refusal: z.enum(KEY_REFUSALS).nullable(),
      missing: bilingualSchema.nullable(),
      options: z.array(
        z.object({
          optionId: z.string(),
          keyed: z.boolean(),
          holds: z.boolean().nullable(),
          why: bilingualSchema.nullable(),
        }),
      ),
    }),
  ),
  made: z
    .object({
      draft: draftSchema,
      figureRequestId: z.string().nullable(),
      figure: figureStateSchema.nullable(),
      leftovers: z.array(z.string()),
      attempts: z.int(),
    })
    .nullable(),
  dealt: z.boolean(),
})

export const variantsViewSchema: z.ZodType<VariantsView> = z.object({
  questionId: z.string(),
  version: z.int(),
  variety: varietySchema,
  labels: z.record(z.string(), z.string()),
  texts: variantTextsSchema.nullable(),
  textsFrom: z.enum(TEXTS_ORIGINS),
  placeholders: z.array(z.object({ placeholder: z.string(), name: bilingualSchema })),
  dealing: z.boolean(),
  variants: z.array(variantLineSchema),
})
