import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { pullRequestSchema } from '@/lib/models/hub/schema'
import { modelUploadSchema } from '@/lib/models/schema'
import { modelDetailsSchema, modelNameSchema, modelStateSchema } from '@/lib/models/view'

const course = z.strictObject({ courseSlug: z.string().min(1).max(100) })
const model = course.extend({ modelName: modelNameSchema })

/** Models that a course has uploaded, or had fetched from the Hub. */
export const modelContracts = {
  uploadModel: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/models',
    summary:
      'For instructors: upload a model; `file` is what its file was called. It is read by the worker: ask `readModel` until its ' +
      'status is neither `fetching` nor `checking`',
    access: 'signed-in',
    params: course,
    query: modelUploadSchema,
    upload: { media: 'application/octet-stream' },
    reply: { schema: z.object({ name: modelNameSchema }) },
    problems: ['name-taken', 'model-unreadable', 'model-too-large', 'model-limit'],
  },
  pullModel: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/model-pulls',
    summary:
      'For instructors: have a BERT fetched from the Hugging Face Hub, or the mirror that this site has been given. It is read ' +
      'by the worker: ask `readModel`. The same again changes nothing; of a model that was refused, it is another try',
    access: 'signed-in',
    params: course,
    body: pullRequestSchema,
    reply: { schema: z.object({ name: modelNameSchema }) },
    problems: ['name-taken', 'model-limit', 'hub-off'],
  },
  readModel: {
    method: 'GET',
    path: '/api/courses/{courseSlug}/models/{modelName}',
    summary: 'For staff: what was found in a model of the course, and how far the worker is',
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
    summary: 'For instructors: remove a model that no figure uses, or cancel its fetching',
    access: 'signed-in',
    params: model,
    reply: { schema: z.object({ removed: z.literal(true) }) },
    problems: ['model-in-use'],
  },
} as const satisfies { readonly [name: string]: Contract }
