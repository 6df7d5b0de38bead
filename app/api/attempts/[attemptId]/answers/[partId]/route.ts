import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { saveAnswer } from '@/lib/attempts/mutations'
import { authorizeSaving } from '@/lib/auth/gate'

export const PUT = route(contracts.saveAnswer, async ({ viewer, params, body }) =>
  saveAnswer(viewer, await authorizeSaving(viewer, params.attemptId), params.partId, body),
)
