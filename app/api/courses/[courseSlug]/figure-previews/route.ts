import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { askForPreview } from '@/lib/figure-previews/mutations'

export const POST = route(contracts.askForPreview, async ({ viewer, params, body }) =>
  askForPreview(await authorizeCourse(viewer, params.courseSlug, 'question.edit'), body.spec),
)
