import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { checkReceipt } from '@/lib/submission/data'

export const POST = route(contracts.checkReceipt, async ({ viewer, params, body }) =>
  checkReceipt(await authorizeAssignment(viewer, params, 'receipt.verify'), body.receipt),
)
