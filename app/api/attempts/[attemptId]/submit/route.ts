import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { submitAttempt } from '@/lib/attempts/mutations'
import { authorizeOwnAttempt } from '@/lib/auth/gate'

export const POST = route(contracts.submitAttempt, async ({ viewer, params }) =>
  submitAttempt(await authorizeOwnAttempt(viewer, params, 'attempt.submit')),
)
