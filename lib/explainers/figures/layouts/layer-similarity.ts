import { ticks } from 'd3-array'
import type { Bilingual } from '../../bilingual'
import { meanOf } from '../../correlation'
import type { LayerRandomization } from '../../trust/layer-randomization'
import type { Similarity } from '../../trust/similarity'
import type { ChartColour } from '../chart/colours'
import type { Mark } from '../chart/scene'
import type { PanelGroup, PlotPanel, TablePanel } from '../document'
import { formatNumber } from '../number-format'
import { same, say, together } from '../wording'

/** Charts of how alike maps stay while layers are drawn anew. */

export type Stage = LayerRandomization['stages'][number]

interface MeasureWords {
  readonly measure: keyof Similarity
  readonly name: Bilingual
  readonly mark: Mark
  readonly colour: ChartColour
}

interface ChartWords {
  readonly caption: Bilingual
  readonly axis: Bilingual
  readonly measures: readonly MeasureWords[]
}

const charts: readonly ChartWords[] = [
  {
    caption: say('像素排序的相似度', 'Likeness of order'),
    axis: say('Spearman ρ', 'Spearman’s ρ'),
    measures: [
      { measure: 'absolute', name: say('ρ，取絕對值', 'ρ, absolute values'), mark: 'circle', colour: 'data' },
      { measure: 'signed', name: say('ρ，保留正負號', 'ρ, with signs'), mark: 'square', colour: 'question' },
    ],
  },
  {
    caption: say('結構的相似度', 'Likeness of structure'),
    axis: say('相似度', 'Similarity'),
    measures: [
      { measure: 'ssim', name: same('SSIM'), mark: 'diamond', colour: 'answer' },
      {
        measure: 'hog',
        name: say('HOG 的相關係數', 'Correlation of HOGs'),
        mark: 'square',
        colour: 'context',
      },
    ],
  },
]

const heading = say('與原模型的圖有多像', 'How alike the maps stay to the trained model’s')
const note = say(
  'ρ 比較像素的排序：1 為相同，0 為無關，−1 為完全相反。SSIM 比較局部的亮度、對比與結構，HOG 比較各處邊緣的方向；兩張相同的圖為 1。',
  'ρ compares the order of the pixels: 1 the same, 0 nothing in common, −1 reversed. SSIM compares brightness, contrast and structure within a small window, HOG the directions of edges; equal maps have 1.',
)

/** Numbers of steps on the axis that have room beside each other. */
const MOST_TICKS = 14
/** Series stand beside each other, so that their bars do not cover each other. */
const APART = 0.16

interface Spread {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** @returns over the draws; null where one of them has no number. */
function spreadOf({ draws }: Stage, measure: keyof Similarity): Spread | null {
  const values = draws.flatMap((draw) => draw[measure] ?? [])
  if (values.length < draws.length || values.length === 0) return null
  return { mean: meanOf(values), low: Math.min(...values), high: Math.max(...values) }
}

/** @returns a number of a measure as it is written: −1 to 1, two digits. */
export function writtenSimilarity(value: number | null): string {
  return value === null ? '–' : formatNumber(Math.round(100 * value) / 100)
}

/** A chart for each kind of measure that has numbers, each with its table. */
export function similarityGroup(stages: readonly Stage[], draws: number) {
  const known = charts.map((chart) => ({
    ...chart,
    measures: chart.measures.filter(({ measure }) => stages.some((stage) => spreadOf(stage, measure))),
  }))
  return {
    heading,
    note: together(note, ...spreadNote(draws)),
    marks: known.flatMap(({ measures }) =>
      measures.map(({ mark, colour, name }) => ({ mark, colour, text: name })),
    ),
    panels: known.filter(({ measures }) => measures.length > 0).map((chart) => plotOf(chart, stages)),
  } satisfies PanelGroup
}

function spreadNote(draws: number): readonly Bilingual[] {
  if (draws === 1) return []
  return [
    say(
      `點是 ${draws} 次隨機權重的平均，直線由最低畫到最高。`,
      `Points are means over ${draws} draws of weights, bars reach from the lowest to the highest.`,
    ),
  ]
}

function plotOf({ caption, axis, measures }: ChartWords, stages: readonly Stage[]): PlotPanel {
  const series = measures.map(({ measure, mark, colour }, index) => {
    const shift = (index - (measures.length - 1) / 2) * APART
    const known = stages.flatMap((stage, place) => {
      const spread = spreadOf(stage, measure)
      return spread ? [{ x: place + 1 + shift, ...spread }] : []
    })
    // The trained network's map is like itself.
    const all = [{ x: shift, mean: 1, low: 1, high: 1 }, ...known]
    return {
      mark,
      colour,
      joined: true,
      points: all.map(({ x, mean }) => [x, mean] as const),
      spread: all.map(({ low, high }) => [low, high] as const),
    }
  })
  const lowest = Math.min(0, ...series.flatMap(({ spread }) => spread.map(([low]) => low)))
  const every = Math.ceil((stages.length + 1) / MOST_TICKS)
  return {
    kind: 'plot',
    form: 'wide',
    caption,
    alternative: alternativeOf({ caption, measures }, stages),
    x: {
      title: say('步（0 為訓練好的模型）', 'Step; 0 is the trained model'),
      minimum: -0.5,
      maximum: stages.length + 0.5,
      ticks: Array.from({ length: stages.length + 1 }, (_, at) => at)
        .filter((at) => at % every === 0)
        .map((at) => ({ at, words: same(String(at)) })),
    },
    y: {
      title: axis,
      minimum: lowest - 0.06,
      maximum: 1.06,
      ticks: ticks(lowest, 1, 5).map((at) => ({ at, words: same(formatNumber(at)) })),
    },
    series,
    labels: [],
    twin: tableOf({ caption, measures }, stages),
  }
}

type Measured = Pick<ChartWords, 'caption' | 'measures'>

function alternativeOf({ caption, measures }: Measured, stages: readonly Stage[]): Bilingual {
  const lists = measures.map(({ measure, name }) => ({
    name,
    values: stages
      .map((stage, index) => `${index + 1} ${writtenSimilarity(spreadOf(stage, measure)?.mean ?? null)}`)
      .join(', '),
  }))
  return say(
    `${caption.zh}，依步驟：${lists.map(({ name, values }) => `${name.zh} ${values}`).join('；')}。`,
    `${caption.en}, by step. ${lists.map(({ name, values }) => `${name.en}: ${values}`).join('; ')}.`,
  )
}

function tableOf({ caption, measures }: Measured, stages: readonly Stage[]): TablePanel {
  return {
    kind: 'table',
    caption,
    columns: [
      { title: say('步', 'Step'), numbers: true },
      { title: say('換掉的層', 'Layer drawn') },
      ...measures.map(({ name }) => ({ title: name, numbers: true })),
    ],
    rows: stages.map((stage, index) => [
      same(String(index + 1)),
      same(stage.layer),
      ...measures.map(({ measure }) => same(written(spreadOf(stage, measure), stage.draws.length))),
    ]),
  }
}

/** The mean, and where there are several draws the lowest and the highest. */
function written(spread: Spread | null, draws: number): string {
  if (!spread) return writtenSimilarity(null)
  const { mean, low, high } = spread
  // The range stays on the line of its number.
  const range = draws > 1 ? `\u00a0[${writtenSimilarity(low)},\u00a0${writtenSimilarity(high)}]` : ''
  return `${writtenSimilarity(mean)}${range}`
}
