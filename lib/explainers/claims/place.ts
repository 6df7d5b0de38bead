import type { Measurement, RegionPart } from './measurement'

/** Where in a picture the number of a subject was measured. */
export interface Place {
  readonly picture: number
  /** null: in the whole picture. */
  readonly region: Pick<RegionPart, 'region' | 'part'> | null
}

/** @returns null where the subject is no place of a picture: a layer, a word, a method. */
export function placeOf(measurement: Measurement, subject: string): Place | null {
  switch (measurement.measure) {
    case 'region-weight':
    case 'region-removal':
    case 'region-enrichment':
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
      return { picture: Number(subject), region: null }
    default:
      return null
  }
}

/** @returns the picture whose regions the measurement names; null where it names none. */
export function regionPictureOf(measurement: Measurement): number | null {
  switch (measurement.measure) {
    case 'region-weight':
    case 'region-removal':
    case 'region-enrichment':
    case 'weight-signs':
    case 'solid-likeness':
    case 'region-activation':
      return measurement.picture
    default:
      return null
  }
}
