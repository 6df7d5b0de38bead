import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { claimAppeal, giveBackAppeal } from '@/lib/appeals/mutations'
import { authorizeAppeal } from '@/lib/auth/gate'

export const PUT = route(contracts.claimAppeal, async ({ viewer, params }) =>
  claimAppeal(await authorizeAppeal(viewer, params, 'appeal.answer')),
)

export const DELETE = route(contracts.giveBackAppeal, async ({ viewer, params }) => {
  await giveBackAppeal(await authorizeAppeal(viewer, params, 'appeal.answer'))
  return { givenBack: true as const }
})
