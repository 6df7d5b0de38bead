import { interpolateViridis } from 'd3-scale-chromatic'
import type { Bilingual } from '../../bilingual'
import type { MatrixPanel } from '../document'
import { line, rectangle, type Scene, type Shape, type Words } from './scene'
import { textWidth } from './text-width'

/** A heat map is read on a phone, two beside each other on a screen; histograms stand alone. */
const WIDTH = { colours: 344, columns: 448 } as const
const SIZE = 12
const SMALL = 11
const TITLE = 18

interface Frame {
  readonly left: number
  readonly top: number
  readonly cellWidth: number
  readonly cellHeight: number
}

function frameOf({ rows, columns, cells }: MatrixPanel, language: keyof Bilingual): Frame {
  const rowWidth = Math.max(...rows.map((row) => textWidth(row[language], SIZE)))
  const left = TITLE + Math.ceil(rowWidth) + 8
  const cellWidth = (WIDTH[cells] - left) / columns.length
  return { left, top: TITLE + 20, cellWidth, cellHeight: cells === 'colours' ? Math.min(30, cellWidth) : 40 }
}

/** @returns a frame around a row, its name included. */
export function rowBox(panel: MatrixPanel, row: number, language: keyof Bilingual): string {
  const { top, cellHeight } = frameOf(panel, language)
  return rectangle(TITLE, top + row * cellHeight + 1, WIDTH[panel.cells] - TITLE - 2, cellHeight - 1)
}

/** A table of numbers: every cell coloured by its value, or a row of columns (a histogram) for each row. */
export function matrixScene(panel: MatrixPanel, language: keyof Bilingual): Scene {
  const { rows, columns, cells, rowTitle, columnTitle } = panel
  const width = WIDTH[cells]
  const frame = frameOf(panel, language)
  const { cellHeight, cellWidth, left, top } = frame
  const height = top + cellHeight * rows.length + 2
  const middle = (index: number, size: number) => (index + 0.5) * size
  const words: Words[] = [
    ...rows.map((row, index) => ({
      text: row[language],
      x: left - 8,
      y: cells === 'colours' ? top + middle(index, cellHeight) : top + (index + 1) * cellHeight - 7,
      size: SIZE,
      anchor: 'end' as const,
      paint: 'ink' as const,
    })),
    ...columns.map((column, index) => ({
      text: column[language],
      x: left + middle(index, cellWidth),
      y: TITLE + 10,
      size: fitting(
        columns.map((each) => each[language]),
        cellWidth,
      ),
      anchor: 'middle' as const,
      paint: 'ink' as const,
    })),
    {
      text: columnTitle[language],
      x: left + (width - left) / 2,
      y: 8,
      size: SMALL,
      anchor: 'middle',
      paint: 'quiet',
    },
    {
      text: rowTitle[language],
      x: 8,
      y: top + (cellHeight * rows.length) / 2,
      size: SMALL,
      anchor: 'middle',
      paint: 'quiet',
      upwards: true,
    },
  ]
  const drawn = cells === 'colours' ? colouredCells(panel, frame) : histograms(panel, frame)
  return { width, height, shapes: drawn.shapes, words: [...words, ...drawn.words] }
}

/** The largest size, up to `SMALL`, at which the widest of the texts stays in its cell. */
function fitting(texts: readonly string[], cellWidth: number): number {
  const widest = Math.max(...texts.map((text) => textWidth(text, 1)))
  return Math.min(SMALL, (cellWidth - 3) / widest)
}

interface Drawn {
  readonly shapes: readonly Shape[]
  readonly words: readonly Words[]
}

function colouredCells({ values, scale, digits }: MatrixPanel, frame: Frame): Drawn {
  const shapes: Shape[] = []
  const words: Words[] = []
  const range = scale.maximum - scale.minimum
  const size = fitting(
    values.flat().map((value) => value.toFixed(digits)),
    frame.cellWidth,
  )
  for (const [row, line] of values.entries()) {
    for (const [column, value] of line.entries()) {
      const x = frame.left + column * frame.cellWidth
      const y = frame.top + row * frame.cellHeight
      const level = range > 0 ? (value - scale.minimum) / range : 0
      shapes.push({
        // A hair over the edge: neighbours must leave no seam.
        d: rectangle(x, y, frame.cellWidth + 0.3, frame.cellHeight + 0.3),
        fill: { css: interpolateViridis(level) },
      })
      words.push({
        text: value.toFixed(digits),
        x: x + frame.cellWidth / 2,
        y: y + frame.cellHeight / 2,
        size,
        anchor: 'middle',
        // Viridis passes the luminance on which black and white are read equally well at about 0.43.
        paint: { css: level > 0.43 ? '#14121a' : '#ffffff' },
      })
    }
  }
  return { shapes, words }
}

function histograms({ values, scale, digits }: MatrixPanel, frame: Frame): Drawn {
  const shapes: Shape[] = []
  const words: Words[] = []
  const bars: string[] = []
  const tallest = frame.cellHeight - 16
  for (const [row, counts] of values.entries()) {
    const base = frame.top + (row + 1) * frame.cellHeight - 1
    shapes.push({ d: line(frame.left, base, WIDTH.columns, base), stroke: 'hairline', strokeWidth: 1 })
    for (const [column, value] of counts.entries()) {
      if (value === 0) continue
      const height = Math.max(1, (tallest * value) / scale.maximum)
      const x = frame.left + column * frame.cellWidth
      bars.push(rectangle(x + 3, base - height, frame.cellWidth - 6, height))
      words.push({
        text: value.toFixed(digits),
        x: x + frame.cellWidth / 2,
        y: base - height - 7,
        size: SMALL,
        anchor: 'middle',
        paint: 'ink',
      })
    }
  }
  shapes.push({ d: bars.join(''), fill: 'data' })
  return { shapes, words }
}
