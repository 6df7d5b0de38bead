import { extent, ticks } from 'd3-array'
import type { Axis, PlotPanel, TablePanel } from '../document'
import type { LanguageFigureContext, LanguageLayout } from '../language-context'
import { numbered } from '../language-context'
import { formatNumber } from '../number-format'
import { arrayOf } from '../panels'
import type { FigureSpecOf } from '../spec'
import { same, say, together } from '../wording'
import { type Metric, metricNames, sentenceTable, similarityAsk } from './similarity-material'

type Spec = FigureSpecOf<'similarity-trend'>

/** Digits after the point of written values. */
const digits = { cosine: 3, euclidean: 1 } as const satisfies Record<Metric, number>

function askOf(spec: Spec, context: LanguageFigureContext, metric: Metric) {
  for (const number of spec.pair) numbered(context.sentences, number, 'sentence')
  return similarityAsk(spec, context, spec.part, metric, spec.pair)
}

/** How alike one part is in two sentences, from the embedding to the last layer. */
export const similarityTrend: LanguageLayout<Spec> = {
  asks: (spec, context) => spec.metrics.map((metric) => askOf(spec, context, metric)),

  async draw(spec, context, evidenceOf) {
    const [one, other] = spec.pair.map((number) => number - 1) as [number, number]
    const panels: PlotPanel[] = []
    const columns: number[][] = []
    for (const metric of spec.metrics) {
      const { data, shape } = arrayOf(await evidenceOf(askOf(spec, context, metric).request), 'matrices')
      const [states = 0, count = 0] = shape
      const values = Array.from({ length: states }, (_, state) =>
        Number(data[(state * count + one) * count + other]!.toPrecision(4)),
      )
      columns.push(values)
      panels.push(trendPlot(metric, spec.part, values))
    }
    const values: TablePanel = {
      kind: 'table',
      caption: say('各層的數值', 'Values in each layer'),
      columns: [
        { title: say('Layer', 'Layer'), numbers: true },
        ...spec.metrics.map((metric) => ({ title: metricNames[metric], numbers: true })),
      ],
      rows: columns[0]!.map((_, state) => [
        same(String(state)),
        ...columns.map((column, index) => same(column[state]!.toFixed(digits[spec.metrics[index]!]))),
      ]),
    }
    const last = columns[0]!.length - 1
    return {
      groups: [
        {
          heading: say(
            `第 ${spec.pair[0]} 句與第 ${spec.pair[1]} 句中的「${spec.part}」（${context.model.name}）`,
            `${spec.part} in sentences ${spec.pair[0]} and ${spec.pair[1]} (${context.model.name})`,
          ),
          note: say(
            `相似度越高，餘弦越大、距離越小。`,
            `The more alike the two are, the larger the cosine and the smaller the distance.`,
          ),
          marks: [
            {
              mark: 'circle',
              colour: 'data',
              text: say(`Layer 1 到 ${last - 1}`, `Layers 1 to ${last - 1}`),
            },
            {
              mark: 'square',
              colour: 'answer',
              text: say(
                `Layer 0（輸入的 embedding）與最後一層 ${last}`,
                `Layer 0 (the input embedding) and the last layer, ${last}`,
              ),
            },
          ],
          panels,
        },
        { panels: [sentenceTable(context, spec.pair), values] },
      ],
      alternative: together(
        say(
          `句子「${context.sentences[one]!.text}」與「${context.sentences[other]!.text}」中兩個「${spec.part}」的相似程度。`,
          `How alike ${spec.part} is in “${context.sentences[one]!.text}” and “${context.sentences[other]!.text}”.`,
        ),
        ...panels.map((panel) => panel.alternative),
      ),
    }
  },
}

function trendPlot(metric: Metric, part: string, values: readonly number[]): PlotPanel {
  const last = values.length - 1
  const [low = 0, high = 1] = extent(values)
  const margin = (high - low || 1) * 0.12
  const y: Axis = {
    title: metricNames[metric],
    minimum: low - margin,
    maximum: high + margin,
    ticks: ticks(low, high, 5).map((at) => ({ at, words: same(formatNumber(at)) })),
  }
  const x: Axis = {
    title: say('Layer', 'Layer'),
    minimum: -0.5,
    maximum: last + 0.5,
    ticks: values.map((_, at) => ({ at, words: same(String(at)) })),
  }
  const points = values.map((value, state) => [state, value] as const)
  const list = values.map((value, state) => `${state}: ${value.toFixed(digits[metric])}`).join(', ')
  return {
    kind: 'plot',
    form: 'wide',
    caption: metricNames[metric],
    alternative: say(
      `「${part}」的${metricNames[metric].zh}，各層為 ${list.replaceAll(', ', '，')}。`,
      `${metricNames[metric].en} of ${part} by layer: ${list}.`,
    ),
    x,
    y,
    series: [
      { mark: 'circle', colour: 'data', joined: true, points: points.slice(1, last) },
      { mark: 'square', colour: 'answer', points: [points[0]!, points[last]!] },
    ],
    labels: [],
  }
}
