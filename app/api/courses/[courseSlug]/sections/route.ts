import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { makeSection } from '@/lib/sections/mutations'

export const POST = route(contracts.makeSection, async ({ viewer, params, body }) =>
  makeSection(await authorizeCourse(viewer, params.courseSlug, 'course.sections'), body.name),
)
