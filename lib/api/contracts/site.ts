import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'

/** Sessions, and what watches the site. */
export const siteContracts = {
  signOutEverywhere: {
    method: 'POST',
    path: '/api/sessions/revocation',
    summary: 'End all sessions of the viewer, on every device, this one included',
    access: 'signed-in',
    reply: { schema: z.object({ revoked: z.literal(true) }) },
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
  ready: {
    method: 'GET',
    path: '/api/ready',
    summary:
      'Whether the web process that answers takes requests: status 503 when it is about to end, or the database does ' +
      'not answer. For balancers, which ask every process or follow what the port says.',
    access: 'public',
    reply: { schema: z.object({ ready: z.boolean(), draining: z.boolean(), database: z.boolean() }) },
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
