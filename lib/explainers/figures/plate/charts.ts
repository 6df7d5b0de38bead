import type { Bilingual } from '../../bilingual'
import { chartColours } from '../chart/colours'
import { sceneOf } from '../chart/draw'
import { DASHES, mark, type Paint, type Scene, type Words } from '../chart/scene'
import { textWidth } from '../chart/text-width'
import type { ChartPanel, MarkEntry, TablePanel } from '../document'
import { box, type Node, scenePlace, text } from './node'
import { captions, colourBar, type Drawing } from './panels'
import type { Tokens } from './theme'

/** Scenes, marks and tables on a plate. */

const HEIGHT_OF_LINE = 1.3

/** @returns the width of a chart, in units of the layout: its scene's own. */
export function chartWidth(panel: ChartPanel, language: keyof Bilingual): number {
  return sceneOf(panel, language).width
}

export function chartPanel(panel: ChartPanel, drawn: Drawing): Node {
  const scene = sceneOf(panel, drawn.language)
  const { width, height } = scene
  const colours = panel.kind === 'matrix' && panel.cells === 'colours' ? panel.scale : undefined
  return box({ flexDirection: 'column', width }, [
    captions(panel, width, drawn, 0),
    box({ position: 'relative', width, height, marginTop: 6 }, [
      scenePlace(scene, width, height),
      ...scene.words.map((words) => wordsNode(words, scene, drawn.tokens)),
    ]),
    colours && colourBar(colours, width, drawn),
  ])
}

function wordsNode(
  { text: content, x, y, size, anchor, paint, weight, upwards }: Words,
  scene: Scene,
  tokens: Tokens,
): Node {
  const height = size * HEIGHT_OF_LINE
  // Wider than any words, so that the anchor alone decides where they stand.
  const room = 2 * scene.width
  const left = anchor === 'start' ? x : anchor === 'end' ? x - room : x - room / 2
  return box(
    {
      position: 'absolute',
      left,
      top: y - height / 2,
      width: room,
      height,
      alignItems: 'center',
      justifyContent: anchor === 'start' ? 'flex-start' : anchor === 'end' ? 'flex-end' : 'center',
      fontSize: size,
      lineHeight: HEIGHT_OF_LINE,
      fontWeight: weight ?? 400,
      color: colourOf(paint, tokens),
      whiteSpace: 'pre',
      ...(upwards && { transform: 'rotate(-90deg)' }),
    },
    [text(content)],
  )
}

/** @returns a scene's shapes as SVG, with its corner at `left`, `top`. */
export function sceneSvg({ shapes }: Scene, left: number, top: number, tokens: Tokens): string {
  const paths = shapes.map(({ d, fill, stroke, strokeWidth = 1, dashed, opacity }) => {
    const styles = [
      `fill="${fill ? colourOf(fill, tokens) : 'none'}"`,
      ...(stroke ? [`stroke="${colourOf(stroke, tokens)}" stroke-width="${strokeWidth}"`] : []),
      ...(dashed ? [`stroke-dasharray="${DASHES}"`] : []),
      ...(opacity === undefined ? [] : [`opacity="${opacity.toFixed(3)}"`]),
    ]
    return `<path d="${d}" ${styles.join(' ')}/>`
  })
  return `<g transform="translate(${left} ${top})">${paths.join('')}</g>`
}

function colourOf(paint: Paint, tokens: Tokens): string {
  if (typeof paint !== 'string') return paint.css
  if (paint === 'ink' || paint === 'quiet' || paint === 'hairline') return tokens[paint]
  return chartColours[paint][tokens.theme]
}

/** What the marks of a group's plots stand for, in one line. */
export function markLegend(
  entries: readonly MarkEntry[],
  width: number,
  { language, tokens }: Drawing,
): Node {
  return box(
    { flexWrap: 'wrap', width, marginBottom: 10 },
    entries.map(({ mark: kind, colour, text: words }) => {
      const scene: Scene = {
        width: 12,
        height: 14,
        shapes: [{ d: mark(kind, 6, 7, 4.4), fill: colour }],
        words: [],
      }
      return box({ alignItems: 'center', marginRight: 18 }, [
        scenePlace(scene, scene.width, scene.height),
        text(words[language], { fontSize: 12, color: tokens.ink, marginLeft: 6, lineHeight: 1.4 }),
      ])
    }),
  )
}

const CELL = 12.5
const HEAD = 11.5
const CELL_PADDING = 18
/** Longest line of words in a cell. */
const LONGEST_CELL = 720

/** @returns the width of a table: numbers stand in narrow columns, the longest words in what is left. */
export function tableWidth(panel: TablePanel, language: keyof Bilingual): number {
  return columnWidths(panel, language).reduce((sum, width) => sum + width, 0)
}

function columnWidths({ columns, rows }: TablePanel, language: keyof Bilingual): number[] {
  return columns.map(({ title }, column) => {
    const words = rows.map((row) => textWidth(row[column]![language], CELL))
    const longest = Math.max(textWidth(title[language], HEAD), ...words)
    return Math.ceil(Math.min(LONGEST_CELL, longest) + CELL_PADDING)
  })
}

export function tablePanel(panel: TablePanel, { language, tokens }: Drawing): Node {
  const widths = columnWidths(panel, language)
  const width = tableWidth(panel, language)
  const cell = (words: Bilingual, column: number, style: { fontSize: number; color: string }) =>
    text(words[language], {
      ...style,
      width: widths[column]!,
      boxSizing: 'border-box',
      paddingRight: CELL_PADDING,
      lineHeight: 1.45,
      justifyContent: panel.columns[column]!.numbers ? 'flex-end' : 'flex-start',
    })
  return box({ flexDirection: 'column', width }, [
    text(panel.caption[language], { fontSize: 13, fontWeight: 500, color: tokens.ink, marginBottom: 6 }),
    box(
      { width, paddingBottom: 4, borderBottom: `1px solid ${tokens.hairline}` },
      panel.columns.map(({ title }, column) => cell(title, column, { fontSize: HEAD, color: tokens.quiet })),
    ),
    ...panel.rows.map((row) =>
      box(
        { width, paddingTop: 4, paddingBottom: 4, borderBottom: `1px solid ${tokens.hairline}` },
        row.map((words, column) => cell(words, column, { fontSize: CELL, color: tokens.ink })),
      ),
    ),
  ])
}
