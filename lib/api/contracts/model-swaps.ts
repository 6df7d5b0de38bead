import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import { applySwapSchema, proposedSchema, swapProposalSchema, swapViewSchema } from '@/lib/model-swaps/schema'

const swap = z.strictObject({ swapId: idSchema })

/** Another model in the place of one, as change sets. */
export const modelSwapContracts = {
  proposeSwap: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/model-swaps',
    summary:
      'For instructors: try another model in questions that are about one. Figures and keys are computed and compared; nothing changes yet',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    body: swapProposalSchema,
    reply: { schema: proposedSchema },
    problems: ['swap-impossible', 'swap-limit'],
  },
  readSwap: {
    method: 'GET',
    path: '/api/model-swaps/{swapId}',
    summary: 'For staff: a swap, how far it is computed, and every part with what is found of both models',
    access: 'signed-in',
    params: swap,
    reply: { schema: swapViewSchema },
    problems: [],
  },
  discardSwap: {
    method: 'DELETE',
    path: '/api/model-swaps/{swapId}',
    summary: 'For instructors: discard a proposed swap, also while it is computed. Nothing of it stays',
    access: 'signed-in',
    params: swap,
    reply: { schema: z.object({ discarded: z.literal(true) }) },
    problems: ['swap-closed'],
  },
  applySwap: {
    method: 'POST',
    path: '/api/model-swaps/{swapId}/apply',
    summary:
      'For instructors: make a new version of each of its questions, all of them or none, for attempts that begin from then on',
    access: 'signed-in',
    params: swap,
    body: applySwapSchema,
    reply: { schema: z.object({ versions: z.int() }) },
    problems: ['swap-closed', 'swap-unfinished', 'swap-outdated', 'key-contradicted'],
  },
} as const satisfies { readonly [name: string]: Contract }
