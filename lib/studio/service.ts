import type { AuthorizedCourseId } from '@/lib/auth/gate'
import { readBundledPictures } from '@/lib/explainers/pictures/bundled'
import { bundledPicturesFolder } from '@/lib/figures/sources'
import { readRegionNames } from '@/lib/pictures/data'
import type { MeasurablePicture } from '@/lib/studio/view'

/**
 * @returns the course's own pictures and those that come with Vitrine, with the regions that claims may name.
 * @throws ExplainerError 'picture-missing', 'picture-damaged' for the list of those that come with Vitrine
 */
export async function readMeasurablePictures(
  courseId: AuthorizedCourseId<'picture.read' | 'question.edit'>,
): Promise<MeasurablePicture[]> {
  const [own, bundled] = await Promise.all([
    readRegionNames(courseId),
    readBundledPictures(bundledPicturesFolder()),
  ])
  return [
    ...own.map(({ pictureId, ...picture }) => ({ name: pictureId, ...picture })),
    ...bundled.map(({ number, title, regions }) => ({
      name: number,
      title,
      regions: regions.map(({ name }) => name),
    })),
  ]
}
