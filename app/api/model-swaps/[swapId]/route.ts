import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeSwap } from '@/lib/auth/gate'
import { readSwap } from '@/lib/model-swaps/data'
import { discardSwap } from '@/lib/model-swaps/mutations'

export const GET = route(contracts.readSwap, async ({ viewer, params }) =>
  readSwap(await authorizeSwap(viewer, params, 'question.read-key')),
)

export const DELETE = route(contracts.discardSwap, async ({ viewer, params }) => {
  await discardSwap(await authorizeSwap(viewer, params, 'question.edit'))
  return { discarded: true as const }
})
