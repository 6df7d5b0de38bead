import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeExplorer } from '@/lib/auth/gate'
import { readMaterial } from '@/lib/explorations/material'

export const GET = route(contracts.explorationMaterial, async ({ viewer }) => {
  await authorizeExplorer(viewer)
  return Response.json(await readMaterial(), { headers: { 'Cache-Control': 'private, max-age=3600' } })
})
