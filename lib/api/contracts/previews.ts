import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import {
  figureMaterialSchema,
  previewRequestSchema,
  previewSchema,
  sentenceWordsSchema,
  withdrawnSchema,
  wordsQuerySchema,
} from '@/lib/figure-previews/schema'
import { figureHashSchema } from '@/lib/figures/schema'

const course = z.strictObject({ courseSlug: z.string().min(1).max(100) })

/** Figures that instructors try out before a question shows them. */
export const previewContracts = {
  askForPreview: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/figure-previews',
    summary:
      'For instructors: have the figure of a specification made. Its state is told by GET /api/figures; a figure that is ' +
      'there already is shown at once',
    access: 'signed-in',
    params: course,
    body: previewRequestSchema,
    reply: { schema: previewSchema },
    problems: ['figure-impossible', 'preview-limit'],
  },
  withdrawPreview: {
    method: 'DELETE',
    path: '/api/courses/{courseSlug}/figure-previews/{requestId}',
    summary:
      'For instructors: cancel a preview of one’s own that is not ready. It is computed on while somebody else wants it',
    access: 'signed-in',
    params: course.extend({ requestId: figureHashSchema }),
    reply: { schema: withdrawnSchema },
    problems: [],
  },
  readFigureMaterial: {
    method: 'GET',
    path: '/api/courses/{courseSlug}/figure-material',
    summary: 'For staff: the pictures, models, texts and parameters that figures can be made of',
    access: 'signed-in',
    params: course,
    reply: { schema: figureMaterialSchema },
    problems: [],
  },
  readSentenceWords: {
    method: 'GET',
    path: '/api/courses/{courseSlug}/figure-material/words',
    summary: 'For staff: the words of a sentence as a language model reads them',
    access: 'signed-in',
    params: course,
    query: wordsQuerySchema,
    reply: { schema: sentenceWordsSchema },
    problems: ['figure-impossible'],
  },
} as const satisfies { readonly [name: string]: Contract }
