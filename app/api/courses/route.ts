import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeSite } from '@/lib/auth/gate'
import { createCourse } from '@/lib/authoring/courses/mutations'

export const POST = route(contracts.createCourse, async ({ viewer, body }) =>
  createCourse(await authorizeSite(viewer, 'course.create'), body),
)
