import type { PictureLibrary } from '@/lib/explainers/pictures/library'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { KnownPictures } from '@/lib/variants/names'

/** Large enough that no region that somebody drew is lost. */
const size = { height: 128, width: 128 }

/**
 * @returns what the pictures and their regions are called.
 * @throws ExplainerError as `PictureLibrary.find`
 */
export async function lookUpPictures(
  library: PictureLibrary,
  names: readonly PictureName[],
): Promise<KnownPictures> {
  const found = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const picture = await library.find(name)
      const regions = (await picture.regions(size)).map((region) => region.name)
      return [name, { name, title: picture.title, regions }] as const
    }),
  )
  return new Map(found)
}
