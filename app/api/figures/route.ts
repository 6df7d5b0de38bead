import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeFigureRequests } from '@/lib/auth/gate'
import { readFigureStates } from '@/lib/figures/data'

export const GET = route(contracts.readFigureStates, async ({ viewer, query }) => {
  const states = await readFigureStates(await authorizeFigureRequests(viewer, query.request))
  return { figures: [...states.values()] }
})
