import { contracts } from '@/lib/api/contracts'
import { answerKept, forever } from '@/lib/api/kept-answer'
import { route } from '@/lib/api/route'
import { authorizePicture } from '@/lib/auth/gate'
import { readPictureImage } from '@/lib/pictures/data'

export const GET = route(contracts.readPictureImage, async ({ request, viewer, params }) => {
  const access = await authorizePicture(viewer, params.pictureId, 'figure.read')
  const description = { name: access.pictureId, type: 'image/png', keep: forever }
  return answerKept(request, description, () => readPictureImage(access))
})
