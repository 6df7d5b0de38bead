import path from 'node:path'
import { readBundledPictures } from '@/lib/explainers/pictures/bundled'
import type { MeasurablePicture } from '@/lib/studio/view'

/**
 * @returns the pictures that come with Vitrine, with the regions that claims may name.
 * @throws ExplainerError 'picture-missing', 'picture-damaged' for their list
 */
export async function readMeasurablePictures(): Promise<MeasurablePicture[]> {
  const pictures = await readBundledPictures(path.resolve('public/pictures'))
  return pictures.map(({ number, title, regions }) => ({
    name: number,
    title,
    regions: regions.map(({ name }) => name),
  }))
}
