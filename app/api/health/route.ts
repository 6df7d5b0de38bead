import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { readHealth } from '@/lib/jobs/data'

export const GET = route(contracts.health, async () => {
  // Always 200: who restarts what does not answer must not restart every web process because the database is away.
  return Response.json(await readHealth(), { headers: { 'Cache-Control': 'no-store' } })
})
