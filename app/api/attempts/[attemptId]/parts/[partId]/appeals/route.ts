import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { askAppeal } from '@/lib/appeals/mutations'
import { authorizeOwnAttempt } from '@/lib/auth/gate'

export const POST = route(contracts.askAppeal, async ({ viewer, params: { attemptId, partId }, body }) =>
  askAppeal(await authorizeOwnAttempt(viewer, { attemptId }, 'appeal.ask'), partId, body.text),
)
