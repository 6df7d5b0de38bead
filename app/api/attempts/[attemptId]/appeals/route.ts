import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { readOwnAppeals } from '@/lib/appeals/data'
import { authorizeOwnAttempt } from '@/lib/auth/gate'

export const GET = route(contracts.readOwnAppeals, async ({ viewer, params }) =>
  readOwnAppeals(await authorizeOwnAttempt(viewer, params, 'attempt.result')),
)
