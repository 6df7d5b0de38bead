import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requestKeyCheck } from '@/lib/verification/mutations'

export const POST = route(contracts.checkKeys, async ({ viewer, params, body }) =>
  requestKeyCheck(await authorizeAssignment(viewer, params, 'evidence.check'), body),
)
