import { contracts } from '@/lib/api/contracts'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeExplorer } from '@/lib/auth/gate'
import { answerState } from '@/lib/explorations/answer'
import { readExploration } from '@/lib/explorations/data'

export const GET = route(contracts.readExploration, async ({ viewer, params }) => {
  const state = await readExploration(await authorizeExplorer(viewer), params.explorationId)
  if (!state) throw new Problem('not-found', `exploration ${params.explorationId}`)
  return answerState(state)
})
