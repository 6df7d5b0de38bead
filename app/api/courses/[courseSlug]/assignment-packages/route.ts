import { contracts } from '@/lib/api/contracts'
import { rawBody } from '@/lib/api/raw-body'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { importAssignment } from '@/lib/authoring/service'

export const POST = route(contracts.importAssignment, async ({ request, viewer, params, query }) => {
  const assignments = await authorizeCourse(viewer, params.courseSlug, 'assignment.create')
  const pictures = await authorizeCourse(viewer, params.courseSlug, 'picture.edit')
  return importAssignment({ assignments, pictures }, rawBody(request), query.slug)
})
