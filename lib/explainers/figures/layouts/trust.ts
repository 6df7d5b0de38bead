import type { Bilingual } from '../../bilingual'
import type { Evidence, EvidenceRequest } from '../../evidence'
import type { PictureName, PictureTitles } from '../../pictures/picture-name'
import { trustMeasurementsSchema } from '../../trust/measurements'
import { type FigureContext, type Layout, pictureOf } from '../context'
import type { Axis, MarkEntry, PanelGroup, PlotPanel, TablePanel } from '../document'
import { formatNumber } from '../number-format'
import { arrayOf } from '../panels'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { methodNames, nameOfPictures, pictureCaption, same, say, together } from '../wording'
import { describeMeasures, measuresTable, type TestedMap } from './trust-measures'

type Spec = FigureSpecOf<'trust'>
type MapSpec = Spec['maps'][number]

/** How far maps can be trusted: what was measured about each, and the curves behind it. See docs/trust.md. */
export const trust: Layout<Spec> = {
  requests: (spec, context) => spec.maps.map((map) => requestOf(spec, context, map)),

  async draw(spec, context, evidenceOf) {
    const several = spec.maps.length > 1
    const pictures = new Set(spec.maps.map(({ picture }) => picture))
    const tested: TestedMap[] = []
    const titles: PictureTitles = (id) => pictureOf(context, id).title
    const plots = new Map<PictureName, PlotPanel[]>()
    for (const map of spec.maps) {
      const evidence = await evidenceOf(requestOf(spec, context, map))
      const { pointing: _, ...measured } = trustMeasurementsSchema.parse(evidence.measurements)
      const method = methodName(map)
      tested.push({ name: pictures.size > 1 ? testedMapName(map, titles) : method, measured })
      plots.set(map.picture, [...(plots.get(map.picture) ?? []), curvesPlot(method, evidence)])
    }
    const curves = [...plots].map(([id, panels], index): PanelGroup => {
      const picture = nameOfPictures(pictureOf(context, id))
      return {
        heading: several
          ? say(`Deletion 與 insertion：${picture.zh}`, `Deletion and insertion, ${picture.en}`)
          : say('Deletion 與 insertion', 'Deletion and insertion'),
        ...(index === 0 && { note: curvesNote(spec), marks: curveMarks }),
        panels,
      }
    })
    return {
      groups: [{ note: measuresNote(tested), panels: [measuresTable(tested)] }, ...curves],
      alternative: together(...tested.map(describeMeasures)),
    }
  },
}

function requestOf(spec: Spec, context: FigureContext, { method, picture, steps }: MapSpec): EvidenceRequest {
  return requestFor(spec, context, `trust-${method}`, picture, steps === undefined ? {} : { steps })
}

/** A map among several, by picture and method. */
export function testedMapName(map: MapSpec, titles: PictureTitles): Bilingual {
  const { picture: id } = map
  const picture = pictureCaption({ id, title: typeof id === 'string' ? titles(id) : undefined })
  const method = methodName(map)
  return say(`${picture.zh}，${method.zh}`, `${picture.en}, ${method.en}`)
}

function methodName({ method, steps }: MapSpec): Bilingual {
  const name = methodNames[method]
  return steps === undefined ? name : say(`${name.zh}（${steps} 步）`, `${name.en}, ${steps} steps`)
}

/** Says only what holds for the maps that are shown: what does not apply to a method may be what a question asks. */
function measuresNote(tested: readonly TestedMap[]): Bilingual {
  const has = (kind: 'completeness' | 'seeds') => tested.some(({ measured }) => measured[kind] !== null)
  return together(
    say(
      '沒有一項測量能單獨證明解釋圖是對的；每一項只能看出一種錯誤。',
      'No single test proves a map right; each can show one way of being wrong.',
    ),
    ...(has('seeds')
      ? [
          say(
            '換隨機種子：同樣的方法重做兩次，圖應該差不多。',
            'Agreement over seeds: made again twice, the map should look alike.',
          ),
        ]
      : []),
    ...(has('completeness')
      ? [
          say(
            'Completeness：圖上數值的總和，與模型輸出的變化相差多少。',
            'Completeness: how far the map’s sum is from the change of the model’s output.',
          ),
        ]
      : []),
    say(
      '隨機權重：模型忘了學到的東西，圖就應該改變；ρ 是兩張圖排序的相關，接近 1 表示圖與模型學到什麼無關，接近 −1 則是同一張圖、方向相反。',
      'Random weights: a model that has lost what it learned should get another map. ρ compares the two rankings; near 1, the map does not depend on what was learned, and near −1 it is the same map with the sign reversed.',
    ),
  )
}

function curvesNote({ maps }: Spec): Bilingual {
  return together(
    say(
      '依圖上的重要程度，從最重要的部分開始：deletion 逐步把圖片換成單一的平均色，insertion 從模糊的圖片逐步換回原圖。虛線是隨機順序的平均。Deletion 應該降得比虛線快，insertion 應該升得比虛線快。',
      'In the map’s order, the most important first: deletion replaces the picture by its mean colour, insertion turns a blurred picture back into the original. Dashed lines are means over random orders. Deletion should fall faster than its dashed line, insertion rise faster than its own.',
    ),
    ...(maps.some(({ method }) => method !== 'lime')
      ? [
          say(
            '隨機去掉零星像素會破壞整張圖的紋理，因此以像素為單位的圖，deletion 可能比虛線慢，卻未必是錯的。',
            'Single pixels taken at random spoil the texture everywhere, so a map of pixels may fall more slowly than the dashed line and not be wrong for it.',
          ),
        ]
      : []),
  )
}

const curveMarks: readonly MarkEntry[] = [
  { mark: 'circle', colour: 'question', text: say('Deletion', 'Deletion') },
  { mark: 'square', colour: 'data', text: say('Insertion', 'Insertion') },
]

/** Marks on the curves: at every fifth of the 41 points, an eighth of the way apart. */
const MARK_EVERY = 5
/** Rows of the table: every fourth point, a tenth of the picture apart. */
const ROW_EVERY = 4

const percents = [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, words: same(String(Math.round(100 * at))) }))

const shareAxis: Axis = {
  title: say('換掉的面積（%）', 'Share of the picture replaced, %'),
  minimum: 0,
  // The last number needs room on both sides.
  maximum: 1.04,
  ticks: percents,
}
const probabilityAxis: Axis = {
  title: say('該類別的機率', 'Probability of the class'),
  minimum: 0,
  maximum: 1,
  ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, words: same(formatNumber(at)) })),
}

const kinds = [
  {
    array: 'randomDeletion',
    mark: 'circle',
    colour: 'question',
    dashed: true,
    title: say('Deletion，隨機順序', 'Deletion, random order'),
  },
  {
    array: 'randomInsertion',
    mark: 'square',
    colour: 'data',
    dashed: true,
    title: say('Insertion，隨機順序', 'Insertion, random order'),
  },
  {
    array: 'deletion',
    mark: 'circle',
    colour: 'question',
    dashed: false,
    title: say('Deletion', 'Deletion'),
  },
  {
    array: 'insertion',
    mark: 'square',
    colour: 'data',
    dashed: false,
    title: say('Insertion', 'Insertion'),
  },
] as const

function curvesPlot(method: Bilingual, evidence: Evidence): PlotPanel {
  const curves = kinds.map((kind) => {
    const heights = [...arrayOf(evidence, kind.array).data].map((height) => Number(height.toPrecision(4)))
    return { ...kind, points: heights.map((height, step) => [step / (heights.length - 1), height] as const) }
  })
  const [, , deletion, insertion] = curves
  const at = (curve: typeof deletion, share: number) => formatNumber(curve!.points.at(share)![1])
  return {
    kind: 'plot',
    form: 'wide',
    caption: method,
    alternative: say(
      `${method.zh}：deletion 由 ${at(deletion, 0)} 到 ${at(deletion, -1)}，insertion 由 ${at(insertion, 0)} 到 ${at(insertion, -1)}；完整數值在下方的表格。`,
      `${method.en}: deletion goes from ${at(deletion, 0)} to ${at(deletion, -1)}, insertion from ${at(insertion, 0)} to ${at(insertion, -1)}; the table below has all values.`,
    ),
    x: shareAxis,
    y: probabilityAxis,
    series: curves.map(({ mark, colour, dashed, points }) => ({
      mark,
      colour,
      joined: true,
      ...(dashed ? { dashed, markEvery: 0 } : { markEvery: MARK_EVERY }),
      points,
    })),
    labels: [],
    twin: curvesTable(method, curves),
  }
}

function curvesTable(
  method: Bilingual,
  curves: readonly {
    readonly title: Bilingual
    readonly points: readonly (readonly [share: number, height: number])[]
  }[],
): TablePanel {
  const [first, ...others] = curves
  return {
    kind: 'table',
    caption: say(`${method.zh}：該類別的機率`, `${method.en}: probability of the class`),
    columns: [
      { title: shareAxis.title, numbers: true },
      ...curves.toReversed().map(({ title }) => ({ title, numbers: true })),
    ],
    rows: first!.points.flatMap(([share, height], index) =>
      index % ROW_EVERY === 0
        ? [
            [
              same(String(Math.round(100 * share))),
              ...[height, ...others.map(({ points }) => points[index]![1])]
                .toReversed()
                .map((value) => same(value.toFixed(3))),
            ],
          ]
        : [],
    ),
  }
}
