import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { draftRegrade } from '@/lib/regrading/mutations'

export const POST = route(contracts.draftRegrade, async ({ viewer, params, body }) =>
  draftRegrade(await authorizeAssignment(viewer, params, 'regrade.draft'), body),
)
