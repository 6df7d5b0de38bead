import { randomUUID } from 'node:crypto'
import { contracts } from '@/lib/api/contracts'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeExplorer } from '@/lib/auth/gate'
import { answerState } from '@/lib/explorations/answer'
import { waitForExploration } from '@/lib/explorations/data'
import { askExploration, withdrawExploration } from '@/lib/explorations/mutations'

/** Milliseconds that a browser is kept waiting before it has to ask again. */
const patience = 4000

export const POST = route(contracts.explore, async ({ request, viewer, body }) => {
  const access = await authorizeExplorer(viewer)
  const waiter = randomUUID()
  const id = await askExploration(access, body, waiter)
  const { signal } = request
  // An index takes minutes, and is worth having also when the page that asked for it is closed.
  const isIndex = body.kind === 'corpus-index'
  const state = await waitForExploration(id, { patience: isIndex ? 0 : patience, signal })
  if (signal.aborted && !isIndex) await withdrawExploration(id, waiter)
  if (!state) throw new Problem('not-found', `exploration ${id} was withdrawn`)
  return answerState(state)
})
