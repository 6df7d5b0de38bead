import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import {
  answersSchema,
  answerToSaveSchema,
  attemptTimeSchema,
  attemptViewSchema,
  flagSchema,
  idSchema,
  resultViewSchema,
  saveOutcomeSchema,
  startedSchema,
  submissionSchema,
} from '@/lib/attempts/schema'

const attempt = z.strictObject({ attemptId: idSchema })

/** What students do with their attempts. */
export const attemptContracts = {
  startAttempt: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/attempts',
    summary:
      'Start an own attempt, or find the one that is there. `number` asks for a further one: repeated, it is the same',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    query: z.strictObject({ number: z.coerce.number().int().min(1).max(1000).optional() }),
    reply: { schema: startedSchema },
    problems: ['assignment-not-open', 'assignment-closed', 'attempts-used-up'],
  },
  readAttempt: {
    method: 'GET',
    path: '/api/attempts/{attemptId}',
    summary: 'The own attempt: questions as they were when it began, flags and answers',
    access: 'signed-in',
    params: attempt,
    reply: { schema: attemptViewSchema },
    problems: [],
  },
  readAnswers: {
    method: 'GET',
    path: '/api/attempts/{attemptId}/answers',
    summary: 'The own answers alone, for a tab that comes back',
    access: 'signed-in',
    params: attempt,
    reply: { schema: answersSchema },
    problems: [],
  },
  saveAnswer: {
    method: 'PUT',
    path: '/api/attempts/{attemptId}/answers/{partId}',
    summary:
      'Save the options chosen in one part. The largest revision wins; repeating a save changes nothing. ' +
      'A refusal because the attempt has ended says what is `stored`.',
    access: 'signed-in',
    revocation: 'statement',
    params: z.strictObject({ attemptId: idSchema, partId: idSchema }),
    body: answerToSaveSchema,
    reply: { schema: saveOutcomeSchema },
    problems: [
      'invalid-answer',
      'attempt-submitted',
      'assignment-closed',
      'attempt-time-over',
      'too-many-saves',
    ],
  },
  readTime: {
    method: 'GET',
    path: '/api/attempts/{attemptId}/time',
    summary: 'What time is left and why, by the server’s clock; extensions are in it at once',
    access: 'signed-in',
    params: attempt,
    reply: { schema: attemptTimeSchema },
    problems: [],
  },
  setFlag: {
    method: 'PUT',
    path: '/api/attempts/{attemptId}/flags/{questionId}',
    summary: 'Mark a question to come back to, or take the mark away',
    access: 'signed-in',
    params: z.strictObject({ attemptId: idSchema, questionId: idSchema }),
    body: flagSchema,
    reply: { schema: flagSchema },
    problems: ['attempt-submitted'],
  },
  submitAttempt: {
    method: 'POST',
    path: '/api/attempts/{attemptId}/submit',
    summary: 'Submit and score the own attempt. Repeated, it answers with the first receipt',
    access: 'signed-in',
    params: attempt,
    reply: { schema: submissionSchema },
    problems: [],
  },
  readResult: {
    method: 'GET',
    path: '/api/attempts/{attemptId}/result',
    summary: 'Score and key of the own attempt, as far as the assignment releases them',
    access: 'signed-in',
    params: attempt,
    reply: { schema: resultViewSchema },
    problems: ['attempt-not-submitted'],
  },
  readReceipt: {
    method: 'GET',
    path: '/api/attempts/{attemptId}/receipt',
    summary: 'The signed receipt of the own attempt, which `vitrine receipt verify` checks',
    access: 'signed-in',
    params: attempt,
    reply: { media: 'text/plain' },
    problems: ['attempt-not-submitted'],
  },
} as const satisfies { readonly [name: string]: Contract }
