import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { removeSection, renameSection } from '@/lib/sections/mutations'

export const PUT = route(contracts.renameSection, async ({ viewer, params, body }) => {
  const access = await authorizeCourse(viewer, params.courseSlug, 'course.sections')
  await renameSection(access, params.sectionId, body.name)
  return { renamed: true as const }
})

export const DELETE = route(contracts.removeSection, async ({ viewer, params }) => {
  await removeSection(await authorizeCourse(viewer, params.courseSlug, 'course.sections'), params.sectionId)
  return { removed: true as const }
})
