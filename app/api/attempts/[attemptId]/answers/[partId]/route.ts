import { contracts } from '@/lib/api/contracts'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { saveAnswer } from '@/lib/attempts/mutations'
import { countSave } from '@/lib/attempts/save-rate'
import { authorizeSaving } from '@/lib/auth/gate'

export const PUT = route(contracts.saveAnswer, async ({ viewer, params, body }) => {
  const attemptId = await authorizeSaving(viewer, params.attemptId)
  const waitSeconds = countSave(attemptId)
  if (waitSeconds > 0) throw new Problem('too-many-saves', attemptId, { facts: { waitSeconds } })
  return saveAnswer(viewer, attemptId, params.partId, body)
})
