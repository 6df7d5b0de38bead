import type { FloatTensor } from '../../evidence'
import { type Layout, pictureOf } from '../context'
import type { ImagePanel, PanelGroup } from '../document'
import { arrayOf, mapPanel, picturePanel } from '../panels'
import { encodePicture } from '../png'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { nameOfPictures, say, spaced, together } from '../wording'

const method = 'integrated-gradients'

/** Integrated gradients with different numbers of steps. */
export const integrationSteps: Layout<FigureSpecOf<'integration-steps'>> = {
  requests: (spec, context) =>
    spec.pictures.flatMap((picture) =>
      spec.steps.map((steps) => requestFor(spec, context, method, picture, { steps })),
    ),

  async draw(spec, context, evidenceOf, assets) {
    const groups: PanelGroup[] = []
    const pictures = spec.pictures.map((id) => pictureOf(context, id))
    for (const picture of pictures) {
      const panels: ImagePanel[] = []
      for (const steps of spec.steps) {
        const evidence = await evidenceOf(requestFor(spec, context, method, picture.id, { steps }))
        if (panels.length === 0) panels.push(await picturePanel(picture, evidence, context, assets))
        const options = { suffix: `-${steps}`, caption: say(`steps = ${steps}`, `steps = ${steps}`) }
        panels.push(await mapPanel(method, picture, evidence, context, assets, options))
      }
      groups.push({ panels })
    }
    const shown = nameOfPictures(...pictures)
    return {
      groups,
      alternative: together(
        say(
          spaced(
            `${shown.zh}的 integrated gradients，steps 分別為 ${spec.steps.join('、')}，每張圖各用自己的色階。`,
          ),
          `Integrated gradients of ${shown.en} with ${spec.steps.join(', ')} steps, each map on a scale of its own.`,
        ),
        ...groups.flatMap(({ panels }) =>
          panels.flatMap((panel) =>
            panel.kind === 'image' && panel.role === 'map' ? [panel.alternative] : [],
          ),
        ),
      ),
    }
  },
}

/** The pictures on the straight path from black, and the map that their gradients give. */
export const path: Layout<FigureSpecOf<'path'>> = {
  requests: (spec, context) => [requestFor(spec, context, method, spec.picture, { steps: spec.steps })],

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const evidence = await evidenceOf(requestFor(spec, context, method, spec.picture, { steps: spec.steps }))
    const input = arrayOf(evidence, 'input') as FloatTensor
    const points = arrayOf(evidence, 'path').data
    const film: ImagePanel[] = []
    for (let step = 0; step < spec.steps; step++) {
      const share = points[step]!
      const asset = `path-${picture.id}-${step}.png`
      assets.set(asset, encodePicture({ data: input.data.map((value) => value * share), shape: input.shape }))
      const percent = `${Math.round(1000 * share) / 10} %`
      film.push({
        kind: 'image',
        role: 'copy',
        caption: say(`k = ${step}`, `k = ${step}`),
        note: say(`亮度 ${percent}`, `${percent} bright`),
        alternative: say(
          share === 0 ? 'k = 0：全黑。' : `k = ${step}：同一張圖片，亮度為 ${percent}。`,
          share === 0
            ? 'k = 0: all black.'
            : `k = ${step}: the same picture at ${percent} of its brightness.`,
        ),
        asset,
      })
    }
    const unchanged = await picturePanel(picture, evidence, context, assets)
    const map = await mapPanel(method, picture, evidence, context, assets)
    const shown = nameOfPictures(picture)
    return {
      groups: [
        {
          heading: say(
            `generate_images_on_linear_path，steps = ${spec.steps}`,
            `generate_images_on_linear_path, steps = ${spec.steps}`,
          ),
          panels: film,
        },
        {
          heading: say('原圖片與 integrated gradients', 'The picture and its integrated gradients'),
          panels: [unchanged, map],
        },
      ],
      alternative: together(
        say(
          `${spec.steps} 張圖片，由全黑逐步變亮到接近${shown.zh}，以及由它們得到的 integrated gradients。`,
          `${spec.steps} pictures that grow from black to nearly ${shown.en}, and the integrated gradients made from them.`,
        ),
        map.alternative,
      ),
    }
  },
}
