import type { Bilingual } from '../../bilingual'
import { ExplainerError } from '../../errors'
import { nameOfPictures } from '../../figures/wording'
import type { PictureName, PictureTitles } from '../../pictures/picture-name'
import type { Region } from '../../regions'
import type { ReadingValue } from '../reading'

/** Name and number of what a measurement measures. */
export function named(subject: string | number, name: Bilingual, value: number | null): ReadingValue {
  // Not a number and infinite come from dividing by nothing: there is no such value.
  return { subject: String(subject), name, value: value !== null && Number.isFinite(value) ? value : null }
}

/** @param titles of uploaded pictures, which have no number to be called by. */
export function pictureName(id: PictureName, titles: PictureTitles): Bilingual {
  return nameOfPictures({ id, title: typeof id === 'string' ? titles(id) : undefined })
}

export function layerName(layer: number): Bilingual {
  return { zh: `第 ${layer} 層`, en: `layer ${layer}` }
}

export function stepsName(steps: number): Bilingual {
  return { zh: `${steps} steps`, en: `${steps} steps` }
}

/** A word of the interface's own, the same in both languages. */
export function plainName(text: string): Bilingual {
  return { zh: text, en: text }
}

/** @throws ExplainerError 'invalid-parameter' that names the regions there are. */
export function findRegion(regions: readonly Region[], wanted: string): Region {
  const region = regions.find(({ name }) => name.en === wanted)
  if (region) return region
  const known = regions.map(({ name }) => name.en).join(', ')
  throw new ExplainerError('invalid-parameter', wanted, `there is no region ${wanted}; there are ${known}`)
}
