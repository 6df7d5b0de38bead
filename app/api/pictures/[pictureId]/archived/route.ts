import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizePicture } from '@/lib/auth/gate'
import { archivePicture } from '@/lib/pictures/mutations'

export const PUT = route(contracts.archivePicture, async ({ viewer, params, body }) => {
  await archivePicture(await authorizePicture(viewer, params.pictureId, 'picture.edit'), body.archived)
  return body
})
