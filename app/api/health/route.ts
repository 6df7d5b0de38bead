import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { readHealth } from '@/lib/jobs/data'

export const GET = route(contracts.health, async () => {
  const health = await readHealth()
  const status = health.status === 'down' ? 503 : 200
  return Response.json(health, { status, headers: { 'Cache-Control': 'no-store' } })
})
