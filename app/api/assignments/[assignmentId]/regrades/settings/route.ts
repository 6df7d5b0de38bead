import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { setRegradeSettings } from '@/lib/regrading/mutations'

export const PUT = route(contracts.setRegradeSettings, async ({ viewer, params, body }) => {
  await setRegradeSettings(await authorizeAssignment(viewer, params, 'regrade.apply'), body)
  return { set: true as const }
})
