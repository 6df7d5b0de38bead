import { z } from 'zod'
import type { PictureView, SetLine } from '@/lib/pictures/view'
import { bilingualSchema } from '@/lib/questions/content'

const name = z.strictObject({ zh: z.string().trim().min(1).max(80), en: z.string().trim().min(1).max(80) })

export const regionSchema = z.strictObject({ name, explained: z.boolean() })

/** Ids are bytes, and 0 is no region. */
export const regionsSchema = z
  .array(regionSchema)
  .max(40)
  .refine(
    (regions) => new Set(regions.map((region) => region.name.en)).size === regions.length,
    'each English name may be there once',
  )

const maskSchema = z.strictObject({
  width: z.int().min(1).max(1024),
  height: z.int().min(1).max(1024),
  deflated: z.base64(),
})

export const pictureTitleSchema = z.strictObject({
  zh: z.string().trim().min(1).max(120),
  en: z.string().trim().min(1).max(120),
})

export const pictureEditSchema = z
  .strictObject({
    /** The revision that was edited. */
    basedOn: z.int().min(1),
    title: pictureTitleSchema,
    /** Index of the class; null: none. */
    label: z.int().min(0).max(999).nullable(),
    regions: regionsSchema,
    mask: maskSchema.nullable(),
  })
  .refine(({ regions, mask }) => regions.length > 0 === (mask !== null), {
    path: ['mask'],
    message: 'regions and mask belong together',
  })

export type PictureEdit = z.output<typeof pictureEditSchema>

const lookSchema = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['computing', 'failed', 'none']) }),
  z.object({
    state: z.literal('ready'),
    model: z.string(),
    classes: z.array(z.string()),
    probabilities: z.array(z.number()),
    width: z.int(),
    height: z.int(),
    superpixels: z.string(),
  }),
])

export const lookResultSchema = lookSchema.options[1].omit({ state: true, superpixels: true })

export const pictureViewSchema: z.ZodType<PictureView> = z.object({
  pictureId: z.string(),
  title: bilingualSchema,
  label: z.int().nullable(),
  className: bilingualSchema.nullable(),
  width: z.int(),
  height: z.int(),
  archived: z.boolean(),
  revision: z.int(),
  regions: z.array(z.object({ name: bilingualSchema, explained: z.boolean() })),
  mask: z.object({ width: z.int(), height: z.int(), deflated: z.string() }).nullable(),
  look: lookSchema,
  usedBy: z.array(z.object({ assignment: bilingualSchema, question: z.string() })),
})

/** `known`: the course had it already, and this is that one. */
export const addedPictureSchema = z.object({ pictureId: z.string(), known: z.boolean() })

export const pictureSetSchema: z.ZodType<{
  readonly applied: boolean
  readonly pictures: readonly SetLine[]
}> = z.object({
  applied: z.boolean(),
  pictures: z.array(z.object({ file: z.string(), label: z.int(), state: z.enum(['new', 'known']) })),
})
