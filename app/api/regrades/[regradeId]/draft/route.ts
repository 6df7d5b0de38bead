import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeRegrade } from '@/lib/auth/gate'
import { editRegrade } from '@/lib/regrading/mutations'

export const PUT = route(contracts.editRegrade, async ({ viewer, params, body }) =>
  editRegrade(await authorizeRegrade(viewer, params, 'regrade.draft'), body),
)
