import { type EvidenceRequest, hashOfJson } from '../evidence'
import { evidenceId, requestId } from '../request'
import { drawWithAssets, type EvidenceOf, type FigureContext, type Layout } from './context'
import type { FigureDocument, FigureManifest } from './document'
import { baselines } from './layouts/baselines'
import { cascade } from './layouts/cascade'
import { completeness } from './layouts/completeness'
import { filterPair, layerStrip, layersActivation } from './layouts/filters'
import { integrationSteps, path } from './layouts/integration'
import { layerRandomization } from './layouts/layer-randomization'
import { limeSteps } from './layouts/lime-steps'
import { maps } from './layouts/maps'
import { noisyCopies } from './layouts/noisy-copies'
import { normalization } from './layouts/normalization'
import { occlusion } from './layouts/occlusion'
import { sampleSizes } from './layouts/sample-sizes'
import { scaleComparison } from './layouts/scale-comparison'
import { trust } from './layouts/trust'
import type { FigureSpecOf, PictureFigureSpec } from './spec'

/** Raised, of those layouts, when the same spec and evidence would give another document or assets of other pixels. */
export const drawingVersion = ({ layout }: PictureFigureSpec): number => (layout === 'trust' ? 2 : 1)

const layouts: { readonly [Name in PictureFigureSpec['layout']]: Layout<FigureSpecOf<Name>> } = {
  maps,
  occlusion,
  'lime-steps': limeSteps,
  'scale-comparison': scaleComparison,
  'noisy-copies': noisyCopies,
  normalization,
  'layers-activation': layersActivation,
  'filter-pair': filterPair,
  'layer-strip': layerStrip,
  'integration-steps': integrationSteps,
  path,
  cascade,
  'layer-randomization': layerRandomization,
  completeness,
  'sample-sizes': sampleSizes,
  baselines,
  trust,
}

// The compiler cannot see that a spec meets the layout of its own name.
const layoutOf = (spec: PictureFigureSpec) => layouts[spec.layout] as Layout<PictureFigureSpec>

/**
 * @returns which evidence the figure is drawn from, in the order in which it is best computed, none of it twice.
 * @throws ExplainerError for a picture, layer, filter or parameter that does not exist.
 */
export function evidenceRequests(spec: PictureFigureSpec, context: FigureContext): EvidenceRequest[] {
  const requests = layoutOf(spec).requests(spec, context)
  return [...new Map(requests.map((request) => [requestId(request), request])).values()]
}

export interface RenderedFigure {
  readonly document: FigureDocument
  /** PNGs by the names that the document uses. */
  readonly assets: ReadonlyMap<string, Buffer>
  readonly manifest: FigureManifest
}

/**
 * Draws a figure of a classifier from its evidence.
 *
 * @param evidenceOf gives the evidence of any of `evidenceRequests(spec, context)`.
 */
export async function renderFigure(
  spec: PictureFigureSpec,
  context: FigureContext,
  evidenceOf: EvidenceOf,
): Promise<RenderedFigure> {
  const drawn = await drawWithAssets((assets) => layoutOf(spec).draw(spec, context, evidenceOf, assets))
  const evidence = []
  for (const request of evidenceRequests(spec, context)) {
    const found = await evidenceOf(request)
    evidence.push({ id: evidenceId(found), manifest: found.manifest })
  }
  const pictures = context.pictures
    .filter(({ id }) => typeof id === 'string')
    .map(({ id, title, label }) => ({ id, title, label }))
  return {
    ...drawn,
    manifest: { spec, ...(pictures.length > 0 && { pictures }), evidence, drawing: drawingVersion(spec) },
  }
}

/** @returns the name of the figure: the hash of its manifest. */
export function figureId(manifest: FigureManifest): string {
  return hashOfJson(manifest)
}
