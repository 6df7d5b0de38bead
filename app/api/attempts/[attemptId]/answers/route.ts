import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { readAnswers } from '@/lib/attempts/data'
import { authorizeOwnAttempt } from '@/lib/auth/gate'

export const GET = route(contracts.readAnswers, async ({ viewer, params }) => ({
  answers: await readAnswers(await authorizeOwnAttempt(viewer, params, 'attempt.read')),
}))
