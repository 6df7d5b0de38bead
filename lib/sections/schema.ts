import { z } from 'zod'
import { largestSectionTable, longestSectionName, type SectionImport } from '@/lib/sections/view'

/** What people call a section: one line. */
export const sectionNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(longestSectionName)
  .regex(/^[^\p{Cc}]*$/u)

export const sectionSchema = z.strictObject({ name: sectionNameSchema })

export const madeSectionSchema = z.object({ sectionId: z.string() })

export const sectionMembersSchema = z.strictObject({
  /** null: in none. */
  sectionId: z.string().min(1).max(64).nullable(),
  userIds: z.array(z.string().min(1).max(64)).min(1).max(5000),
})

export const movedSchema = z.object({ moved: z.int() })

/** A table as text: separated by commas, semicolons or tabs, with columns `email` and `section`. */
export const sectionTableSchema = z.strictObject({ table: z.string().min(1).max(largestSectionTable) })

export const sectionImportSchema: z.ZodType<SectionImport> = z.object({
  students: z.int(),
  moved: z.int(),
  made: z.array(z.string()),
})

/** In an address, a section by its id, or `none`; left out: everybody. */
export const sectionChoiceSchema = z.string().min(1).max(64).optional()
