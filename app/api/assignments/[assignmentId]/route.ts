import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { changeAssignment, deleteAssignment } from '@/lib/authoring/mutations'

export const PUT = route(contracts.changeAssignment, async ({ viewer, params, body }) => {
  await changeAssignment(await authorizeAssignment(viewer, params, 'assignment.settings'), body)
  return { changed: true as const }
})

export const DELETE = route(contracts.deleteAssignment, async ({ viewer, params }) => {
  await deleteAssignment(await authorizeAssignment(viewer, params, 'assignment.settings'))
  return { deleted: true as const }
})
