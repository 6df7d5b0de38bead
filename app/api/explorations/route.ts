import { randomUUID } from 'node:crypto'
import { contracts } from '@/lib/api/contracts'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeExplorer } from '@/lib/auth/gate'
import { answerState } from '@/lib/explorations/answer'
import { waitForExploration } from '@/lib/explorations/data'
import { askExploration } from '@/lib/explorations/mutations'
import { patience, stopWaiting } from '@/lib/explorations/waiting/mutations'

export const POST = route(contracts.explore, async ({ request, viewer, body }) => {
  const access = await authorizeExplorer(viewer)
  const waiter = randomUUID()
  const id = await askExploration(access, body, waiter)
  const { signal } = request
  // An index takes minutes: its page asks how far it is.
  const state = await waitForExploration(id, {
    patience: body.kind === 'corpus-index' ? 0 : patience,
    signal,
  })
  if (signal.aborted) await stopWaiting(id, waiter)
  if (!state) throw new Problem('not-found', `exploration ${id} was forgotten`)
  return answerState(state)
})
