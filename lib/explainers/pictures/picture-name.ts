import type { Bilingual } from '../bilingual'

/** What specs and measurements call a picture: a bundled one by its number, an uploaded one by its id (`picture-name-schema.ts`). */
export type PictureName = number | string

/** What uploaded pictures are called; undefined for one that nobody knows (any more). */
export type PictureTitles = (id: string) => Bilingual | undefined

/** @returns the name that was written into a text: a measurement's subject, the name of a file. */
export function parsePictureName(text: string): PictureName {
  return /^\d+$/.test(text) ? Number(text) : text
}
