import type { Classifier } from '@/lib/explainers/classifier'
import { ExplainerError } from '@/lib/explainers/errors'
import { hashOfJson } from '@/lib/explainers/evidence'
import type { FigureContext } from '@/lib/explainers/figures/context'
import { drawingVersion } from '@/lib/explainers/figures/render'
import { languageDrawingVersion } from '@/lib/explainers/figures/render-language'
import {
  type FigureSpec,
  isLanguageSpec,
  type PictureFigureSpec,
  picturesOf,
} from '@/lib/explainers/figures/spec'
import { languageMethodVersions } from '@/lib/explainers/language/language-methods'
import { readModelHash } from '@/lib/explainers/onnx/classifier-folder'
import { type Picture, preparePicture } from '@/lib/explainers/pictures/picture'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { Region } from '@/lib/explainers/regions'
import { findMethod, listedMethods } from '@/lib/explainers/registry'
import { hashOfTexts } from '@/lib/figures/language-service'
import type { FigureSources } from '@/lib/figures/sources'
import { findLanguageModelFolder, findModelFolder } from '@/lib/models/model-folder'

/**
 * Makes the names of figure requests: the hash of the spec, of the model's and pictures' files, of what the figure says
 * of uploaded pictures, and of the versions of methods and drawing. A file that cannot be read counts by what is wrong with it, so that the figure is asked for
 * anew when it has been repaired. Each file is read once.
 */
export function requestNaming(sources: FigureSources): (spec: FigureSpec) => Promise<string> {
  const methods = listedMethods.map((method) => [method, findMethod(method).explainer.version])
  const seen = new Map<string, Promise<string>>()
  const once = (name: string, read: () => Promise<string>) => {
    const hash = seen.get(name) ?? codeOrHash(read)
    seen.set(name, hash)
    return hash
  }
  const pictureHash = (id: PictureName, withRegions: boolean) =>
    once(`picture ${id} ${withRegions}`, async () => {
      const { sha256, label, title, regionsSha256 } = await sources.pictures.find(id)
      // What is said of a bundled picture changes with Vitrine only: its bytes are its name.
      if (typeof id === 'number') return sha256
      return hashOfJson({ sha256, label, title, ...(withRegions && { regions: regionsSha256 }) })
    })
  return async (spec) => {
    if (isLanguageSpec(spec)) {
      const name = spec.model
      const model = await once(`language model ${name}`, async () =>
        readModelHash(await findLanguageModelFolder(name)),
      )
      const texts = await codeOrHash(() => hashOfTexts(spec, sources))
      const methods = [...languageMethodVersions]
      return hashOfJson({ spec, model, texts, methods, drawing: languageDrawingVersion })
    }
    const model = await once(`model ${spec.model}`, async () =>
      readModelHash(await findModelFolder(spec.model, sources.models)),
    )
    const pictures = await Promise.all(picturesOf(spec).map((id) => pictureHash(id, spec.layout === 'trust')))
    const tests = testsIn(spec).map((method) => findMethod(method).explainer.version)
    const drawing = drawingVersion(spec)
    if (tests.length > 0) return hashOfJson({ spec, model, pictures, tests, drawing })
    return hashOfJson({ spec, model, pictures, methods, drawing })
  }
}

/** @returns the methods that a figure needs beside those that people may ask for. */
function testsIn(spec: PictureFigureSpec): string[] {
  if (spec.layout === 'trust') return spec.maps.map(({ method }) => `trust-${method}`)
  if (spec.layout === 'layer-randomization') return [`layer-randomization-${spec.method}`]
  return spec.layout === 'cascade' ? spec.methods.map((method) => `cascade-${method}`) : []
}

async function codeOrHash(read: () => Promise<string>): Promise<string> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ExplainerError) return error.code
    throw error
  }
}

/**
 * What a figure needs to know before it is computed; reads its own pictures only, so that another one's being
 * missing does not matter.
 * @throws ExplainerError
 */
export async function readFigureContext(
  spec: PictureFigureSpec,
  classifier: Pick<Classifier, 'name' | 'sha256' | 'classes' | 'layers'>,
  sources: FigureSources,
): Promise<FigureContext> {
  const pictures = await Promise.all(picturesOf(spec).map((id) => sources.pictures.find(id)))
  return {
    model: classifier,
    pictures: pictures.map(({ id, name, sha256, label, title, regionsSha256 }) => ({
      id,
      name,
      sha256,
      label,
      title,
      ...(regionsSha256 && { regionsSha256 }),
    })),
  }
}

/**
 * A picture's pixels at the classifier's size, and its regions.
 * @param name of the picture, as the evidence request names it.
 * @throws ExplainerError
 */
export async function readFigurePicture(
  name: string,
  size: Classifier['inputSize'],
  sources: FigureSources,
): Promise<{
  readonly picture: Picture
  readonly regions: readonly Region[]
  readonly regionsSha256: string | undefined
}> {
  const found = await sources.pictures.findByFile(name)
  const [picture, regions] = await Promise.all([
    found.bytes().then((bytes) => preparePicture(bytes, name, size)),
    found.regions(size),
  ])
  return { picture, regions, regionsSha256: found.regionsSha256 }
}
