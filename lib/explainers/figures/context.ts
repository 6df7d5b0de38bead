import type { Bilingual } from '../bilingual'
import type { Classifier } from '../classifier'
import { ExplainerError } from '../errors'
import type { Evidence, EvidenceRequest } from '../evidence'
import type { FigureDocument } from './document'

/** A picture that figures may show, without its pixels: those come with the evidence. */
export interface FigurePicture {
  readonly number: number
  /** File name and SHA-256 of the file, as in the request. */
  readonly name: string
  readonly sha256: string
  /** Index of the class that is explained: the picture's own. */
  readonly label: number
  readonly title: Bilingual
}

/** What must be known before anything is computed. */
export interface FigureContext {
  readonly model: Pick<Classifier, 'name' | 'sha256' | 'classes' | 'layers'>
  readonly pictures: readonly FigurePicture[]
}

export type EvidenceOf = (request: EvidenceRequest) => Evidence | Promise<Evidence>

/** PNGs by name, as they are being encoded: in threads of their own, several at once. */
export type Assets = Map<string, Promise<Buffer>>

/** One kind of figure: which evidence it needs, in the order in which it is best computed, and how it is drawn. */
export interface Layout<Spec> {
  requests(spec: Spec, context: FigureContext): EvidenceRequest[]
  /** Puts the figure's PNGs into `assets`. */
  draw(spec: Spec, context: FigureContext, evidenceOf: EvidenceOf, assets: Assets): Promise<FigureDocument>
}

/** @throws ExplainerError 'picture-missing' */
export function pictureOf({ pictures }: FigureContext, number: number): FigurePicture {
  const picture = pictures.find((candidate) => candidate.number === number)
  if (picture) return picture
  const known = pictures.map((candidate) => candidate.number).join(', ')
  throw new ExplainerError(
    'picture-missing',
    String(number),
    `There is no picture ${number}; there are ${known}`,
  )
}

/**
 * Draws a document, and waits for the PNGs that drawing it began to encode.
 * @param draw puts each PNG into the map that it is given, without waiting for it
 */
export async function drawWithAssets(
  draw: (assets: Assets) => Promise<FigureDocument>,
): Promise<{ readonly document: FigureDocument; readonly assets: ReadonlyMap<string, Buffer> }> {
  const encoding: Assets = new Map()
  // What is under way ends before a figure is given up, so that no failure of it goes unheard.
  const document = await draw(encoding).finally(() => Promise.allSettled(encoding.values()))
  const assets = new Map<string, Buffer>()
  for (const [name, png] of encoding) assets.set(name, await png)
  return { document, assets }
}
