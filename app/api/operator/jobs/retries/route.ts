import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeSite } from '@/lib/auth/gate'
import { retryJobs } from '@/lib/operations/jobs/mutations'

export const POST = route(contracts.retryJobs, async ({ viewer, body }) => ({
  changed: await retryJobs(await authorizeSite(viewer, 'operations.manage'), body.keys),
}))
