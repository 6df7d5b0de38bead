import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { renewInvitations } from '@/lib/invitations/mutations'

export const POST = route(contracts.renewInvitations, async ({ viewer, params, body }) => {
  const access = await authorizeCourse(viewer, params.courseSlug, 'course.people')
  return { invitations: await renewInvitations(access, body.userIds) }
})
