import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeRegrade } from '@/lib/auth/gate'
import { discardRegrade } from '@/lib/regrading/mutations'

export const POST = route(contracts.discardRegrade, async ({ viewer, params }) => {
  await discardRegrade(await authorizeRegrade(viewer, params, 'regrade.draft'))
  return { discarded: true as const }
})
