import type { EvidenceRequest, Json } from '../../evidence'
import { type FigureContext, type Layout, pictureOf } from '../context'
import type { ImagePanel, PanelGroup } from '../document'
import { arrayOf, mapPanel, picturePanel } from '../panels'
import { encodePicture } from '../png'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { nameOfPictures, say, spaced, together } from '../wording'

type Spec = FigureSpecOf<'baselines'>

const method = 'integrated-gradients'

const baselineWords = {
  black: {
    heading: say('從全黑的基準圖出發', 'From the black baseline'),
    picture: say('基準圖：全黑', 'Baseline: black'),
    value: 0,
  },
  white: {
    heading: say('從全白的基準圖出發', 'From the white baseline'),
    picture: say('基準圖：全白', 'Baseline: white'),
    value: 1,
  },
} as const
const names = ['black', 'white'] as const

/** What integrated gradients owe to the picture that their path begins with. */
export const baselines: Layout<Spec> = {
  requests: (spec, context) => names.map((name) => requestOf(spec, context, name)),

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const groups: PanelGroup[] = []
    for (const name of names) {
      const evidence = await evidenceOf(requestOf(spec, context, name))
      const { heading, picture: caption, value } = baselineWords[name]
      const { data, shape } = arrayOf(evidence, 'input')
      const asset = `baseline-${name}.png`
      assets.set(asset, encodePicture({ data: new Float32Array(data.length).fill(value), shape }))
      const tile: ImagePanel = {
        kind: 'image',
        role: 'copy',
        caption,
        alternative: say(`${caption.zh}。`, `${caption.en}.`),
        asset,
      }
      groups.push({
        heading,
        panels: [
          tile,
          await picturePanel(picture, evidence, context, assets),
          await mapPanel(method, picture, evidence, context, assets, { suffix: `-${name}` }),
        ],
      })
    }
    const shown = nameOfPictures(picture)
    return {
      groups,
      alternative: together(
        say(
          spaced(
            `${shown.zh}的 integrated gradients（梯度 × (圖片 − 基準圖)），上排從全黑、下排從全白的基準圖出發。`,
          ),
          `Integrated gradients of ${shown.en}, gradient × (picture − baseline): from the black baseline above, from the white one below.`,
        ),
        ...groups.flatMap(({ heading, panels }) =>
          panels.flatMap((panel) =>
            panel.kind === 'image' && panel.role === 'map'
              ? [together(say(`${heading!.zh}：`, `${heading!.en}:`), panel.alternative)]
              : [],
          ),
        ),
      ),
    }
  },
}

/** A product with picture − baseline, in the paper's variant alone. */
function requestOf(spec: Spec, context: FigureContext, name: (typeof names)[number]): EvidenceRequest {
  const own: { readonly [name: string]: Json } = name === 'white' ? { baseline: name } : {}
  return requestFor({ ...spec, variant: 'paper' }, context, method, spec.picture, own)
}
