import path from 'node:path'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { coverageOf, type SeenPicture } from '@/lib/explainers/claims/region-part'
import { ExplainerError } from '@/lib/explainers/errors'
import { outlinePath } from '@/lib/explainers/outline'
import { findBundledPicture, readBundledPictures, readRegions } from '@/lib/explainers/pictures/bundled'
import { readPicture } from '@/lib/explainers/pictures/picture'
import type { Scenery } from '@/lib/feedback/part-feedback'
import { OUTLINE_SIDE } from '@/lib/feedback/view'
import { bundledSources } from '@/lib/figures/sources'
import { log } from '@/lib/log'

interface Scene {
  readonly seen: SeenPicture
  readonly names: ReadonlyMap<string, Bilingual>
  /** By region and part, as they are asked for. */
  readonly outlines: Map<string, string>
}

/** Pictures come with the installation: each is read once in a process. */
const scenes = new Map<number, Promise<Scene | null>>()

/** Reads the regions of pictures. One that cannot be read is logged, and nothing in it is pointed out. */
export async function readScenery(pictures: Iterable<number>): Promise<Scenery> {
  const read = await Promise.all(
    [...new Set(pictures)].map(async (number) => [number, await sceneOf(number)] as const),
  )
  const known = new Map(read)
  return {
    regionName: (picture, region) => known.get(picture)?.names.get(region) ?? { zh: region, en: region },
    outlineOf({ picture, region }) {
      const scene = known.get(picture)
      if (!region || !scene?.names.has(region.region)) return null
      const name = `${region.region} ${region.part}`
      const outline = scene.outlines.get(name) ?? outlinePath(coverageOf(region, scene.seen))
      scene.outlines.set(name, outline)
      return outline
    },
  }
}

function sceneOf(number: number): Promise<Scene | null> {
  const known = scenes.get(number)
  if (known) return known
  const reading = readScene(number).catch((error: unknown) => {
    if (!(error instanceof ExplainerError)) throw error
    log.warn({ picture: number, error }, 'regions of a picture cannot be read')
    return null
  })
  scenes.set(number, reading)
  reading.then(
    (scene) => scene || scenes.delete(number),
    () => scenes.delete(number),
  )
  return reading
}

async function readScene(number: number): Promise<Scene> {
  const folder = bundledSources().pictures
  const size = { height: OUTLINE_SIDE, width: OUTLINE_SIDE }
  const bundled = findBundledPicture(await readBundledPictures(folder), number)
  const [{ input }, regions] = await Promise.all([
    readPicture(path.join(folder, bundled.file), size),
    readRegions(folder, bundled, size),
  ])
  const names = new Map(regions.map(({ name }) => [name.en, name]))
  return { seen: { input, regions }, names, outlines: new Map() }
}
