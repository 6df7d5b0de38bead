import type { Thing } from '../figures/spots'
import { type PictureName, parsePictureName } from '../pictures/picture-name'
import type { Measurement, RegionPart } from './measurement'

/** Where in a picture the number of a subject was measured. */
export interface Place {
  readonly picture: PictureName
  /** null: in the whole picture. */
  readonly region: Pick<RegionPart, 'region' | 'part'> | null
}

/** @returns null where the subject is no place of a picture: a layer, a word, a method; see `thingOf`. */
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

/** @returns what a figure may show the subject as, where it is no place of a picture; null where it is nothing to be seen. */
export function thingOf(measurement: Measurement, subject: string): Thing | null {
  switch (measurement.measure) {
    case 'steps-likeness':
    case 'steps-contrast':
      return { kind: 'steps', steps: Number(subject) }
    case 'seed-agreement':
      return { kind: 'copies', copies: Number(subject) }
    case 'cascade-likeness':
    case 'edge-likeness':
      return { kind: 'stage', method: measurement.method, stage: subject }
    case 'layer-likeness':
      // As the figure's panels are called.
      return { kind: 'stage', method: measurement.method, stage: `layer-${subject}` }
    case 'food-enrichment':
      return { kind: 'method', method: subject }
    case 'activation-sharpness':
    case 'masked-part-of-speech':
    case 'pair-similarity':
      return layers(Number(subject))
    case 'layer-kind':
      return layers(measurement.layer)
    case 'head-weight':
      return { ...layers(Number(subject)), token: measurement.to }
    case 'head-focus':
      return focusTokens[subject] ? { kind: 'tokens', texts: focusTokens[subject] } : null
    case 'masked-words':
    case 'masked-drop':
      return { kind: 'tokens', texts: [subject] }
    case 'answer-distance':
      return { ...layers(Number(subject)), answer: true }
    case 'question-matching':
    case 'sentence-clustering': {
      const [first = 0, last = first] = subject.split('-').map(Number)
      return layers(first, last)
    }
    case 'group-separation': {
      const choice = measurement.choices.find(({ metric, part }) => `${metric} ${part}` === subject)
      return choice ? { kind: 'comparison', ...choice } : null
    }
    case 'embedding-dependence':
      return { kind: 'property', property: subject }
    default:
      return null
  }
}

function layers(first: number, last = first) {
  return { kind: 'layers', first, last } as const
}

/** The tokens of a sentence that a head may look at by what they are; where the others stand depends on the word. */
const focusTokens: { readonly [target: string]: readonly string[] } = {
  period: ['.', '。'],
  special: ['[CLS]', '[SEP]'],
}

/** @returns the pictures that the measurement is made in. */
export function measuredPictures(measurement: Measurement): readonly PictureName[] {
  if ('picture' in measurement) return [measurement.picture]
  if ('pictures' in measurement) return measurement.pictures
  return 'foods' in measurement ? measurement.foods.map(({ picture }) => picture) : []
}
