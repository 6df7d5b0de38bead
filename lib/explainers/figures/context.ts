import type { Classifier } from '../classifier'
import type { Evidence, EvidenceRequest } from '../evidence'
import { type LibraryPicture, missingPicture } from '../pictures/library'
import type { PictureName } from '../pictures/picture-name'
import type { FigureDocument } from './document'

/** A picture that figures may show, without its pixels: those come with the evidence. */
export type FigurePicture = Pick<
  LibraryPicture,
  'id' | 'name' | 'sha256' | 'label' | 'title' | 'regionsSha256'
>

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
export function pictureOf({ pictures }: FigureContext, id: PictureName): FigurePicture {
  const picture = pictures.find((candidate) => candidate.id === id)
  if (picture) return picture
  throw missingPicture(id, `there are ${pictures.map((candidate) => candidate.id).join(', ')}`)
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
