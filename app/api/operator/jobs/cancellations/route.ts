import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeSite } from '@/lib/auth/gate'
import { cancelJobs } from '@/lib/operations/jobs/mutations'

export const POST = route(contracts.cancelJobs, async ({ viewer, body }) => ({
  changed: await cancelJobs(await authorizeSite(viewer, 'operations.manage'), body.keys),
}))
