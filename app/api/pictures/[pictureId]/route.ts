import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizePicture } from '@/lib/auth/gate'
import { readPictureForStaff } from '@/lib/pictures/data'
import { removePicture, savePicture } from '@/lib/pictures/mutations'

export const GET = route(contracts.readPicture, async ({ viewer, params }) =>
  readPictureForStaff(await authorizePicture(viewer, params.pictureId, 'picture.read')),
)

export const PUT = route(contracts.savePicture, async ({ viewer, params, body }) =>
  savePicture(await authorizePicture(viewer, params.pictureId, 'picture.edit'), body),
)

export const DELETE = route(contracts.removePicture, async ({ viewer, params }) => {
  await removePicture(await authorizePicture(viewer, params.pictureId, 'picture.edit'))
  return { removed: true as const }
})
