import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { changeCourse } from '@/lib/authoring/courses/mutations'

export const PUT = route(contracts.changeCourse, async ({ viewer, params, body }) => {
  await changeCourse(await authorizeCourse(viewer, params.courseSlug, 'course.settings'), body)
  return { changed: true as const }
})
