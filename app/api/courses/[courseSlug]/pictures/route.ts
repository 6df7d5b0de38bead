import { contracts } from '@/lib/api/contracts'
import { rawBody } from '@/lib/api/raw-body'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { uploadPicture } from '@/lib/pictures/service'

export const POST = route(contracts.uploadPicture, async ({ request, viewer, params, query }) =>
  uploadPicture(
    await authorizeCourse(viewer, params.courseSlug, 'picture.edit'),
    rawBody(request),
    query.title,
  ),
)
