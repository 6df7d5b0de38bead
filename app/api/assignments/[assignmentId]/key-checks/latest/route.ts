import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { readLatestKeyCheck } from '@/lib/verification/data'

export const GET = route(contracts.readKeyCheck, async ({ viewer, params }) => ({
  run: await readLatestKeyCheck(await authorizeAssignment(viewer, params, 'evidence.read')),
}))
