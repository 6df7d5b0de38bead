import type { AttributionMethod } from '../../attribution-method'
import type { Bilingual } from '../../bilingual'
import { type RandomizedDepth, randomizedDepths } from '../../classifier'
import type { Evidence, FloatTensor } from '../../evidence'
import { cascadeMeasurementsSchema } from '../../trust/cascade'
import { type Assets, type FigureContext, type FigurePicture, type Layout, pictureOf } from '../context'
import type { ImagePanel, PanelGroup } from '../document'
import { formatNumber } from '../number-format'
import { arrayOf, mapPanel, picturePanel, scalarPanel } from '../panels'
import { pictureAsset } from '../picture-asset'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { methodNames, nameOfPictures, say, spaced, together } from '../wording'

type Spec = FigureSpecOf<'cascade'>

export const stageNames: Readonly<Record<RandomizedDepth, Bilingual>> = {
  output: say('輸出層隨機', 'Output layer random'),
  linear: say('全連接層隨機', 'Linear layers random'),
  all: say('全部隨機', 'All layers random'),
}

/** Maps of the trained network, and of networks that lose what was learned from the output down. */
export const cascade: Layout<Spec> = {
  requests: (spec, context) =>
    spec.methods.map((method) => requestFor(spec, context, `cascade-${method}`, spec.picture)),

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const first: ImagePanel[] = []
    const groups: PanelGroup[] = []
    const described: Bilingual[] = []
    for (const method of spec.methods) {
      const evidence = await evidenceOf(requestFor(spec, context, `cascade-${method}`, picture.id))
      if (first.length === 0) {
        first.push(await picturePanel(picture, evidence, context, assets))
        if (spec.edges) {
          const edges = await edgesPanel(picture, evidence, assets)
          first.push(edges)
          described.push(edges.alternative)
        }
      }
      const stages = await stagesOf(method, picture, evidence, context, assets)
      if (spec.methods.length > 1)
        described.push(say(`${methodNames[method].zh}。`, `${methodNames[method].en}.`))
      described.push(...stages.map(({ alternative }) => alternative))
      if (spec.methods.length === 1) {
        const [trained, ...randomized] = stages
        groups.push({ panels: [...first, trained!] })
        groups.push({ heading: cascadeHeading, note: cascadeNote, panels: randomized })
      } else {
        if (groups.length === 0) groups.push({ panels: first })
        const note = groups.length === 1 ? { note: cascadeNote } : {}
        groups.push({ heading: methodNames[method], ...note, panels: stages })
      }
    }
    const shown = nameOfPictures(picture)
    return {
      groups,
      alternative: together(
        say(
          spaced(`${shown.zh}的解釋圖，以及權重由輸出層往下逐步換成隨機值之後，同樣方法得到的圖。`),
          `Maps of ${shown.en}, and the maps that the same methods make while the weights are drawn anew from the output down.`,
        ),
        ...described,
      ),
    }
  },
}

const cascadeHeading = say('權重由輸出層往下換成隨機值', 'Weights drawn anew, from the output down')
const cascadeNote = say(
  'ρ 是與原模型的圖比較，像素排序的等級相關：1 表示排序相同，0 表示無關，−1 表示完全相反。每張圖各用自己的色階。',
  'ρ is the rank correlation of the pixels with the trained model’s map: 1 is the same order, 0 none in common, −1 the reverse. Each map is on a scale of its own.',
)

/** The trained network's map, then one for each depth. */
async function stagesOf(
  method: AttributionMethod,
  picture: FigurePicture,
  evidence: Evidence,
  context: FigureContext,
  assets: Assets,
): Promise<ImagePanel[]> {
  const { randomization } = cascadeMeasurementsSchema.parse(evidence.measurements)
  const trained = await mapPanel(method, picture, evidence, context, assets, {
    caption: say(`訓練好的模型`, `Trained model`),
  })
  const panels = [trained]
  const { arrays } = evidence
  for (const depth of randomizedDepths) {
    const attribution = arrayOf(evidence, depth)
    const ofStage = { ...evidence, arrays: { ...arrays, attribution } }
    const rho = randomization.find((stage) => stage.depth === depth)?.correlation ?? null
    const value = rho === null ? '–' : formatNumber(Math.round(100 * rho) / 100)
    const options = { suffix: `-${depth}`, caption: stageNames[depth] }
    const panel = await mapPanel(method, picture, ofStage, context, assets, options)
    const note = say(`ρ = ${value}`, `ρ = ${value}`)
    const said = say(`${note.zh}。`, `${note.en}.`)
    panels.push({ ...panel, note, alternative: together(panel.alternative, said) })
  }
  return panels
}

function edgesPanel(picture: FigurePicture, evidence: Evidence, assets: Assets): Promise<ImagePanel> {
  const words = {
    caption: say('邊緣偵測', 'Edge detector'),
    note: say('Sobel，與模型無關', 'Sobel, without any model'),
    unit: say('亮度的變化', 'Change of luminance'),
  }
  const edges = arrayOf(evidence, 'edges') as FloatTensor
  return scalarPanel(`edges-${picture.id}.png`, edges, 'hot', words, assets, { over: pictureAsset(picture) })
}
