import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { proposeSwap } from '@/lib/model-swaps/mutations'

export const POST = route(contracts.proposeSwap, async ({ viewer, params, body }) =>
  proposeSwap(await authorizeAssignment(viewer, params, 'question.edit'), body),
)
