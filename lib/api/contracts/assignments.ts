import { z } from 'zod'
import { answerFileImportSchema, answerFileReportSchema } from '@/lib/answer-files/schema'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import { auditQuerySchema } from '@/lib/audit/schema'
import { scoreboardSchema } from '@/lib/scoreboard/schema'
import { sectionChoiceSchema } from '@/lib/sections/schema'
import { receiptCheckSchema, shownReceiptSchema } from '@/lib/submission/schema'
import { scheduleSaveSchema, studentScheduleSchema } from '@/lib/timing/schema'

const sectionQuery = z.object({ section: sectionChoiceSchema })

/** What staff do with an assignment: its dates, scores, history, receipts and answer files. */
export const assignmentContracts = {
  setSchedule: {
    method: 'PUT',
    path: '/api/assignments/{assignmentId}/schedule',
    summary:
      'For instructors: set dates, late credit, limits and release. Dates are wall clocks of `timeZone`. Attempts that ' +
      'are open get their new end at once',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    body: scheduleSaveSchema,
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
  signOutStudent: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/students/{userId}/sessions/revocation',
    summary: 'For instructors: end all sessions of a student of the course, on every device',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema, userId: idSchema }),
    reply: { schema: z.object({ revoked: z.literal(true) }) },
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
  readScoreboard: {
    method: 'GET',
    path: '/api/assignments/{assignmentId}/scoreboard',
    summary:
      'For staff: every student’s state and score, and the progress of every part, at most half a second old. Ask with ' +
      'If-None-Match to be told that nothing has changed. `section`: the id of a section, or `none`',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    query: sectionQuery,
    reply: { schema: scoreboardSchema },
    problems: [],
  },
  exportScores: {
    method: 'GET',
    path: '/api/assignments/{assignmentId}/scores',
    summary:
      'For staff: the class, or a section, as a table for spreadsheets, a row a student and a column a part. What leaves ' +
      'is remembered, so that a regrade can say which of these scores it changes',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    query: sectionQuery,
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
  importAnswerFile: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/answer-files',
    summary:
      'Open a student’s encrypted answer file: say what it holds, or store its newer answers. An attempt that has ended ' +
      'takes them only with `acceptLate`, and is graded anew',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    body: answerFileImportSchema,
    reply: { schema: answerFileReportSchema },
    problems: ['answer-file-unreadable', 'answer-file-late'],
  },
} as const satisfies { readonly [name: string]: Contract }
