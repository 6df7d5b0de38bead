import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { withdrawPreview } from '@/lib/figure-previews/mutations'

export const DELETE = route(contracts.withdrawPreview, async ({ viewer, params }) =>
  withdrawPreview(await authorizeCourse(viewer, params.courseSlug, 'question.edit'), params.requestId),
)
