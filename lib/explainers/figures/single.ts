import { basename } from 'node:path'
import type { Bilingual } from '../bilingual'
import type { Evidence } from '../evidence'
import type { Assets, FigureContext } from './context'
import type { FigureDocument, ImagePanel } from './document'
import { activationPanel, mapPanel, picturePanel, visualizationPanel } from './panels'
import { type MapMethod, mapMethodSchema } from './spec'
import { className, say, together } from './wording'

/** One explanation of any picture, bundled or not. */
export interface SingleFigure {
  readonly evidence: Evidence
  readonly model: FigureContext['model']
  /** Index of the explained class; absent for methods that explain a filter. */
  readonly target?: number
  /** What the picture shows, where it is known. */
  readonly title?: Bilingual
}

/**
 * The picture beside the one map that a method makes of it.
 *
 * @param assets receives the figure's PNGs.
 */
export async function drawSingle(
  { evidence, model, target, title }: SingleFigure,
  assets: Assets,
): Promise<FigureDocument> {
  const name = basename(evidence.manifest.input.name)
  const picture = {
    id: 0,
    name,
    sha256: evidence.manifest.input.sha256,
    label: target ?? 0,
    title: title ?? say(name, name),
  }
  const context: FigureContext = { model, pictures: [picture] }
  const { note: _, ...shown } = await picturePanel(picture, evidence, context, assets)
  const explained = target === undefined ? undefined : className(model.classes, target)
  const left: ImagePanel = {
    ...shown,
    caption: say(name, name),
    ...(explained && {
      note: say(`解釋的類別：${explained.zh}`, `Explained class: ${explained.en}`),
    }),
    alternative: say(`圖片 ${name}：${picture.title.zh}。`, `Picture ${name}: ${picture.title.en}.`),
  }
  const right = await mapOf(evidence, picture, context, assets)
  return {
    groups: [{ panels: [left, right] }],
    alternative: together(left.alternative, right.alternative),
  }
}

function mapOf(
  evidence: Evidence,
  picture: FigureContext['pictures'][number],
  context: FigureContext,
  assets: Assets,
): Promise<ImagePanel> {
  const { method } = evidence.manifest
  const map = mapMethodSchema.safeParse(method)
  if (map.success) return mapPanel(map.data satisfies MapMethod, picture, evidence, context, assets)
  if (method === 'filter-activation') return activationPanel(picture, evidence, assets)
  if (method === 'filter-visualization') return visualizationPanel(picture, evidence, assets)
  throw new RangeError(`drawSingle: ${method} has no map of its own`)
}
