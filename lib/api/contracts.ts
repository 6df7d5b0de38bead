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
import { auditQuerySchema } from '@/lib/audit/schema'
import {
  explorationIdSchema,
  explorationMaterialSchema,
  explorationRequestSchema,
  explorationStateSchema,
} from '@/lib/explorations/schema'
import {
  assetNameSchema,
  composeQuerySchema,
  figureHashSchema,
  figureRequestsSchema,
  figureStatesSchema,
  figureViewSchema,
} from '@/lib/figures/schema'
import { newVersionSchema, publishedSchema, staffQuestionSchema } from '@/lib/questions/schema'
import { scoreboardSchema } from '@/lib/scoreboard/schema'
import { receiptCheckSchema, shownReceiptSchema } from '@/lib/submission/schema'
import { scheduleSchema, studentScheduleSchema } from '@/lib/timing/schema'
import { keyCheckRequestSchema, keyCheckStateSchema, latestKeyCheckSchema } from '@/lib/verification/schema'

const attempt = z.strictObject({ attemptId: idSchema })
const figure = z.strictObject({ figureId: figureHashSchema })

/** Every route of the site, except next-auth's own below /api/auth. */
export const contracts = {
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
  setSchedule: {
    method: 'PUT',
    path: '/api/assignments/{assignmentId}/schedule',
    summary:
      'For instructors: set dates, late credit, limits and release. Dates are wall clocks of `timeZone`. Attempts that ' +
      'are open get their new end at once',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    body: scheduleSchema,
    reply: { schema: z.object({ set: z.literal(true) }) },
    problems: [],
  },
  setStudentSchedule: {
    method: 'PUT',
    path: '/api/assignments/{assignmentId}/students/{userId}/schedule',
    summary:
      'For instructors: set a student’s extra time in the course, and dates and limits in one assignment',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema, userId: idSchema }),
    body: studentScheduleSchema,
    reply: { schema: z.object({ set: z.literal(true) }) },
    problems: [],
  },
  checkReceipt: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/receipts',
    summary: 'For staff: whether a receipt, in full or as its code, is genuine, and what it was given for',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    body: shownReceiptSchema,
    reply: { schema: receiptCheckSchema },
    problems: [],
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
    params: z.strictObject({ attemptId: idSchema, partId: idSchema }),
    body: answerToSaveSchema,
    reply: { schema: saveOutcomeSchema },
    problems: ['invalid-answer', 'attempt-submitted', 'assignment-closed', 'attempt-time-over'],
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
  readFigureStates: {
    method: 'GET',
    path: '/api/figures',
    summary: 'States of requested figures, at most half a second old',
    access: 'signed-in',
    query: figureRequestsSchema,
    reply: { schema: figureStatesSchema },
    problems: [],
  },
  readFigure: {
    method: 'GET',
    path: '/api/figures/{figureId}',
    summary: 'A figure as data; it never changes',
    access: 'signed-in',
    params: figure,
    reply: { schema: figureViewSchema },
    problems: [],
  },
  readFigureAsset: {
    method: 'GET',
    path: '/api/figures/{figureId}/assets/{name}',
    summary: 'One of the pictures that a figure names; it never changes',
    access: 'signed-in',
    params: figure.extend({ name: assetNameSchema }),
    reply: { media: 'image/png' },
    problems: [],
  },
  readFigureImage: {
    method: 'GET',
    path: '/api/figures/{figureId}/image',
    summary: 'The whole figure as one picture',
    access: 'signed-in',
    params: figure,
    query: composeQuerySchema,
    reply: { media: 'image/png' },
    problems: [],
  },
  readScoreboard: {
    method: 'GET',
    path: '/api/assignments/{assignmentId}/scoreboard',
    summary:
      'For staff: every student’s state and score, and the progress of every part, at most half a second old. Ask with ' +
      'If-None-Match to be told that nothing has changed',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    reply: { schema: scoreboardSchema },
    problems: [],
  },
  exportScores: {
    method: 'GET',
    path: '/api/assignments/{assignmentId}/scores',
    summary: 'For staff: the class as a table for spreadsheets, a row a student and a column a part',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    reply: { media: 'text/csv' },
    problems: [],
  },
  exportAudit: {
    method: 'GET',
    path: '/api/assignments/{assignmentId}/audit',
    summary: 'For staff: the history of the assignment as a table for spreadsheets, searched as on its page',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    query: auditQuerySchema,
    reply: { media: 'text/csv' },
    problems: [],
  },
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
    problems: ['version-outdated', 'key-contradicted'],
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
  explore: {
    method: 'POST',
    path: '/api/explorations',
    summary:
      'Ask a language model something: attention with masked words, nearest embeddings in a corpus, the index that ' +
      'these need, the embeddings of a question and its passage, of one word in several sentences. Answers within some seconds with the result, else with status 202 and an id to ask for',
    access: 'signed-in',
    body: explorationRequestSchema,
    reply: { schema: explorationStateSchema },
    problems: ['exploration-quota'],
  },
  explorationMaterial: {
    method: 'GET',
    path: '/api/explorations/material',
    summary: 'The passages and sentences that explorations begin with',
    access: 'signed-in',
    reply: { schema: explorationMaterialSchema },
    problems: [],
  },
  readExploration: {
    method: 'GET',
    path: '/api/explorations/{explorationId}',
    summary: 'The state of an exploration, and its result when it is ready',
    access: 'signed-in',
    params: z.strictObject({ explorationId: explorationIdSchema }),
    reply: { schema: explorationStateSchema },
    problems: [],
  },
  health: {
    method: 'GET',
    path: '/api/health',
    summary: 'Whether the database answers and a worker is there; status 503 when the database does not',
    access: 'public',
    reply: {
      schema: z.object({
        status: z.enum(['ok', 'degraded', 'down']),
        database: z.boolean(),
        worker: z.boolean(),
        figures: z.object({ waiting: z.int(), failed: z.int() }).nullable(),
      }),
    },
    problems: [],
  },
  openApi: {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This document',
    access: 'public',
    reply: { schema: z.looseObject({ openapi: z.string() }) },
    problems: [],
  },
} as const satisfies { readonly [name: string]: Contract }
