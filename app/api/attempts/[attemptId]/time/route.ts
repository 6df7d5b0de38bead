import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { readAttemptTime } from '@/lib/attempts/data'
import { authorizeOwnAttempt } from '@/lib/auth/gate'
import { submitOwnEnded } from '@/lib/submission/mutations'

export const GET = route(contracts.readTime, async ({ viewer, params }) => {
  const access = await authorizeOwnAttempt(viewer, params, 'attempt.read')
  await submitOwnEnded(access)
  return readAttemptTime(access)
})
