import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeSwap } from '@/lib/auth/gate'
import { applySwap } from '@/lib/model-swaps/applying/mutations'

export const POST = route(contracts.applySwap, async ({ viewer, params, body }) =>
  applySwap(await authorizeSwap(viewer, params, 'question.edit'), body),
)
