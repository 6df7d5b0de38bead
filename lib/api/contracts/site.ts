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
    summary:
      'That this web process answers, and whether the database does and a worker is there. Status 200 as long as the ' +
      'process lives: it is no reason to restart it that the database is away. `/api/ready` says whether to send requests.',
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
      'Whether the web process that answers takes requests: status 503 when it is about to end, the database does not ' +
      'answer, or lacks migrations of this version. For balancers, which ask every process or follow what the port says.',
    access: 'public',
    reply: {
      schema: z.object({
        ready: z.boolean(),
        draining: z.boolean(),
        database: z.boolean(),
        migrated: z.boolean(),
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
