import type { Bilingual } from '@/lib/explainers/bilingual'
import { pictureName } from '@/lib/explainers/claims/measurements/values'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { MeasurablePicture } from '@/lib/studio/view'
import type { RegionName, Substitution } from '@/lib/variants/substitution'
import type { Names } from '@/lib/variants/texts'
import type { VariedPicture } from '@/lib/variants/variety'

/** What is known of pictures, by their names. */
export type KnownPictures = ReadonlyMap<PictureName, MeasurablePicture>

/** @returns what the regions of known pictures are called; by its English name alone where a region is not known. */
export function regionNames(known: KnownPictures): RegionName {
  return (picture, region) =>
    known.get(picture)?.regions.find(({ en }) => en === region) ?? { zh: region, en: region }
}

/** @returns what pictures and regions are called, in their order, which is that of the placeholders. */
export function namesOf(pictures: readonly VariedPicture[], known: KnownPictures): Names {
  const nameOf = regionNames(known)
  return {
    pictures: pictures.map(({ picture }) => ({ picture, name: calledPicture(picture, known) })),
    regions: pictures.flatMap(({ picture, regions }) => regions.map((region) => nameOf(picture, region))),
  }
}

function calledPicture(picture: PictureName, known: KnownPictures): Bilingual {
  return pictureName(picture, (id) => known.get(id)?.title)
}

/** @returns the pictures and regions that stand in for those that a question is about, in the same order. */
export function substituted(pictures: readonly VariedPicture[], substitution: Substitution): VariedPicture[] {
  return pictures.map(({ picture, regions }) => {
    const substitute = substitution.find(({ from }) => from === picture)
    return {
      picture: substitute?.to ?? picture,
      regions: regions.map((region) => substitute?.regions[region] ?? region),
    }
  })
}
