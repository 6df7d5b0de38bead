import { ticks } from 'd3-array'
import type { Bilingual } from '../../bilingual'
import type { Axis, PlotPanel } from '../document'
import type { LanguageLayout } from '../language-context'
import { formatNumber } from '../number-format'
import { arrayOf } from '../panels'
import type { FigureSpecOf } from '../spec'
import { say, together } from '../wording'
import {
  metricNames,
  type ReadSentence,
  readSentencesOf,
  sentenceFacts,
  similarityAsk,
} from './similarity-material'

type Spec = FigureSpecOf<'embedding-pairs'>

interface Difference {
  readonly name: Bilingual
  readonly title: Bilingual
  readonly between: (one: ReadSentence, other: ReadSentence) => number
  /** Words for the numbers; default: the numbers themselves. */
  readonly names?: readonly Bilingual[]
}

const differencesOf = (part: string): readonly Difference[] => [
  {
    name: say('位置', 'Position'),
    title: say(`「${part}」的位置相差`, `Difference in the position of ${part}`),
    between: (one, other) => Math.abs(one.position - other.position),
  },
  {
    name: say('長度', 'Length'),
    title: say('句子長度相差（token）', 'Difference in length (tokens)'),
    between: (one, other) => Math.abs(one.length - other.length),
  },
  {
    name: say('意思', 'Meaning'),
    title: say(`「${part}」的意思`, `Meaning of ${part}`),
    between: (one, other) => (one.group === other.group ? 0 : 1),
    names: [say('相同', 'the same'), say('不同', 'different')],
  },
  {
    name: say('次數', 'Occurrences'),
    title: say(`「${part}」的出現次數相差`, `Difference in the occurrences of ${part}`),
    between: (one, other) => Math.abs(one.occurrences - other.occurrences),
  },
]

const askOf = (spec: Spec, context: Parameters<typeof similarityAsk>[1]) =>
  similarityAsk(spec, context, spec.part, spec.metric)

/** Every pair of sentences at the input embedding: how far apart, against what is different in them. */
export const embeddingPairs: LanguageLayout<Spec> = {
  asks: (spec, context) => [askOf(spec, context)],

  async draw(spec, context, evidenceOf) {
    const { data, shape } = arrayOf(await evidenceOf(askOf(spec, context).request), 'matrices')
    const [, count = 0] = shape
    const sentences = readSentencesOf(context, spec.part)
    const pairs = sentences.flatMap((one, first) =>
      sentences.slice(first + 1).map((other, offset) => ({
        one,
        other,
        value: Number(data[first * count + first + 1 + offset]!.toPrecision(4)),
      })),
    )
    const highest = Math.max(...pairs.map(({ value }) => value))
    const y: Axis = {
      title: metricNames[spec.metric],
      minimum: -highest * 0.08,
      maximum: highest * 1.08,
      ticks: ticks(0, highest, 4).map((at) => ({ at, words: say(formatNumber(at), formatNumber(at)) })),
    }
    const panels = differencesOf(spec.part).map((difference): PlotPanel => {
      const merged = new Map<string, [x: number, y: number, count: number]>()
      for (const { one, other, value } of pairs) {
        const x = difference.between(one, other)
        const point = merged.get(`${x} ${value}`) ?? [x, value, 0]
        point[2]++
        merged.set(`${x} ${value}`, point)
      }
      const points = [...merged.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1])
      return {
        kind: 'plot',
        form: 'wide',
        caption: difference.name,
        alternative: describePoints(difference, points),
        x: axisOf(difference, points),
        y,
        series: [{ mark: 'circle', colour: 'data', points }],
        labels: [],
      }
    })
    return {
      groups: [
        {
          heading: say(
            `第 0 層（輸入的 embedding）中「${spec.part}」的距離，${pairs.length} 對句子（${context.model.name}）`,
            `Distance of ${spec.part} at layer 0, the input embedding, in ${pairs.length} pairs of sentences (${context.model.name})`,
          ),
          note: say(
            '每一點是一對句子；幾對落在同一點時，點的面積跟著變大。',
            'Each point is a pair of sentences; where several fall on one point its area grows with them.',
          ),
          panels,
        },
        { panels: [sentenceFacts(sentences, spec.part)] },
      ],
      alternative: together(
        say(
          `第 0 層中「${spec.part}」的${metricNames[spec.metric].zh}，對照句子之間的四種差異。`,
          `${metricNames[spec.metric].en} of ${spec.part} at layer 0 against four differences between sentences.`,
        ),
        ...panels.map((panel) => panel.alternative),
      ),
    }
  },
}

function axisOf({ title, names }: Difference, points: readonly (readonly [number, number, number])[]): Axis {
  const most = Math.max(names ? names.length - 1 : 1, ...points.map(([x]) => x))
  return {
    title,
    minimum: -0.5,
    maximum: most + 0.5,
    ticks: Array.from({ length: most + 1 }, (_, at) => ({
      at,
      words: names?.[at] ?? say(String(at), String(at)),
    })),
  }
}

function describePoints(
  { title, names }: Difference,
  points: readonly (readonly [number, number, number])[],
): Bilingual {
  const places = [...new Set(points.map(([x]) => x))]
  const facts = places.map((x) => {
    const own = points.filter((point) => point[0] === x)
    const pairs = own.reduce((sum, point) => sum + point[2], 0)
    const values = own.map((point) => point[1])
    const name = names?.[x] ?? say(String(x), String(x))
    return {
      name,
      pairs,
      range: `${formatNumber(Math.min(...values))} – ${formatNumber(Math.max(...values))}`,
    }
  })
  return say(
    `${title.zh}：${facts.map(({ name, pairs, range }) => `${name.zh} 時有 ${pairs} 對，距離 ${range}`).join('；')}。`,
    `${title.en}: ${facts.map(({ name, pairs, range }) => `${name.en}, ${pairs} ${pairs === 1 ? 'pair' : 'pairs'}, distance ${range}`).join('; ')}.`,
  )
}
