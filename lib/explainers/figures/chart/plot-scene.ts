import type { Bilingual } from '../../bilingual'
import type { Axis, PlotPanel } from '../document'
import { line, mark, polyline, rectangle, type Scene, type Shape, type Words } from './scene'

const SIZE = 11.5
const TITLE = 11.5
export const LABEL_SIZE = 11
/** The few marks stand out among the many. */
const RADIUS = { circle: 2.9, square: 3.6, diamond: 4.6 } as const

/** Where a plot's data is drawn, in the scene's units. */
export interface PlotArea {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

const size = { square: { width: 280, height: 280 }, wide: { width: 344, height: 240 } } as const

export function plotArea({ x, y, form }: Pick<PlotPanel, 'x' | 'y' | 'form'>): PlotArea {
  const { width, height } = size[form]
  const left = y.ticks.length > 0 ? 54 : 20
  const bottom = x.ticks.length > 0 ? 40 : 22
  const top = 8
  const inner = { width: width - left - 6, height: height - top - bottom }
  return {
    left,
    top,
    ...inner,
    x: (value) => left + (inner.width * (value - x.minimum)) / (x.maximum - x.minimum),
    y: (value) => top + inner.height * (1 - (value - y.minimum) / (y.maximum - y.minimum)),
  }
}

/** Points, joined or not, between two axes. Series that come later stand above the earlier ones. */
export function plotScene(panel: PlotPanel, language: keyof Bilingual): Scene {
  const area = plotArea(panel)
  const { width, height } = size[panel.form]
  const shapes: Shape[] = [...grid(panel, area)]
  for (const { mark: kind, colour, points, joined, dashed, spread, markEvery = 1 } of panel.series) {
    if (spread)
      shapes.push({ d: spreadBars(points, spread, area), stroke: colour, strokeWidth: 1.2, opacity: 0.8 })
    if (joined)
      shapes.push({
        d: polyline(points.map(([x, y]) => [area.x(x), area.y(y)])),
        stroke: colour,
        strokeWidth: 1.8,
        ...(dashed && { dashed }),
      })
    const marked = points.filter((_, index) => markEvery > 0 && index % markEvery === 0)
    if (marked.length === 0) continue
    const filled = marked.map(([x, y, count = 1]) =>
      mark(kind, area.x(x), area.y(y), RADIUS[kind] * (panel.form === 'wide' ? 1.25 : 1) * Math.sqrt(count)),
    )
    shapes.push({ d: filled.join(''), fill: colour, opacity: joined ? 1 : 0.72 })
  }
  for (const { at, series, leader } of panel.labels)
    if (leader)
      shapes.push({
        d: line(...leader, ...at),
        stroke: panel.series[series]!.colour,
        strokeWidth: 0.8,
      })
  const labels: Words[] = panel.labels.map(({ text, at: [x, y], anchor, series }) => ({
    text,
    x,
    y,
    anchor,
    size: LABEL_SIZE,
    paint: panel.series[series]!.colour,
    weight: 500,
  }))
  return { width, height, shapes, words: [...axisWords(panel, area, language, width, height), ...labels] }
}

/** Half the width of a bar's ends. */
const BAR_END = 2.5

function spreadBars(
  points: PlotPanel['series'][number]['points'],
  spread: readonly (readonly [low: number, high: number])[],
  area: PlotArea,
): string {
  return points
    .map(([x], index) => {
      const [at, ...ends] = [area.x(x), ...spread[index]!.map(area.y)] as [number, number, number]
      const across = ends.map((end) => line(at - BAR_END, end, at + BAR_END, end))
      return [line(at, ends[0], at, ends[1]), ...across].join('')
    })
    .join('')
}

function grid({ x, y }: PlotPanel, { left, top, width, height, ...area }: PlotArea): Shape[] {
  const lines = [
    ...x.ticks.map(({ at }) => line(area.x(at), top, area.x(at), top + height)),
    ...y.ticks.map(({ at }) => line(left, area.y(at), left + width, area.y(at))),
  ]
  return [
    ...(lines.length > 0 ? [{ d: lines.join(''), stroke: 'hairline' as const, strokeWidth: 1 }] : []),
    { d: rectangle(left, top, width, height), stroke: 'hairline', strokeWidth: 1 },
  ]
}

function axisWords(
  { x, y }: PlotPanel,
  area: PlotArea,
  language: keyof Bilingual,
  width: number,
  height: number,
): Words[] {
  const quiet = { size: SIZE, paint: 'quiet' as const }
  const ticks = (axis: Axis, place: (words: string, at: number) => Words) =>
    axis.ticks.map(({ at, words }) => place(words[language], at))
  return [
    ...ticks(x, (text, at) => ({
      ...quiet,
      text,
      x: area.x(at),
      y: area.top + area.height + 11,
      anchor: 'middle',
    })),
    ...ticks(y, (text, at) => ({ ...quiet, text, x: area.left - 6, y: area.y(at), anchor: 'end' })),
    {
      ...quiet,
      text: x.title[language],
      size: TITLE,
      x: area.left + area.width / 2,
      y: height - 8,
      anchor: 'middle',
    },
    {
      ...quiet,
      text: y.title[language],
      size: TITLE,
      x: 8,
      y: area.top + area.height / 2,
      anchor: 'middle',
      upwards: true,
    },
  ].map((words) => ({ ...words, x: Math.min(width, words.x) }) as Words)
}
