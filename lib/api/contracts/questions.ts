import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import { newVersionSchema, publishedSchema, staffQuestionSchema } from '@/lib/questions/schema'
import { keyCheckRequestSchema, keyCheckStateSchema, latestKeyCheckSchema } from '@/lib/verification/schema'

/** Questions, their versions, and keys against the models. */
export const questionContracts = {
  readQuestion: {
    method: 'GET',
    path: '/api/questions/{questionId}',
    summary: 'For staff: the latest version of a question, with its key',
    access: 'signed-in',
    params: z.strictObject({ questionId: idSchema }),
    reply: { schema: staffQuestionSchema },
    problems: [],
  },
  publishQuestion: {
    method: 'POST',
    path: '/api/questions/{questionId}/versions',
    summary:
      'For instructors: publish a new version of a question. Attempts that have begun keep the old one',
    access: 'signed-in',
    params: z.strictObject({ questionId: idSchema }),
    body: newVersionSchema,
    reply: { schema: publishedSchema },
    problems: ['version-outdated', 'draft-conflict', 'key-contradicted', 'figure-impossible'],
  },
  checkKeys: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/key-checks',
    summary: 'For instructors: have the answer keys, or some of them, checked against the models',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    body: keyCheckRequestSchema,
    reply: { schema: keyCheckStateSchema },
    problems: [],
  },
  readKeyCheck: {
    method: 'GET',
    path: '/api/assignments/{assignmentId}/key-checks/latest',
    summary: 'For staff: how far the latest check of the answer keys is',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    reply: { schema: latestKeyCheckSchema },
    problems: [],
  },
} as const satisfies { readonly [name: string]: Contract }
