import satori from 'satori'
import sharp from 'sharp'
import type { Bilingual } from '../bilingual'
import type { Scene } from './chart/scene'
import type { FigureDocument, Panel, PanelGroup } from './document'
import { fontsFor } from './fonts'
import { chartPanel, chartWidth, markLegend, sceneSvg, tablePanel, tableWidth } from './plate/charts'
import { box, type Node, text } from './plate/node'
import {
  arrowPanel,
  arrowWidth,
  barsPanel,
  barsWidth,
  type Drawing,
  imagePanel,
  layersPanel,
  layersWidth,
} from './plate/panels'
import { type Theme, tokens } from './plate/theme'

/** Raised when the same document and assets would be drawn differently. */
export const composeVersion = 3

/** Device pixels for each unit of the layout. */
const DENSITY = 2
const MARGIN = 24
const GAP = 20
const GROUP_GAP = 32
const RADIUS = 6
/** Widest row of panels and widest row of groups, in units of the layout. */
const WIDEST_GROUP = 1184
const WIDEST_PLATE = 1264
const SMALLEST = 192
/** So that a note beside a narrow panel is no column of single words. */
const NARROWEST_NOTE = 560
/** From so many groups on they are set small, so that two stand side by side. */
const MANY_GROUPS = 5

export interface ComposeOptions {
  readonly language: keyof Bilingual
  readonly theme: Theme
}

/**
 * Draws a figure as one PNG at twice its layout's size, on a transparent ground.
 *
 * @param assets the figure's PNGs by name.
 * @throws RangeError when the document names an asset that is not there.
 */
export async function composeFigure(
  document: FigureDocument,
  assets: ReadonlyMap<string, Buffer>,
  { language, theme }: ComposeOptions,
): Promise<Buffer> {
  const transparent = await transparentAssets(document, assets)
  const drawn: Drawing = { language, tokens: tokens[theme], isTransparent: (asset) => transparent.has(asset) }
  const groups = document.groups.map((group) =>
    drawGroup(group, document.groups.length >= MANY_GROUPS ? SMALLEST : imageSize(group), drawn),
  )
  const { rows, width } = arrange(groups)
  const { fonts, fontFamily } = await fontsFor(charactersOf(document, language), [400, 500, 600])
  const plate = box(
    { flexDirection: 'column', padding: MARGIN, width: width + 2 * MARGIN, fontFamily, gap: GROUP_GAP },
    rows.map((row) =>
      box(
        { gap: GROUP_GAP },
        row.map(({ node }) => node),
      ),
    ),
  )
  const places: Place[] = []
  const scenes: string[] = []
  const svg = await satori(plate, {
    width: width + 2 * MARGIN,
    fonts,
    embedFont: true,
    onNodeDetected: ({ left, top, width: size, props }) => {
      const names: unknown = props['data-assets']
      if (Array.isArray(names)) places.push({ assets: names, left, top, size })
      const scene = props['data-scene'] as Scene | undefined
      if (scene) scenes.push(sceneSvg(scene, left, top, drawn.tokens))
    },
  })
  const pictures = await Promise.all(
    places.map(async (place) => ({
      input: await fillPlace(place, assets),
      left: Math.round(place.left * DENSITY),
      top: Math.round(place.top * DENSITY),
    })),
  )
  // Right after the opening tag: below everything that satori drew.
  const whole = svg.replace(/^<svg[^>]*>/, (opening) => opening + scenes.join(''))
  return sharp(Buffer.from(whole), { density: 72 * DENSITY, unlimited: true })
    .composite(pictures)
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** Width of the images in a group: a multiple of 64, so that a 128-pixel picture grows by whole pixels. */
function imageSize(group: PanelGroup): number {
  const count = group.panels.filter(({ kind }) => kind === 'image').length
  if (count <= 2) return 384
  if (count === 3) return 320
  if (count === 4) return 256
  return SMALLEST
}

interface DrawnGroup {
  readonly node: Node
  readonly width: number
}

function panelWidth(panel: Panel, size: number, language: keyof Bilingual): number {
  switch (panel.kind) {
    case 'image':
      return size
    case 'arrow':
      return arrowWidth
    case 'bars':
      return barsWidth
    case 'layers':
      return layersWidth(panel)
    case 'table':
      return tableWidth(panel, language)
    case 'attention':
    case 'matrix':
    case 'plot':
      return chartWidth(panel, language)
  }
}

function drawPanel(panel: Panel, size: number, drawn: Drawing): Node {
  switch (panel.kind) {
    case 'image':
      return imagePanel(panel, size, drawn)
    case 'arrow':
      return arrowPanel(panel, size, drawn)
    case 'bars':
      return barsPanel(panel, drawn)
    case 'layers':
      return layersPanel(panel, drawn)
    case 'table':
      return tablePanel(panel, drawn)
    case 'attention':
    case 'matrix':
    case 'plot':
      return chartPanel(panel, drawn)
  }
}

function drawGroup(group: PanelGroup, size: number, drawn: Drawing): DrawnGroup {
  const widthOf = (panel: Panel) => panelWidth(panel, size, drawn.language)
  const rows = fillRows(group.panels, widthOf, GAP, WIDEST_GROUP)
  const panelsWidth = Math.max(
    ...rows.map((row) => row.reduce((sum, panel) => sum + widthOf(panel), GAP * (row.length - 1))),
  )
  const { heading, note, marks } = group
  const width = note ? Math.max(panelsWidth, NARROWEST_NOTE) : panelsWidth
  return {
    width,
    node: box({ flexDirection: 'column', width }, [
      heading &&
        text(heading[drawn.language], {
          width,
          fontSize: 15,
          fontWeight: 600,
          color: drawn.tokens.ink,
          paddingBottom: 7,
          marginBottom: 14,
          borderBottom: `1px solid ${drawn.tokens.hairline}`,
        }),
      note &&
        text(note[drawn.language], {
          width,
          fontSize: 12,
          lineHeight: 1.5,
          color: drawn.tokens.quiet,
          marginTop: -4,
          marginBottom: 12,
        }),
      marks && markLegend(marks, width, drawn),
      box(
        { flexDirection: 'column', gap: GAP },
        rows.map((row) =>
          box(
            { gap: GAP, alignItems: 'flex-start' },
            row.map((panel) => drawPanel(panel, size, drawn)),
          ),
        ),
      ),
    ]),
  }
}

/** Breaks a sequence into rows that are as even as the widest allowed row permits. */
function fillRows<Item>(
  items: readonly Item[],
  widthOf: (item: Item) => number,
  gap: number,
  widest: number,
): Item[][] {
  const fill = (limit: number) => {
    const rows: Item[][] = [[]]
    let width = 0
    for (const item of items) {
      const needed = widthOf(item) + (rows.at(-1)!.length > 0 ? gap : 0)
      if (width + needed > limit && rows.at(-1)!.length > 0) {
        rows.push([item])
        width = widthOf(item)
      } else {
        rows.at(-1)!.push(item)
        width += needed
      }
    }
    return rows
  }
  const fewest = fill(widest).length
  let best = fill(widest)
  // The narrowest limit with no more rows than needed leaves no row nearly empty.
  for (let limit = widest; limit > 0; limit -= 8) {
    const rows = fill(limit)
    if (rows.length > fewest) break
    best = rows
  }
  return best
}

function arrange(groups: readonly DrawnGroup[]): { rows: DrawnGroup[][]; width: number } {
  const rows = fillRows(groups, ({ width }) => width, GROUP_GAP, WIDEST_PLATE)
  const widths = rows.map((row) => row.reduce((sum, { width }) => sum + width, GROUP_GAP * (row.length - 1)))
  return { rows, width: Math.max(...widths) }
}

interface Place {
  readonly assets: readonly string[]
  readonly left: number
  readonly top: number
  readonly size: number
}

/** @returns the assets of a place on top of each other, enlarged to device pixels, with rounded corners. */
async function fillPlace(
  { assets: names, size }: Place,
  assets: ReadonlyMap<string, Buffer>,
): Promise<Buffer> {
  const side = size * DENSITY
  const layers = await Promise.all(names.map((name) => enlarge(assetOf(name, assets), side)))
  const corners = Buffer.from(
    `<svg width="${side}" height="${side}"><rect width="100%" height="100%" rx="${RADIUS * DENSITY}"/></svg>`,
  )
  return sharp(layers[0])
    .ensureAlpha()
    .composite([
      ...layers.slice(1).map((input) => ({ input })),
      { input: corners, blend: 'dest-in' as const },
    ])
    .png({ compressionLevel: 1 })
    .toBuffer()
}

/** Opaque assets are enlarged pixels and stay whole squares; overlays are line drawings and want smoothing. */
async function enlarge(asset: Buffer, side: number): Promise<Buffer> {
  const { hasAlpha, width } = await sharp(asset).metadata()
  const kernel = hasAlpha ? 'lanczos3' : 'nearest'
  const resize = (bytes: Buffer, size: number) =>
    sharp(bytes).resize(size, size, { kernel, fit: 'fill' }).png({ compressionLevel: 1 }).toBuffer()
  // libvips rounds unevenly when it enlarges by a fraction, so it goes up by whole numbers and then down.
  const uneven = !hasAlpha && side > width && side % width !== 0
  return resize(
    uneven ? await resize(asset, (width * side) / greatestCommonDivisor(width, side)) : asset,
    side,
  )
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

async function transparentAssets(
  document: FigureDocument,
  assets: ReadonlyMap<string, Buffer>,
): Promise<Set<string>> {
  const transparent = new Set<string>()
  for (const panel of document.groups.flatMap(({ panels }) => panels)) {
    if (panel.kind !== 'image' || !panel.over) continue
    if ((await sharp(assetOf(panel.asset, assets)).metadata()).hasAlpha) transparent.add(panel.asset)
  }
  return transparent
}

function assetOf(name: string, assets: ReadonlyMap<string, Buffer>): Buffer {
  const bytes = assets.get(name)
  if (!bytes) throw new RangeError(`composeFigure: the document names ${name}, which is not among the assets`)
  return bytes
}

/** Every character that the plate may show; digits and signs always, as numbers are made while drawing. */
function charactersOf(document: FigureDocument, language: keyof Bilingual): string {
  const collected = new Set('0123456789+−-.,×⁻⁰¹²³⁴⁵⁶⁷⁸⁹')
  const visit = (value: unknown) => {
    if (typeof value === 'string') for (const character of value) collected.add(character)
    else if (Array.isArray(value)) value.forEach(visit)
    else if (value && typeof value === 'object') {
      const { alternative: _, ...shown } = value as Record<string, unknown>
      if ('zh' in shown && 'en' in shown) visit(shown[language])
      else Object.values(shown).forEach(visit)
    }
  }
  visit(document)
  return [...collected].join('')
}
