import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { createAssignment } from '@/lib/authoring/making/mutations'
import { orderAssignments } from '@/lib/authoring/mutations'

export const POST = route(contracts.createAssignment, async ({ viewer, params, body }) =>
  createAssignment(await authorizeCourse(viewer, params.courseSlug, 'assignment.create'), body),
)

export const PUT = route(contracts.orderAssignments, async ({ viewer, params, body }) => {
  const access = await authorizeCourse(viewer, params.courseSlug, 'assignment.create')
  await orderAssignments(access, body.assignmentIds)
  return { ordered: true as const }
})
