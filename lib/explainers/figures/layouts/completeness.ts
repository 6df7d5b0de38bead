import { extent, ticks } from 'd3-array'
import { type Layout, pictureOf } from '../context'
import type { MarkEntry, PlotPanel, TablePanel } from '../document'
import { formatNumber } from '../number-format'
import { arrayOf, mapPanel, picturePanel } from '../panels'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { nameOfPictures, same, say, spaced, together } from '../wording'

const method = 'integrated-gradients'

const words = {
  sum: say('歸因的總和', 'Sum of the attributions'),
  picture: say('圖片的 logit', 'Logit of the picture'),
  baseline: say('全黑圖片的 logit', 'Logit of the black picture'),
} as const

const marks: readonly MarkEntry[] = [
  { mark: 'circle', colour: 'data', text: words.sum },
  { mark: 'square', colour: 'answer', text: words.picture },
  { mark: 'diamond', colour: 'question', text: words.baseline },
]

interface Sums {
  readonly steps: readonly number[]
  /** One for each number of steps. */
  readonly sums: readonly number[]
  readonly picture: number
  readonly baseline: number
}

/** What integrated gradients add up to, and the logits of both ends of the path: what the sum tells is the question. */
export const completeness: Layout<FigureSpecOf<'completeness'>> = {
  requests: (spec, context) =>
    spec.steps.map((steps) => requestFor(spec, context, method, spec.picture, { steps })),

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const evidences = await Promise.all(
      spec.steps.map((steps) => evidenceOf(requestFor(spec, context, method, spec.picture, { steps }))),
    )
    const last = evidences.at(-1)!
    const logit = arrayOf(last, 'logits').data[picture.label]!
    const sums: Sums = {
      steps: spec.steps,
      sums: evidences.map(({ measurements }) => Number(measurements.sum)),
      picture: logit,
      baseline: logit - Number(last.measurements.change),
    }
    const map = await mapPanel(method, picture, last, context, assets)
    const plot = plotOf(sums)
    const shown = nameOfPictures(picture)
    return {
      groups: [
        { panels: [await picturePanel(picture, last, context, assets), map] },
        {
          heading: say('歸因加起來是多少', 'What the attributions add up to'),
          note: say(
            '歸因 = 路徑上的平均梯度 × (圖片 − 全黑圖片)，對所有像素與 RGB 加總。',
            'Attribution: the mean gradient on the path × (picture − black picture), summed over all pixels and RGB.',
          ),
          marks,
          panels: [plot],
        },
      ],
      alternative: together(
        say(
          spaced(`${shown.zh}的 integrated gradients，以及不同步數時歸因的總和。`),
          `Integrated gradients of ${shown.en}, and the sum of the attributions by the number of steps.`,
        ),
        plot.alternative,
        map.alternative,
      ),
    }
  },
}

const rounded = (value: number) => Number(value.toPrecision(4))

function plotOf({ steps, sums, picture, baseline }: Sums): PlotPanel {
  const [low = 0, high = 1] = extent([...sums, picture, baseline, 0])
  const margin = (high - low || 1) * 0.1
  const level = (value: number) => steps.map((_, index) => [index, rounded(value)] as const)
  const list = steps.map((count, index) => ({ count, sum: formatNumber(rounded(sums[index]!)) }))
  return {
    kind: 'plot',
    form: 'wide',
    caption: say('不同步數時的總和', 'Sum by number of steps'),
    alternative: say(
      `圖片的 logit 為 ${formatNumber(rounded(picture))}，全黑圖片的 logit 為 ${formatNumber(rounded(baseline))}；總和：${list.map(({ count, sum }) => `${count} 步 ${sum}`).join('，')}。`,
      `The logit of the picture is ${formatNumber(rounded(picture))}, that of the black picture ${formatNumber(rounded(baseline))}; sums: ${list.map(({ count, sum }) => `${count} steps ${sum}`).join(', ')}.`,
    ),
    x: {
      title: say('步數', 'Steps'),
      minimum: -0.35,
      maximum: steps.length - 0.65,
      ticks: steps.map((count, at) => ({ at, words: same(String(count)) })),
    },
    y: {
      title: say('logit', 'Logit'),
      minimum: low - margin,
      maximum: high + margin,
      ticks: ticks(low, high, 5).map((at) => ({ at, words: same(formatNumber(at)) })),
    },
    series: [
      { mark: 'square', colour: 'answer', joined: true, dashed: true, points: level(picture) },
      { mark: 'diamond', colour: 'question', joined: true, dashed: true, points: level(baseline) },
      {
        mark: 'circle',
        colour: 'data',
        joined: true,
        points: sums.map((sum, index) => [index, rounded(sum)] as const),
      },
    ],
    labels: [],
    twin: tableOf({ steps, sums, picture, baseline }),
  }
}

function tableOf({ steps, sums, picture, baseline }: Sums): TablePanel {
  const number = (value: number) => same(formatNumber(rounded(value)))
  return {
    kind: 'table',
    caption: say('不同步數時的總和', 'Sum by number of steps'),
    columns: [
      { title: say('步數', 'Steps'), numbers: true },
      { title: words.sum, numbers: true },
      { title: words.picture, numbers: true },
      { title: words.baseline, numbers: true },
    ],
    rows: steps.map((count, index) => [
      same(String(count)),
      number(sums[index]!),
      number(picture),
      number(baseline),
    ]),
  }
}
