import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readBundledPictures } from '../pictures/bundled'
import { readPictureFile } from '../pictures/picture'
import type { FigurePicture } from './context'

/**
 * The assignment's pictures as figures name them.
 *
 * @param folder holds `pictures.json` and the pictures.
 * @throws ExplainerError 'picture-missing' or 'picture-damaged'
 */
export async function readFigurePictures(folder: string): Promise<FigurePicture[]> {
  const pictures = await readBundledPictures(folder)
  return Promise.all(
    pictures.map(async ({ number, file, label, title }) => {
      const bytes = await readPictureFile(join(folder, file))
      return { number, name: file, sha256: createHash('sha256').update(bytes).digest('hex'), label, title }
    }),
  )
}
