import type { Bilingual } from '../../bilingual'
import type { RandomizedDepth } from '../../classifier'
import type { TrustMeasurements } from '../../trust/measurements'
import type { TablePanel } from '../document'
import { formatNumber } from '../number-format'
import { same, say } from '../wording'

/** One map with what was measured about it; the pointing game is not told here, as it names objects. */
export interface TestedMap {
  readonly name: Bilingual
  readonly measured: Omit<TrustMeasurements, 'pointing'>
}

/** A measure in words: how it stands in a column of several maps, and in a row of its own. */
interface Measure {
  readonly title: Bilingual
  readonly short: Bilingual
  /** null: it has no meaning for this map. */
  readonly value: (measured: TestedMap['measured']) => string | null
  /** What the value is to be compared with. */
  readonly beside: (measured: TestedMap['measured']) => Bilingual
  readonly good: Bilingual
}

const none = '–'
const number = (value: number | null) =>
  value === null ? none : formatNumber(Math.round(1000 * value) / 1000)
/** The sign stays with its number at the end of a line. */
const percent = (value: number) => `${formatNumber(Math.round(1000 * value) / 10)}\u00a0%`

const depthNames: Readonly<
  Record<RandomizedDepth, { readonly title: Bilingual; readonly short: Bilingual }>
> = {
  output: {
    title: say('輸出層換成隨機權重', 'Output layer with random weights'),
    short: say('ρ 輸出層隨機', 'ρ, output layer random'),
  },
  linear: {
    title: say('全連接層換成隨機權重', 'The linear layers with random weights'),
    short: say('ρ 全連接層隨機', 'ρ, linear layers random'),
  },
  all: {
    title: say('整個模型換成隨機權重', 'The whole model with random weights'),
    short: say('ρ 全部隨機', 'ρ, all random'),
  },
}

const randomized = (depth: RandomizedDepth): Measure => {
  const found = ({ randomization }: TestedMap['measured']) =>
    randomization.find((entry) => entry.depth === depth)
  return {
    ...depthNames[depth],
    value: (measured) => number(found(measured)?.correlation ?? null),
    beside: (measured) => {
      const overlap = found(measured)?.overlap
      const shared = overlap === undefined ? none : percent(overlap)
      return say(
        `1 為同一張圖；最強的 10\u00a0% 有 ${shared} 相同`,
        `1: the same map; ${shared} of the strongest 10\u00a0% shared`,
      )
    },
    good: say('接近 0', 'near 0'),
  }
}

const measures: readonly Measure[] = [
  {
    title: say('Deletion：曲線下面積', 'Deletion, area under the curve'),
    short: say('Deletion ↓', 'Deletion ↓'),
    value: ({ deletion }) => number(deletion.area),
    beside: ({ deletion }) =>
      say(`隨機順序 ${number(deletion.random)}`, `${number(deletion.random)} in random order`),
    good: say('低', 'low'),
  },
  {
    title: say('Insertion：曲線下面積', 'Insertion, area under the curve'),
    short: say('Insertion ↑', 'Insertion ↑'),
    value: ({ insertion }) => number(insertion.area),
    beside: ({ insertion }) =>
      say(`隨機順序 ${number(insertion.random)}`, `${number(insertion.random)} in random order`),
    good: say('高', 'high'),
  },
  {
    title: say('Completeness 誤差', 'Completeness error'),
    short: say('Completeness 誤差', 'Completeness error'),
    value: ({ completeness }) =>
      completeness &&
      (completeness.relative === null ? number(completeness.error) : percent(completeness.relative)),
    beside: ({ completeness }) =>
      completeness
        ? say(
            `總和 ${number(completeness.sum)}，應為 ${number(completeness.change)}`,
            `adds up to ${number(completeness.sum)}, should to ${number(completeness.change)}`,
          )
        : same(none),
    good: say('接近 0', 'near 0'),
  },
  {
    title: say('換隨機種子的一致程度（Spearman ρ）', 'Agreement over seeds, Spearman’s ρ'),
    short: say('ρ 換種子', 'ρ, other seeds'),
    value: ({ seeds }) => seeds && number(seeds.correlation),
    beside: ({ seeds }) =>
      seeds
        ? say(
            `種子 ${seeds.seeds.join('、')}；最強的 10\u00a0% 有 ${percent(seeds.overlap)} 相同`,
            `seeds ${seeds.seeds.join(', ')}; ${percent(seeds.overlap)} of the strongest 10\u00a0% shared`,
          )
        : same(none),
    good: say('接近 1', 'near 1'),
  },
  randomized('output'),
  randomized('linear'),
  randomized('all'),
]

/** Of deletion and insertion. */
const randomOrder = [
  say('Deletion，隨機順序', 'Deletion, random order'),
  say('Insertion，隨機順序', 'Insertion, random order'),
]

/** One map: a row a measure, with what it is compared with. Several: a row a map. */
export function measuresTable(maps: readonly TestedMap[]): TablePanel {
  const known = measures.filter(({ value }) => maps.some(({ measured }) => value(measured) !== null))
  const caption = say('測量結果', 'What was measured')
  const [only] = maps
  if (maps.length === 1 && only)
    return {
      kind: 'table',
      caption,
      columns: [
        { title: say('檢驗', 'Test') },
        { title: say('結果', 'Result'), numbers: true },
        { title: say('對照', 'To compare with') },
        { title: say('理想', 'Ideal') },
      ],
      rows: known.map(({ title, value, beside, good }) => [
        title,
        same(value(only.measured)!),
        beside(only.measured),
        good,
      ]),
    }
  return {
    kind: 'table',
    caption,
    columns: [
      { title: say('圖', 'Map') },
      ...known.flatMap(({ short }, index) => [
        { title: short, numbers: true },
        ...(index < 2 ? [{ title: randomOrder[index]!, numbers: true }] : []),
      ]),
    ],
    rows: maps.map(({ name, measured }) => [
      name,
      ...known.flatMap(({ value }, index) => [
        same(value(measured) ?? none),
        ...(index < 2 ? [same(number((index === 0 ? measured.deletion : measured.insertion).random))] : []),
      ]),
    ]),
  }
}

/** The same facts in sentences, for one map. */
export function describeMeasures({ name, measured }: TestedMap): Bilingual {
  const known = measures.flatMap(({ title, value }) => {
    const shown = value(measured)
    return shown === null ? [] : [{ title, shown }]
  })
  return say(
    `${name.zh}：${known.map(({ title, shown }) => `${title.zh} ${shown}`).join('，')}。`,
    `${name.en}: ${known.map(({ title, shown }) => `${title.en} ${shown}`).join('; ')}.`,
  )
}
