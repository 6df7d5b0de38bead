import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { copyBundledPicture } from '@/lib/pictures/service'

export const POST = route(contracts.copyPicture, async ({ viewer, params, body }) =>
  copyBundledPicture(await authorizeCourse(viewer, params.courseSlug, 'picture.edit'), body.number),
)
