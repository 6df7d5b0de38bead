import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeStudent } from '@/lib/auth/gate'
import { revokeSessionsOfStudent } from '@/lib/auth/mutations'

export const POST = route(contracts.signOutStudent, async ({ viewer, params }) => {
  const { assignmentId, userId } = params
  await revokeSessionsOfStudent(await authorizeStudent(viewer, { assignmentId }, userId, 'student.sign-out'))
  return { revoked: true as const }
})
