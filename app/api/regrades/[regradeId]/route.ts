import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeRegrade } from '@/lib/auth/gate'
import { readRegrade } from '@/lib/regrading/data'

export const GET = route(contracts.readRegrade, async ({ viewer, params }) =>
  readRegrade(await authorizeRegrade(viewer, params, 'regrade.draft')),
)
