import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import { copiedQuestionsSchema, questionCopiesSchema, questionTagsSchema } from '@/lib/bank/schema'
import { keyTrialSchema, latestTrialSchema, trialRequestSchema } from '@/lib/key-trials/schema'
import { poolsSchema, savedPoolsSchema } from '@/lib/pools/schema'
import {
  archiveSchema,
  discardSchema,
  draftSaveSchema,
  newQuestionReplySchema,
  newQuestionSchema,
  orderReplySchema,
  questionHistorySchema,
  questionOrderSchema,
  savedDraftSchema,
  storedDraftSchema,
  versionDraftSchema,
} from '@/lib/studio/schema'

const questionParams = z.strictObject({ questionId: idSchema })
const partParams = questionParams.extend({ partId: z.string().regex(/^[a-z0-9-]{1,80}$/) })
const assignmentParams = z.strictObject({ assignmentId: idSchema })

/** What instructors write before it is published, and the list of an assignment's questions. */
export const studioContracts = {
  createQuestion: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/questions',
    summary:
      'For instructors: add a question at the end, empty or a copy. It is a draft until it is published',
    access: 'signed-in',
    params: assignmentParams,
    body: newQuestionSchema,
    reply: { schema: newQuestionReplySchema },
    problems: [],
  },
  orderQuestions: {
    method: 'PUT',
    path: '/api/assignments/{assignmentId}/questions/order',
    summary: 'For instructors: put the questions in another order, for attempts that begin from now on',
    access: 'signed-in',
    params: assignmentParams,
    body: questionOrderSchema,
    reply: { schema: orderReplySchema },
    problems: [],
  },
  setPools: {
    method: 'PUT',
    path: '/api/assignments/{assignmentId}/pools',
    summary:
      'For instructors: say which questions attempts draw that begin from now on, all pools at once. Questions in no ' +
      'pool are for everybody. They are saved on top of the revision that one knows; may be sent twice',
    access: 'signed-in',
    params: assignmentParams,
    body: poolsSchema,
    reply: { schema: savedPoolsSchema },
    problems: ['pools-conflict'],
  },
  copyQuestions: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/questions/copies',
    summary:
      'For instructors: copy questions of the own courses to the end of an assignment, in their latest versions, with the ' +
      'pictures and models that they show. They ' +
      'are drafts until they are published, and say which version they are copies of',
    access: 'signed-in',
    params: assignmentParams,
    body: questionCopiesSchema,
    reply: { schema: copiedQuestionsSchema },
    problems: ['picture-differs', 'model-not-read', 'model-limit'],
  },
  setTags: {
    method: 'PUT',
    path: '/api/questions/{questionId}/tags',
    summary: 'For instructors: give a question its tags, by which staff find it',
    access: 'signed-in',
    params: questionParams,
    body: questionTagsSchema,
    reply: { schema: questionTagsSchema },
    problems: [],
  },
  archiveQuestion: {
    method: 'PUT',
    path: '/api/questions/{questionId}/archive',
    summary: 'For instructors: leave a question out of attempts that begin from now on, or take it in again',
    access: 'signed-in',
    params: questionParams,
    body: archiveSchema,
    reply: { schema: archiveSchema },
    problems: [],
  },
  readDraft: {
    method: 'GET',
    path: '/api/questions/{questionId}/draft',
    summary: 'For staff: what is written of a question and not published, with who saved it last',
    access: 'signed-in',
    params: questionParams,
    reply: { schema: z.object({ stored: storedDraftSchema.nullable() }) },
    problems: [],
  },
  saveDraft: {
    method: 'PUT',
    path: '/api/questions/{questionId}/draft',
    summary: 'For instructors: save a draft on top of the revision that one knows. May be sent twice',
    access: 'signed-in',
    params: questionParams,
    body: draftSaveSchema,
    reply: { schema: savedDraftSchema },
    problems: ['draft-conflict'],
  },
  discardDraft: {
    method: 'POST',
    path: '/api/questions/{questionId}/draft/discard',
    summary: 'For instructors: put a draft aside, so that the question is as it was published last',
    access: 'signed-in',
    params: questionParams,
    body: discardSchema,
    reply: { schema: z.object({ revision: z.int() }) },
    problems: ['draft-conflict'],
  },
  readQuestionHistory: {
    method: 'GET',
    path: '/api/questions/{questionId}/versions',
    summary: 'For instructors: the versions of a question, and drafts that were set aside',
    access: 'signed-in',
    params: questionParams,
    reply: { schema: questionHistorySchema },
    problems: [],
  },
  readVersion: {
    method: 'GET',
    path: '/api/questions/{questionId}/versions/{version}',
    summary: 'For instructors: one version of a question with its latest key, in the form of a draft',
    access: 'signed-in',
    params: z.strictObject({ questionId: idSchema, version: z.coerce.number().int().min(1) }),
    reply: { schema: versionDraftSchema },
    problems: [],
  },
  startKeyTrial: {
    method: 'PUT',
    path: '/api/questions/{questionId}/parts/{partId}/key-trial',
    summary:
      'For instructors: have a draft’s key measured and judged as it is written. It takes the place of one’s last trial of the part',
    access: 'signed-in',
    params: partParams,
    body: trialRequestSchema,
    reply: { schema: keyTrialSchema },
    problems: [],
  },
  readKeyTrial: {
    method: 'GET',
    path: '/api/questions/{questionId}/parts/{partId}/key-trial',
    summary: 'For staff: how far one’s trial of a draft’s key is, and what it found',
    access: 'signed-in',
    params: partParams,
    reply: { schema: latestTrialSchema },
    problems: [],
  },
  withdrawKeyTrial: {
    method: 'DELETE',
    path: '/api/questions/{questionId}/parts/{partId}/key-trial',
    summary: 'For instructors: cancel one’s trial of a draft’s key, or forget what it found',
    access: 'signed-in',
    params: partParams,
    reply: { schema: z.object({ withdrawn: z.literal(true) }) },
    problems: [],
  },
} as const satisfies { readonly [name: string]: Contract }
