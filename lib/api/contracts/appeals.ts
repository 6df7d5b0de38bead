import { z } from 'zod'
import { adjustedScoreSchema, adjustmentSchema, removeAdjustmentSchema } from '@/lib/adjustments/schema'
import type { Contract } from '@/lib/api/contract'
import {
  answerAppealSchema,
  appealHolderSchema,
  askAppealSchema,
  ownAppealsSchema,
} from '@/lib/appeals/schema'
import { idSchema } from '@/lib/attempts/schema'

const attempt = z.strictObject({ attemptId: idSchema })
const part = z.strictObject({ attemptId: idSchema, partId: idSchema })
const appeal = z.strictObject({ appealId: idSchema })

/** Points by hand, and what students ask about their scores. */
export const appealContracts = {
  adjustPart: {
    method: 'PUT',
    path: '/api/attempts/{attemptId}/parts/{partId}/adjustment',
    summary:
      'For staff: adjust a part’s points by hand within 0 and its maximum, comment on it for the student, or both. `seen` is ' +
      'the part as it was looked at; if it is another by now, nothing is overwritten. Points are thousandths',
    access: 'signed-in',
    params: part,
    body: adjustmentSchema,
    reply: { schema: adjustedScoreSchema },
    problems: ['adjustment-outdated', 'attempt-not-submitted'],
  },
  removeAdjustment: {
    method: 'DELETE',
    path: '/api/attempts/{attemptId}/parts/{partId}/adjustment',
    summary: 'For staff: take the adjustment of `adjustedAt` and its comment away; key and rule count again',
    access: 'signed-in',
    params: part,
    query: removeAdjustmentSchema,
    reply: { schema: adjustedScoreSchema },
    problems: ['adjustment-outdated', 'attempt-not-submitted'],
  },
  readOwnAppeals: {
    method: 'GET',
    path: '/api/attempts/{attemptId}/appeals',
    summary: 'What the student asked about the own attempt’s scores, with the answers',
    access: 'signed-in',
    params: attempt,
    reply: { schema: ownAppealsSchema },
    problems: [],
  },
  askAppeal: {
    method: 'POST',
    path: '/api/attempts/{attemptId}/parts/{partId}/appeals',
    summary:
      'Ask staff about a part of the own released score. One question about a part is open at a time; the same text sent ' +
      'again is the same question',
    access: 'signed-in',
    params: part,
    body: askAppealSchema,
    reply: { schema: z.object({ appealId: z.string() }) },
    problems: ['appeal-not-open', 'appeal-standing'],
  },
  withdrawAppeal: {
    method: 'POST',
    path: '/api/attempts/{attemptId}/appeals/{appealId}/withdrawal',
    summary: 'Take an own question back, as long as it is not answered',
    access: 'signed-in',
    params: z.strictObject({ attemptId: idSchema, appealId: idSchema }),
    reply: { schema: z.object({ withdrawn: z.literal(true) }) },
    problems: ['appeal-closed'],
  },
  claimAppeal: {
    method: 'PUT',
    path: '/api/appeals/{appealId}/claim',
    summary: 'For staff: take a question for 30 minutes, or renew the own claim',
    access: 'signed-in',
    params: appeal,
    reply: { schema: appealHolderSchema },
    problems: ['appeal-held', 'appeal-closed'],
  },
  giveBackAppeal: {
    method: 'DELETE',
    path: '/api/appeals/{appealId}/claim',
    summary: 'For staff: give a question back, for anybody to take',
    access: 'signed-in',
    params: appeal,
    reply: { schema: z.object({ givenBack: z.literal(true) }) },
    problems: [],
  },
  answerAppeal: {
    method: 'PUT',
    path: '/api/appeals/{appealId}/answer',
    summary: 'For staff: answer a question that one has taken, and adjust its part, both or neither',
    access: 'signed-in',
    params: appeal,
    body: answerAppealSchema,
    reply: { schema: z.object({ answered: z.literal(true) }) },
    problems: ['appeal-held', 'appeal-closed', 'adjustment-outdated', 'attempt-not-submitted'],
  },
} as const satisfies { readonly [name: string]: Contract }
