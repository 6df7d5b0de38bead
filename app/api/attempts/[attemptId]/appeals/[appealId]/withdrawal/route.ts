import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { withdrawAppeal } from '@/lib/appeals/mutations'
import { authorizeOwnAttempt } from '@/lib/auth/gate'

export const POST = route(contracts.withdrawAppeal, async ({ viewer, params: { attemptId, appealId } }) => {
  await withdrawAppeal(await authorizeOwnAttempt(viewer, { attemptId }, 'appeal.ask'), appealId)
  return { withdrawn: true as const }
})
