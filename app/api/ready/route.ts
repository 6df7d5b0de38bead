import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { readReadiness } from '@/lib/jobs/data'

export const GET = route(contracts.ready, async () => {
  const readiness = await readReadiness()
  const status = readiness.ready ? 200 : 503
  return Response.json(readiness, { status, headers: { 'Cache-Control': 'no-store' } })
})
