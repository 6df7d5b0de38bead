import type { PictureName } from '@/lib/explainers/pictures/picture-name'

/** Where a browser finds a picture: bundled ones are files of the site, uploaded ones belong to a course. */
export function pictureAddress(picture: PictureName): string {
  return typeof picture === 'number' ? `/pictures/${picture}.png` : `/api/pictures/${picture}/image`
}
