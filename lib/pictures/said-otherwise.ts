import type { Bilingual } from '@/lib/explainers/bilingual'
import type { PictureRegion } from '@/lib/pictures/view'

/** What is said of a picture and decides figures and keys. */
export interface SaidOfPicture {
  readonly label: number | null
  readonly regions: readonly PictureRegion[]
}

/** In what a course says otherwise of a picture than the questions that come with it were written about. */
export interface PictureDifference {
  readonly pictureId: string
  readonly title: Bilingual
  readonly otherClass: boolean
  /** Regions that the course’s picture lacks. */
  readonly lacking: readonly Bilingual[]
}

/** The course has pictures that are brought along already, and says otherwise of them. */
export class SaidOtherwise extends Error {
  override readonly name = 'SaidOtherwise'

  /** @param differences by their places in the list of pictures */
  constructor(readonly differences: ReadonlyMap<number, PictureDifference>) {
    super(`the course says otherwise of ${differences.size} pictures`)
  }
}

/** @returns null where questions that were written about `wanted` can show the course’s own. */
export function differenceOf(
  own: SaidOfPicture & Pick<PictureDifference, 'pictureId' | 'title'>,
  wanted: SaidOfPicture,
): PictureDifference | null {
  const { pictureId, title } = own
  const has = new Set(own.regions.map(({ name }) => name.en))
  const lacking = wanted.regions.flatMap(({ name }) => (has.has(name.en) ? [] : [name]))
  const otherClass = own.label !== wanted.label
  return otherClass || lacking.length > 0 ? { pictureId, title, otherClass, lacking } : null
}
