import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { assignSection, importSections } from '@/lib/sections/mutations'

export const PUT = route(contracts.assignSection, async ({ viewer, params, body }) =>
  assignSection(
    await authorizeCourse(viewer, params.courseSlug, 'course.sections'),
    body.sectionId,
    body.userIds,
  ),
)

export const POST = route(contracts.importSections, async ({ viewer, params, body }) =>
  importSections(await authorizeCourse(viewer, params.courseSlug, 'course.sections'), body.table),
)
