import { type PictureName, parsePictureName } from '../pictures/picture-name'
import type { Measurement, RegionPart } from './measurement'

/** Where in a picture the number of a subject was measured. */
export interface Place {
  readonly picture: PictureName
  /** null: in the whole picture. */
  readonly region: Pick<RegionPart, 'region' | 'part'> | null
}

/** @returns null where the subject is no place of a picture: a layer, a word, a method. */
export function placeOf(measurement: Measurement, subject: string): Place | null {
  switch (measurement.measure) {
    case 'region-weight':
    case 'region-removal':
    case 'region-enrichment':
    case 'contribution-density':
      return { picture: measurement.picture, region: { region: subject, part: 'whole' } }
    case 'weight-signs':
    case 'solid-likeness':
      return { picture: measurement.picture, region: { region: measurement.region, part: 'whole' } }
    case 'region-activation': {
      const found = measurement.parts.find(({ id }) => id === subject)
      return found
        ? { picture: measurement.picture, region: { region: found.region, part: found.part } }
        : null
    }
    case 'map-disagreement':
    case 'map-overlap':
    case 'gradient-scale':
      return { picture: parsePictureName(subject), region: null }
    default:
      return null
  }
}

/** @returns the pictures that the measurement is made in. */
export function measuredPictures(measurement: Measurement): readonly PictureName[] {
  if ('picture' in measurement) return [measurement.picture]
  if ('pictures' in measurement) return measurement.pictures
  return 'foods' in measurement ? measurement.foods.map(({ picture }) => picture) : []
}
