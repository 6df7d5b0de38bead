import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { setSchedule } from '@/lib/timing/mutations'

export const PUT = route(contracts.setSchedule, async ({ viewer, params, body }) => {
  await setSchedule(await authorizeAssignment(viewer, params, 'assignment.schedule'), body)
  return { set: true as const }
})
