import type { Bilingual } from '../../bilingual'
import { colourStops, markColours } from '../colour-maps'
import type { ArrowPanel, BarsPanel, ColourScale, ImagePanel, LayersPanel, LegendEntry } from '../document'
import { formatNumber, formatScale, powerOfTen } from '../number-format'
import { box, drawing, type Node, place, text } from './node'
import type { Tokens } from './theme'

export interface Drawing {
  readonly language: keyof Bilingual
  readonly tokens: Tokens
  /** Whether something of the picture below would be seen through the asset. */
  readonly isTransparent: (asset: string) => boolean
}

const CAPTION = 13
const NOTE = 11.5

export function captions(
  panel: { caption: Bilingual; note?: Bilingual },
  size: number,
  { language, tokens }: Drawing,
  marginTop = 8,
): Node {
  const width = size
  return box({ flexDirection: 'column', marginTop, width }, [
    text(panel.caption[language], {
      fontSize: CAPTION,
      fontWeight: 500,
      color: tokens.ink,
      lineHeight: 1.35,
      width,
    }),
    panel.note &&
      text(panel.note[language], {
        fontSize: NOTE,
        color: tokens.quiet,
        lineHeight: 1.4,
        marginTop: 2,
        width,
      }),
  ])
}

export function imagePanel(panel: ImagePanel, size: number, drawn: Drawing): Node {
  const layers = [panel.asset]
  if (panel.over && drawn.isTransparent(panel.asset)) layers.unshift(panel.over)
  return box({ flexDirection: 'column', width: size }, [
    place(layers, size),
    captions(panel, size, drawn),
    panel.scale && colourBar(panel.scale, size, drawn),
    panel.legend && legend(panel.legend, size, drawn),
  ])
}

export function colourBar(
  { colours, minimum, maximum, unit }: ColourScale,
  width: number,
  drawn: Drawing,
): Node {
  const { tokens } = drawn
  const [low, middle, high] = formatScale(minimum, maximum)
  const quiet = { fontSize: NOTE, color: tokens.quiet, lineHeight: 1.35 }
  return box({ flexDirection: 'column', width, marginTop: 8 }, [
    box({
      width,
      height: 8,
      boxSizing: 'border-box',
      borderRadius: 2,
      border: `1px solid ${tokens.hairline}`,
      backgroundImage: `linear-gradient(to right, ${colourStops(colours, 24).join(', ')})`,
    }),
    box({ justifyContent: 'space-between', width, marginTop: 3 }, [
      text(low, quiet),
      width >= 192 ? text(middle, quiet) : undefined,
      text(high, quiet),
    ]),
    text(unit[drawn.language], {
      ...quiet,
      width,
      justifyContent: 'center',
      textAlign: 'center',
      marginTop: 1,
    }),
  ])
}

function swatch(mark: LegendEntry['mark']): Node {
  const colour = markColours[mark]
  const dash = mark === 'negative' ? ' stroke-dasharray="3 2"' : ''
  const fill = mark === 'hidden' ? 1 : 0.45
  return drawing(
    `<rect x="1" y="1" width="16" height="12" rx="2" fill="${colour}" fill-opacity="${fill}" stroke="${colour}" stroke-width="1.6"${dash}/>`,
    18,
    14,
    { marginRight: 7, flexShrink: 0, marginTop: 1 },
  )
}

function legend(entries: readonly LegendEntry[], width: number, { language, tokens }: Drawing): Node {
  return box(
    { flexDirection: 'column', width, marginTop: 8 },
    entries.map(({ mark, text: words }) =>
      box({ alignItems: 'flex-start', marginTop: 3, width }, [
        swatch(mark),
        text(words[language], { fontSize: 12, color: tokens.ink, lineHeight: 1.35, width: width - 25 }),
      ]),
    ),
  )
}

export const arrowWidth = 52

export function arrowPanel(panel: ArrowPanel, size: number, { language, tokens }: Drawing): Node {
  return box(
    {
      flexDirection: 'column',
      width: arrowWidth,
      height: size,
      alignItems: 'center',
      justifyContent: 'center',
    },
    [
      drawing(
        `<path d="M2 8H36M29 2l7 6-7 6" fill="none" stroke="${tokens.quiet}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
        38,
        16,
      ),
      text(panel.caption[language], {
        fontSize: 11,
        color: tokens.quiet,
        lineHeight: 1.35,
        marginTop: 4,
        width: arrowWidth,
        justifyContent: 'center',
        textAlign: 'center',
      }),
    ],
  )
}

export const barsWidth = 576

export function barsPanel(panel: BarsPanel, { language, tokens }: Drawing): Node {
  const labelWidth = 168
  const valueWidth = 76
  const track = barsWidth - labelWidth - valueWidth
  const { position, ticks } = barScale(panel)
  const quiet = { fontSize: NOTE, color: tokens.quiet, lineHeight: 1.35 }
  return box({ flexDirection: 'column', width: barsWidth }, [
    text(panel.caption[language], { fontSize: CAPTION, fontWeight: 500, color: tokens.ink, marginBottom: 8 }),
    box({ flexDirection: 'column', position: 'relative', width: barsWidth }, [
      ...ticks.map(({ value }) =>
        box({
          position: 'absolute',
          left: labelWidth + Math.round(track * position(value)),
          top: 0,
          width: 1,
          height: panel.bars.length * 26,
          backgroundColor: tokens.hairline,
        }),
      ),
      ...panel.bars.map(({ label, value }) =>
        box({ height: 26, alignItems: 'center', width: barsWidth }, [
          text(label[language], {
            width: labelWidth,
            boxSizing: 'border-box',
            paddingRight: 12,
            justifyContent: 'flex-end',
            fontSize: 12.5,
            color: tokens.ink,
          }),
          box({
            width: Math.max(2, Math.round(track * position(value))),
            height: 14,
            backgroundColor: tokens.accent,
            borderRadius: 2,
          }),
          text(formatNumber(value), { marginLeft: 8, fontSize: 12.5, color: tokens.ink }),
        ]),
      ),
    ]),
    box({ position: 'relative', height: 20, width: barsWidth, marginTop: 4 }, [
      ...ticks.map(({ value, words }) =>
        text(words, {
          ...quiet,
          position: 'absolute',
          left: labelWidth + Math.round(track * position(value)) - 30,
          width: 60,
          justifyContent: 'center',
        }),
      ),
    ]),
    text(panel.unit[language], { ...quiet, marginLeft: labelWidth }),
  ])
}

/** Where a value stands along the track, 0 to 1, and the ticks: whole decades on a log axis, else the ends. */
function barScale({ axis, bars, maximum }: BarsPanel) {
  const values = bars.map(({ value }) => value)
  const largest = maximum ?? Math.max(...values)
  if (axis === 'linear') {
    return {
      position: (value: number) => (largest > 0 ? Math.max(0, value / largest) : 0),
      ticks: [0, largest].map((value) => ({ value, words: formatNumber(value) })),
    }
  }
  const low =
    Math.floor(Math.log10(Math.min(...values))) - (Number.isInteger(Math.log10(Math.min(...values))) ? 1 : 0)
  const high = Math.ceil(Math.log10(largest))
  const step = Math.max(1, Math.ceil((high - low) / 6))
  const exponents = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step)
  return {
    position: (value: number) => (Math.log10(value) - low) / (high - low),
    ticks: exponents.map((exponent) => ({ value: 10 ** exponent, words: powerOfTen(exponent) })),
  }
}

const TILE = 52
const TILE_GAP = 6
/** A row ends after a pooling layer, so that the stacks of the network can be seen. */
const isLastOfRow = (type: string) => /pool/i.test(type)

export function layersWidth(panel: LayersPanel): number {
  const longest = Math.max(...rowsOf(panel).map((row) => row.length))
  return longest * TILE + (longest - 1) * TILE_GAP
}

/** As many as the homework's network has up to its first pooling. */
const mostInRow = 10

function rowsOf({ layers }: LayersPanel): LayersPanel['layers'][number][][] {
  const rows: LayersPanel['layers'][number][][] = [[]]
  for (const layer of layers) {
    rows.at(-1)!.push(layer)
    if (isLastOfRow(layer.type) || rows.at(-1)!.length === mostInRow) rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}

export function layersPanel(panel: LayersPanel, { language, tokens }: Drawing): Node {
  const kinds = [...new Set(panel.layers.map(({ type }) => type))]
  const colour = (type: string) => tokens.kinds[kinds.indexOf(type) % tokens.kinds.length]!
  return box({ flexDirection: 'column', width: layersWidth(panel) }, [
    text(panel.caption[language], {
      fontSize: CAPTION,
      fontWeight: 500,
      color: tokens.ink,
      marginBottom: 10,
    }),
    ...rowsOf(panel).map((row) =>
      box(
        { marginBottom: TILE_GAP },
        row.map(({ index, type }, place) =>
          box(
            {
              flexDirection: 'column',
              alignItems: 'center',
              justifyContent: 'center',
              width: TILE,
              height: 46,
              marginRight: place === row.length - 1 ? 0 : TILE_GAP,
              borderRadius: 6,
              backgroundColor: tokens.tile,
              borderTop: `3px solid ${colour(type)}`,
            },
            [
              text(String(index), { fontSize: 15, fontWeight: 600, color: tokens.ink, lineHeight: 1.2 }),
              text(type[0]!, { fontSize: 11, fontWeight: 600, color: colour(type), lineHeight: 1.2 }),
            ],
          ),
        ),
      ),
    ),
    box(
      { flexWrap: 'wrap', marginTop: 4 },
      kinds.map((type) =>
        box({ alignItems: 'center', marginRight: 18 }, [
          box({ width: 14, height: 3, backgroundColor: colour(type), marginRight: 6 }),
          text(type[0]!, { fontSize: 12, fontWeight: 600, color: colour(type), marginRight: 6 }),
          text(type, { fontSize: 12, color: tokens.ink }),
        ]),
      ),
    ),
  ])
}
