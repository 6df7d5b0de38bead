import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { setStudentSchedule } from '@/lib/timing/mutations'

export const PUT = route(contracts.setStudentSchedule, async ({ viewer, params, body }) => {
  const { assignmentId, userId } = params
  await setStudentSchedule(
    await authorizeAssignment(viewer, { assignmentId }, 'assignment.schedule'),
    userId,
    body,
  )
  return { set: true as const }
})
