import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { readFigureMaterial } from '@/lib/figure-previews/service'
import { installedSources } from '@/lib/figures/installed-sources'
import { readModels } from '@/lib/models/data'
import { readPictures } from '@/lib/pictures/data'

export const GET = route(contracts.readFigureMaterial, async ({ viewer, params: { courseSlug } }) => {
  await authorizeCourse(viewer, courseSlug, 'figure.preview')
  const pictures = await readPictures((await authorizeCourse(viewer, courseSlug, 'picture.read')).courseId)
  const models = await readModels(await authorizeCourse(viewer, courseSlug, 'model.read'))
  const ready = models.filter(({ status }) => status === 'ready')
  const namesOf = (isLanguage: boolean) =>
    ready.filter(({ card }) => (card?.kind === 'language') === isLanguage).map(({ name }) => name)
  return readFigureMaterial(installedSources(), {
    // A figure explains the class of a picture: those without one wait for it on their page.
    pictures: pictures
      .filter(({ archived, label }) => !archived && label !== null)
      .map(({ pictureId, title }) => ({
        name: pictureId,
        title,
        address: `/api/pictures/${pictureId}/image`,
      })),
    classifiers: namesOf(false),
    languageModels: namesOf(true),
  })
})
