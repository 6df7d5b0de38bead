import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { setFlag } from '@/lib/attempts/mutations'
import { authorizeOwnAttempt } from '@/lib/auth/gate'

export const PUT = route(contracts.setFlag, async ({ viewer, params, body }) => {
  const access = await authorizeOwnAttempt(viewer, { attemptId: params.attemptId }, 'attempt.answer')
  await setFlag(access, params.questionId, body.flagged)
  return { flagged: body.flagged }
})
