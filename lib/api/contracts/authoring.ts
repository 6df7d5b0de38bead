import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import {
  addressSchema,
  assignmentDetailsSaveSchema,
  assignmentOrderSchema,
  courseSettingsSchema,
  madeSchema,
  newAssignmentSchema,
  newCourseSchema,
} from '@/lib/authoring/schema'

const course = z.strictObject({ courseSlug: z.string().min(1).max(100) })
const assignment = z.strictObject({ assignmentId: idSchema })

/** Courses and assignments: made, copied, changed, put away. */
export const authoringContracts = {
  createCourse: {
    method: 'POST',
    path: '/api/courses',
    summary:
      'For operators and instructors of any course: make a course, empty or as a copy of one’s own, without its people',
    access: 'signed-in',
    body: newCourseSchema,
    reply: { schema: madeSchema },
    problems: ['name-taken', 'model-not-read'],
  },
  changeCourse: {
    method: 'PUT',
    path: '/api/courses/{courseSlug}',
    summary: 'For instructors: change title and time zone; archive the course, or take it back',
    access: 'signed-in',
    params: course,
    body: courseSettingsSchema,
    reply: { schema: z.object({ changed: z.literal(true) }) },
    problems: [],
  },
  createAssignment: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/assignments',
    summary: 'For instructors: make an assignment, a draft: empty, as a copy of one’s own, or from a file',
    access: 'signed-in',
    params: course,
    body: newAssignmentSchema,
    reply: { schema: madeSchema },
    problems: ['name-taken', 'assignment-file-refused', 'picture-differs', 'model-not-read', 'model-limit'],
  },
  importAssignment: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/assignment-packages',
    summary:
      'For instructors: make an assignment, a draft, from a zip of its document and its pictures, all of it or nothing. ' +
      'The body is the zip itself',
    access: 'signed-in',
    params: course,
    query: z.strictObject({ slug: addressSchema }),
    reply: { schema: madeSchema },
    problems: ['name-taken', 'assignment-file-refused'],
  },
  orderAssignments: {
    method: 'PUT',
    path: '/api/courses/{courseSlug}/assignments',
    summary: 'For instructors: put the course’s assignments in an order, all of them',
    access: 'signed-in',
    params: course,
    body: assignmentOrderSchema,
    reply: { schema: z.object({ ordered: z.literal(true) }) },
    problems: [],
  },
  changeAssignment: {
    method: 'PUT',
    path: '/api/assignments/{assignmentId}',
    summary: 'For instructors: change title, introduction and address; publish, archive',
    access: 'signed-in',
    params: assignment,
    body: assignmentDetailsSaveSchema,
    reply: { schema: z.object({ changed: z.literal(true) }) },
    problems: ['name-taken', 'assignment-started', 'assignment-empty', 'pool-short'],
  },
  deleteAssignment: {
    method: 'DELETE',
    path: '/api/assignments/{assignmentId}',
    summary: 'For instructors: delete an assignment that nobody has started',
    access: 'signed-in',
    params: assignment,
    reply: { schema: z.object({ deleted: z.literal(true) }) },
    problems: ['assignment-started'],
  },
  exportAssignment: {
    method: 'GET',
    path: '/api/assignments/{assignmentId}/file',
    summary: 'For instructors: the assignment as a file, keys included, as it can be taken in again',
    access: 'signed-in',
    params: assignment,
    reply: { media: 'application/json' },
    problems: [],
  },
  exportPackage: {
    method: 'GET',
    path: '/api/assignments/{assignmentId}/package',
    summary:
      'For instructors: the assignment and the course’s pictures that it shows, as a zip that can be taken in again',
    access: 'signed-in',
    params: assignment,
    reply: { media: 'application/zip' },
    problems: [],
  },
} as const satisfies { readonly [name: string]: Contract }
