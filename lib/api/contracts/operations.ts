import type { Contract } from '@/lib/api/contract'
import { jobKeysSchema, jobsChangedSchema } from '@/lib/operations/jobs/schema'

/** What operators do to the queue. */
export const operationContracts = {
  retryJobs: {
    method: 'POST',
    path: '/api/operator/jobs/retries',
    summary:
      'For operators: begin jobs anew that were set aside or failed, and at once those that wait for another attempt',
    access: 'signed-in',
    body: jobKeysSchema,
    reply: { schema: jobsChangedSchema },
    problems: [],
  },
  cancelJobs: {
    method: 'POST',
    path: '/api/operator/jobs/cancellations',
    summary:
      'For operators: take jobs out of the queue. One under way stops at its next batch; whoever waits is told so',
    access: 'signed-in',
    body: jobKeysSchema,
    reply: { schema: jobsChangedSchema },
    problems: [],
  },
} as const satisfies { readonly [name: string]: Contract }
