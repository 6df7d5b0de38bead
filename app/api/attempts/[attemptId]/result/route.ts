import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeOwnAttempt } from '@/lib/auth/gate'
import { readResult } from '@/lib/grading/data'

export const GET = route(contracts.readResult, async ({ viewer, params }) =>
  readResult(await authorizeOwnAttempt(viewer, params, 'attempt.result')),
)
