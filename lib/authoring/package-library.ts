import { createHash } from 'node:crypto'
import type { ReadPackage } from '@/lib/authoring/package-reading'
import { ExplainerError } from '@/lib/explainers/errors'
import { hashOfJson } from '@/lib/explainers/evidence'
import { type LibraryPicture, missingPicture, type PictureLibrary } from '@/lib/explainers/pictures/library'
import { regionFromMask } from '@/lib/explainers/regions'

/** The pictures of a package as figures and measurements ask for them, by their names in it: without any database. */
export function packageLibrary({ pictures }: ReadPackage): PictureLibrary {
  const find = async (name: string): Promise<LibraryPicture> => {
    const picture = pictures.get(name)
    if (!picture) throw missingPicture(name, `there are ${[...pictures.keys()].join(', ')}`)
    const { upload, title, label, regions = [], mask } = picture
    if (label === null) throw new ExplainerError('invalid-parameter', name, `${name} has no class`)
    return {
      id: name,
      name,
      sha256: createHash('sha256').update(upload.png).digest('hex'),
      label,
      title,
      ...(mask && { regionsSha256: hashOfJson({ mask: hashOfBytes(mask.ids), regions }) }),
      bytes: async () => upload.png,
      regions: async (size) =>
        mask
          ? regions.map(({ name: region, explained }, index) => ({
              ...regionFromMask(mask, region, [index + 1], size),
              explained,
            }))
          : [],
    }
  }
  return { find: (id) => find(String(id)), findByFile: find }
}

function hashOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
