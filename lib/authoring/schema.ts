import { z } from 'zod'
import { idSchema } from '@/lib/attempts/schema'
import { assignmentStates } from '@/lib/authoring/view'
import { slugSchema } from '@/lib/interchange/assignment-document'
import { isTimeZone } from '@/lib/timing/wall-clock'

/** What forms send about courses and assignments. A text is written in both languages. */

const written = (longest: number) => z.string().trim().min(1).max(longest)
const bilingual = (longest: number) => z.strictObject({ zh: written(longest), en: written(longest) })

export const titleSchema = bilingual(200)
const introductionSchema = bilingual(4000)
const timeZoneSchema = z.string().max(100).refine(isTimeZone, 'unknown-zone')

/** Words that stand where a course's or assignment's name does in other addresses of the site. */
const takenWords = ['new', 'staff']

/** The name in addresses. */
export const addressSchema = slugSchema.max(60).refine((slug) => !takenWords.includes(slug), 'reserved')

export const newCourseSchema = z.strictObject({
  slug: addressSchema,
  title: titleSchema,
  timeZone: timeZoneSchema,
  /** Of a course that the viewer is an instructor of, whose assignments and settings are copied; null: empty. */
  copyOf: z.string().max(100).nullable(),
})

export const courseSettingsSchema = z.strictObject({
  title: titleSchema,
  timeZone: timeZoneSchema,
  archived: z.boolean(),
})

/** Where a new assignment comes from. */
export const newAssignmentSchema = z.discriminatedUnion('from', [
  z.strictObject({
    from: z.literal('empty'),
    slug: addressSchema,
    title: titleSchema,
    introduction: introductionSchema,
  }),
  /** Of any course that the viewer is an instructor of. */
  z.strictObject({ from: z.literal('copy'), slug: addressSchema, assignmentId: idSchema }),
  /** YAML as people write it, or JSON as it is exported. */
  z.strictObject({
    from: z.literal('file'),
    slug: addressSchema,
    name: z.string().max(200),
    text: z.string().min(1).max(250_000),
  }),
])

export const assignmentDetailsSchema = z.strictObject({
  slug: addressSchema,
  title: titleSchema,
  introduction: introductionSchema,
  state: z.enum(assignmentStates),
  /** Each attempt that begins from now on shows the options in an order of its own. */
  shuffleOptions: z.boolean(),
})

/** As they shall be. Where they were `known` before, only what is another is set, and the rest stays. */
export const assignmentDetailsSaveSchema = z.strictObject({
  ...assignmentDetailsSchema.shape,
  known: assignmentDetailsSchema.optional(),
})

export const assignmentOrderSchema = z.strictObject({ assignmentIds: z.array(idSchema).max(500) })

/** Where a course or an assignment is found. */
export const madeSchema = z.object({ slug: z.string() })

export type NewCourse = z.output<typeof newCourseSchema>
export type CourseSettings = z.output<typeof courseSettingsSchema>
export type NewAssignment = z.output<typeof newAssignmentSchema>
export type AssignmentDetails = z.output<typeof assignmentDetailsSchema>
export type AssignmentDetailsSave = z.output<typeof assignmentDetailsSaveSchema>
