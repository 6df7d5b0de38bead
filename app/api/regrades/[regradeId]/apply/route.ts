import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeRegrade } from '@/lib/auth/gate'
import { applyRegrade } from '@/lib/regrading/applying/mutations'

export const POST = route(contracts.applyRegrade, async ({ viewer, params, body }) =>
  applyRegrade(await authorizeRegrade(viewer, params, 'regrade.apply'), body),
)
