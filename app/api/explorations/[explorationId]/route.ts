import { randomUUID } from 'node:crypto'
import { contracts } from '@/lib/api/contracts'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeExplorer } from '@/lib/auth/gate'
import { answerState } from '@/lib/explorations/answer'
import { readExploration, waitForExploration } from '@/lib/explorations/data'
import { patience, startWaiting, stopWaiting } from '@/lib/explorations/waiting/mutations'

export const GET = route(contracts.readExploration, async ({ request, viewer, params }) => {
  const access = await authorizeExplorer(viewer)
  const id = params.explorationId
  const { signal } = request
  const waiter = randomUUID()
  const isPending = await startWaiting(id, waiter)
  const state = isPending
    ? await waitForExploration(id, { patience, signal })
    : await readExploration(access, id)
  if (isPending && signal.aborted) await stopWaiting(id, waiter)
  if (!state) throw new Problem('not-found', `exploration ${id}`)
  return answerState(state)
})
