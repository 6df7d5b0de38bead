import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeFigureRequests } from '@/lib/auth/gate'
import { askForTests } from '@/lib/figures/mutations'

export const POST = route(contracts.askForTests, async ({ viewer, params }) => {
  const [requestId] = await authorizeFigureRequests(viewer, [params.requestId])
  await askForTests(requestId!)
  return { asked: true as const }
})
