import type { Bilingual } from '@/lib/explainers/bilingual'
import { coverageOf, type SeenPicture } from '@/lib/explainers/claims/region-part'
import { ExplainerError } from '@/lib/explainers/errors'
import { outlinePath } from '@/lib/explainers/outline'
import type { LibraryPicture } from '@/lib/explainers/pictures/library'
import { preparePicture } from '@/lib/explainers/pictures/picture'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { Scenery } from '@/lib/feedback/part-feedback'
import { OUTLINE_SIDE } from '@/lib/feedback/view'
import { installedSources } from '@/lib/figures/installed-sources'
import { log } from '@/lib/log'

interface Scene {
  readonly title: Bilingual
  readonly seen: SeenPicture
  readonly names: ReadonlyMap<string, Bilingual>
  /** By region and part, as they are asked for. */
  readonly outlines: Map<string, string>
}

/** By what they were made of: each is read once in a process. */
const scenes = new Map<string, Promise<Scene>>()
const mostScenes = 500

/** Reads what is known of pictures. One that cannot be read is logged, and nothing in it is pointed out. */
export async function readScenery(pictures: Iterable<PictureName>): Promise<Scenery> {
  const read = await Promise.all([...new Set(pictures)].map(async (id) => [id, await sceneOf(id)] as const))
  const known = new Map(read)
  return {
    titles: (id) => known.get(id)?.title,
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

async function sceneOf(id: PictureName): Promise<Scene | null> {
  const { pictures } = installedSources()
  try {
    // Bundled pictures come with the installation; of an uploaded one, what is said of it may have changed.
    if (typeof id === 'number') return await once(String(id), async () => readScene(await pictures.find(id)))
    const picture = await pictures.find(id)
    const { sha256, title, regionsSha256 } = picture
    return await once(JSON.stringify([sha256, title, regionsSha256]), () => readScene(picture))
  } catch (error) {
    if (!(error instanceof ExplainerError)) throw error
    log.warn({ picture: id, error }, 'regions of a picture cannot be read')
    return null
  }
}

function once(name: string, read: () => Promise<Scene>): Promise<Scene> {
  const known = scenes.get(name)
  if (known) return known
  if (scenes.size >= mostScenes) scenes.clear()
  const reading = read()
  scenes.set(name, reading)
  reading.catch(() => scenes.delete(name))
  return reading
}

async function readScene(picture: LibraryPicture): Promise<Scene> {
  const size = { height: OUTLINE_SIDE, width: OUTLINE_SIDE }
  const { input } = await preparePicture(await picture.bytes(), picture.name, size)
  const regions = await picture.regions(size)
  const names = new Map(regions.map(({ name }) => [name.en, name]))
  return { title: picture.title, seen: { input, regions }, names, outlines: new Map() }
}
