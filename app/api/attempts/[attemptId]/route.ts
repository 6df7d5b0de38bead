import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { readAttempt } from '@/lib/attempts/data'
import { authorizeOwnAttempt } from '@/lib/auth/gate'

export const GET = route(contracts.readAttempt, async ({ viewer, params }) =>
  readAttempt(await authorizeOwnAttempt(viewer, params, 'attempt.read')),
)
