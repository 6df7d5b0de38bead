import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import {
  explorationIdSchema,
  explorationMaterialSchema,
  explorationRequestSchema,
  explorationStateSchema,
} from '@/lib/explorations/schema'
import {
  askedSchema,
  assetNameSchema,
  composeQuerySchema,
  figureHashSchema,
  figureRequestsSchema,
  figureStatesSchema,
  figureViewSchema,
  pointingGamesSchema,
} from '@/lib/figures/schema'

const figure = z.strictObject({ figureId: figureHashSchema })

/** Figures, the tests of their maps, and what people explore. */
export const figureContracts = {
  readReleasedPointingGames: {
    method: 'GET',
    path: '/api/attempts/{attemptId}/questions/{questionId}/pointing-games',
    summary:
      'Where the maps of a question of the own attempt point; null until the key is released, as it names objects',
    access: 'signed-in',
    params: z.strictObject({ attemptId: idSchema, questionId: idSchema }),
    reply: { schema: pointingGamesSchema },
    problems: [],
  },
  readPointingGames: {
    method: 'GET',
    path: '/api/questions/{questionId}/pointing-games',
    summary: 'For staff: where the maps of a question’s figure point; null until they have been tested',
    access: 'signed-in',
    params: z.strictObject({ questionId: idSchema }),
    reply: { schema: pointingGamesSchema },
    problems: [],
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
  askForTests: {
    method: 'POST',
    path: '/api/figure-requests/{requestId}',
    summary:
      'Ask for the figure that tests a question’s maps, which is drawn when somebody first wants to see it. Repeated, ' +
      'it changes nothing',
    access: 'signed-in',
    params: z.strictObject({ requestId: figureHashSchema }),
    reply: { schema: askedSchema },
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
  explore: {
    method: 'POST',
    path: '/api/explorations',
    summary:
      'Ask a language model something: attention with masked words, nearest embeddings in a corpus, the index that ' +
      'these need, the embeddings of a question and its passage, of one word in several sentences. Answers within some seconds with the result, else with status 202 and an id to ask for. Whoever neither waits nor asks within three seconds has gone, and what nobody waits for is cancelled (but an index)',
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
    summary: 'The state of an exploration, and its result when it is ready; waits some seconds for it',
    access: 'signed-in',
    params: z.strictObject({ explorationId: explorationIdSchema }),
    reply: { schema: explorationStateSchema },
    problems: [],
  },
} as const satisfies { readonly [name: string]: Contract }
