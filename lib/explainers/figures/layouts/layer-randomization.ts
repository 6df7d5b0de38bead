import type { Bilingual } from '../../bilingual'
import type { Evidence, EvidenceRequest, FloatTensor, Tensor } from '../../evidence'
import { layerRandomizationSchema } from '../../trust/layer-randomization'
import { layerRandomizationParameters, type RandomizationOrder } from '../../trust/randomization-order'
import { type Assets, type FigureContext, type FigurePicture, type Layout, pictureOf } from '../context'
import type { ImagePanel } from '../document'
import { arrayOf, mapPanel, picturePanel } from '../panels'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { methodNames, nameOfPictures, same, say, spaced, together } from '../wording'
import { type Stage, similarityGroup, writtenSimilarity } from './layer-similarity'

type Spec = FigureSpecOf<'layer-randomization'>

const orderWords: Readonly<
  Record<RandomizationOrder, { readonly heading: Bilingual; readonly note: Bilingual }>
> = {
  cascading: {
    heading: say(
      '由輸出層開始，每一步再多一層換成隨機權重',
      'From the output down, each step with one more random layer',
    ),
    note: say(
      '每張圖標示這一步新換掉的層；它後面的層（較靠近輸出）已經換過了。',
      'Each map names the layer that this step draws anew; those behind it, nearer the output, are random already.',
    ),
  },
  independent: {
    heading: say('一次只把一層換成隨機權重', 'One random layer at a time'),
    note: say(
      '每張圖標示換掉的那一層；其餘各層維持訓練好的權重。',
      'Each map names the layer that is drawn anew; all others stay as trained.',
    ),
  },
}

const scaleNote = say(
  'ρ 是這張圖與原模型的圖的等級相關（取絕對值）。每張圖各用自己的色階。',
  'ρ is the rank correlation of this map with the trained model’s, by absolute values. Each map is on a scale of its own.',
)

/** Cascading and independent randomization by layers: the maps, and how alike they stay to the trained network's. */
export const layerRandomization: Layout<Spec> = {
  requests: (spec, context) => [requestOf(spec, context)],

  async draw(spec, context, evidenceOf, assets) {
    const { method, order } = spec
    const picture = pictureOf(context, spec.picture)
    const evidence = await evidenceOf(requestOf(spec, context))
    const { stages } = layerRandomizationSchema.parse(evidence.measurements)
    const trained = await mapPanel(method, picture, evidence, context, assets, {
      caption: say('訓練好的模型', 'Trained model'),
    })
    const maps: ImagePanel[] = []
    for (const [index, stage] of stages.entries())
      if (stage.map !== null)
        maps.push(await stagePanel(spec, stage, index, picture, evidence, context, assets))
    const { heading, note } = orderWords[order]
    const [shown, name] = [nameOfPictures(picture), methodNames[method]]
    const similarities = similarityGroup(stages, spec.draws)
    return {
      groups: [
        { panels: [await picturePanel(picture, evidence, context, assets), trained] },
        { heading, note: together(note, scaleNote, ...keptNote(maps.length, stages.length)), panels: maps },
        similarities,
      ],
      alternative: together(
        say(
          spaced(`${shown.zh}的 ${name.zh}，以及${heading.zh}之後，同樣方法得到的圖。`),
          `${name.en} of ${shown.en}, and the maps that the same method makes with random weights. ${heading.en}.`,
        ),
        trained.alternative,
        ...similarities.panels.map(({ alternative }) => alternative),
      ),
    }
  },
}

function requestOf(spec: Spec, context: FigureContext): EvidenceRequest {
  const { method, picture, parameters } = spec
  const own = layerRandomizationParameters(method, spec, parameters[method])
  return requestFor(spec, context, `layer-randomization-${method}`, picture, own)
}

async function stagePanel(
  { method }: Spec,
  stage: Stage,
  index: number,
  picture: FigurePicture,
  evidence: Evidence,
  context: FigureContext,
  assets: Assets,
): Promise<ImagePanel> {
  const attribution = mapAt(arrayOf(evidence, 'maps'), stage.map!)
  const ofStage = { ...evidence, arrays: { ...evidence.arrays, attribution } }
  const caption = same(`${index + 1} · ${stage.layer}`)
  const options = { suffix: `-layer-${index + 1}`, caption }
  const panel = await mapPanel(method, picture, ofStage, context, assets, options)
  const note = same(`ρ = ${writtenSimilarity(stage.draws[0]!.absolute)}`)
  const said = say(`${note.zh}。`, `${note.en}.`)
  return { ...panel, note, alternative: together(panel.alternative, said) }
}

/** @param maps [kept, …] @returns the map at a place, sharing its values. */
function mapAt({ data, shape: [count = 1, ...shape] }: Tensor, place: number): FloatTensor {
  const size = data.length / count
  return { data: (data as Float32Array).subarray(place * size, (place + 1) * size), shape }
}

function keptNote(shown: number, stages: number): readonly Bilingual[] {
  if (shown === stages) return []
  return [
    say(
      `這裡顯示 ${stages} 步中的 ${shown} 步；下方的圖表包含每一步。`,
      `The maps of ${shown} of ${stages} steps are shown; the charts below have them all.`,
    ),
  ]
}
