import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeRegrade } from '@/lib/auth/gate'
import { draftUndo } from '@/lib/regrading/mutations'

export const POST = route(contracts.undoRegrade, async ({ viewer, params }) =>
  draftUndo(await authorizeRegrade(viewer, params, 'regrade.draft')),
)
