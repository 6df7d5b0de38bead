import { z } from 'zod'
import type { Bilingual } from '../bilingual'

/** A picture that people uploaded is named by its id, which never looks like a number. */
const uploadedName = z.string().regex(/^[a-z][a-z0-9]{7,63}$/, 'must be the number or the id of a picture')

/** What specs and measurements call a picture: a bundled one by its number, an uploaded one by its id. */
export const pictureNameSchema = z.union([z.int().min(0), uploadedName])

export type PictureName = z.infer<typeof pictureNameSchema>

/** What uploaded pictures are called; undefined for one that nobody knows (any more). */
export type PictureTitles = (id: string) => Bilingual | undefined

/** @returns the name that was written into a text: a measurement's subject, the name of a file. */
export function parsePictureName(text: string): PictureName {
  return /^\d+$/.test(text) ? Number(text) : text
}
