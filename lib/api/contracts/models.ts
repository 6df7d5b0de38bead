import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { modelUploadSchema } from '@/lib/models/schema'
import { modelDetailsSchema, modelNameSchema, modelStateSchema } from '@/lib/models/view'

const course = z.strictObject({ courseSlug: z.string().min(1).max(100) })
const model = course.extend({ modelName: modelNameSchema })

/** Models that a course has uploaded. */
export const modelContracts = {
  uploadModel: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/models',
    summary:
      'For instructors: upload a model; `file` is what its file was called. It is read by the worker: ask `readModel` until its ' +
      'status is no longer `checking`',
    access: 'signed-in',
    params: course,
    query: modelUploadSchema,
    upload: { media: 'application/octet-stream' },
    reply: { schema: z.object({ name: modelNameSchema }) },
    problems: ['name-taken', 'model-unreadable', 'model-too-large', 'model-limit'],
  },
  readModel: {
    method: 'GET',
    path: '/api/courses/{courseSlug}/models/{modelName}',
    summary: 'For staff: what was found in an uploaded model, and how far the worker is',
    access: 'signed-in',
    params: model,
    reply: { schema: modelStateSchema },
    problems: [],
  },
  describeModel: {
    method: 'PUT',
    path: '/api/courses/{courseSlug}/models/{modelName}',
    summary:
      'For instructors: say where a model comes from, name its classes and how pictures are prepared for it; it is then tried out',
    access: 'signed-in',
    params: model,
    body: modelDetailsSchema,
    reply: { schema: z.object({ described: z.literal(true) }) },
    problems: ['model-not-read', 'model-in-use'],
  },
  removeModel: {
    method: 'DELETE',
    path: '/api/courses/{courseSlug}/models/{modelName}',
    summary: 'For instructors: remove a model that no figure uses',
    access: 'signed-in',
    params: model,
    reply: { schema: z.object({ removed: z.literal(true) }) },
    problems: ['model-in-use'],
  },
} as const satisfies { readonly [name: string]: Contract }
