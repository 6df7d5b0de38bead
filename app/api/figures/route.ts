import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeFigureRequests } from '@/lib/auth/gate'
import { readFigureStates } from '@/lib/figures/data'
import { noteAwaited } from '@/lib/jobs/awaited-figures'

export const GET = route(contracts.readFigureStates, async ({ viewer, query }) => {
  const states = await readFigureStates(await authorizeFigureRequests(viewer, query.request))
  const waiting = [...states.values()].filter(({ status }) => status === 'queued' || status === 'computing')
  await noteAwaited(waiting.map(({ requestId }) => requestId))
  return { figures: [...states.values()] }
})
