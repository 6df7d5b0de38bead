import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import {
  madeSectionSchema,
  movedSchema,
  sectionImportSchema,
  sectionMembersSchema,
  sectionSchema,
  sectionTableSchema,
} from '@/lib/sections/schema'

const course = z.strictObject({ courseSlug: z.string().min(1).max(100) })
const section = course.extend({ sectionId: idSchema })

/** Sections of a course. */
export const sectionContracts = {
  makeSection: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/sections',
    summary: 'For staff: make a section of the course',
    access: 'signed-in',
    params: course,
    body: sectionSchema,
    reply: { schema: madeSectionSchema },
    problems: ['name-taken'],
  },
  renameSection: {
    method: 'PUT',
    path: '/api/courses/{courseSlug}/sections/{sectionId}',
    summary: 'For staff: give a section another name',
    access: 'signed-in',
    params: section,
    body: sectionSchema,
    reply: { schema: z.object({ renamed: z.literal(true) }) },
    problems: ['name-taken'],
  },
  removeSection: {
    method: 'DELETE',
    path: '/api/courses/{courseSlug}/sections/{sectionId}',
    summary: 'For staff: remove a section. Its students stay in the course',
    access: 'signed-in',
    params: section,
    reply: { schema: z.object({ removed: z.literal(true) }) },
    problems: [],
  },
  assignSection: {
    method: 'PUT',
    path: '/api/courses/{courseSlug}/section-members',
    summary: 'For staff: put students into a section, or into none',
    access: 'signed-in',
    params: course,
    body: sectionMembersSchema,
    reply: { schema: movedSchema },
    problems: [],
  },
  importSections: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/section-members',
    summary:
      'For staff: take in a table with columns `email` and `section`, all of it or nothing. Sections that are not there ' +
      'are made; an empty section takes the student out',
    access: 'signed-in',
    params: course,
    body: sectionTableSchema,
    reply: { schema: sectionImportSchema },
    problems: ['table-refused'],
  },
} as const satisfies { readonly [name: string]: Contract }
