import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizePicture } from '@/lib/auth/gate'
import { lookAgain } from '@/lib/pictures/mutations'

export const POST = route(contracts.lookAtPicture, async ({ viewer, params }) => {
  await lookAgain(await authorizePicture(viewer, params.pictureId, 'picture.edit'))
  return { asked: true as const }
})
