import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { readTrial } from '@/lib/key-trials/data'
import { startTrial, withdrawTrial } from '@/lib/key-trials/mutations'

export const GET = route(contracts.readKeyTrial, async ({ viewer, params }) => ({
  trial: await readTrial(await authorizeQuestion(viewer, params, 'question.read-key'), params.partId),
}))

export const PUT = route(contracts.startKeyTrial, async ({ viewer, params, body }) =>
  startTrial(await authorizeQuestion(viewer, params, 'question.edit'), params.partId, body),
)

export const DELETE = route(contracts.withdrawKeyTrial, async ({ viewer, params }) => {
  await withdrawTrial(await authorizeQuestion(viewer, params, 'question.edit'), params.partId)
  return { withdrawn: true as const }
})
