import { max } from 'd3-array'
import { rangeOf } from '../colour-maps'
import { type Layout, pictureOf } from '../context'
import type { BarsPanel, ImagePanel } from '../document'
import { formatNumber } from '../number-format'
import { arrayOf, gradientUnit, picturePanel, scalarPanel } from '../panels'
import { pictureAsset } from '../picture-asset'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { nameOfPictures, pictureCaption, say, spaced, together } from '../wording'

/** Saliency of several pictures on one common scale and on a scale each, and their largest gradients as bars. */
export const scaleComparison: Layout<FigureSpecOf<'scale-comparison'>> = {
  requests: (spec, context) => spec.pictures.map((picture) => requestFor(spec, context, 'saliency', picture)),

  async draw(spec, context, evidenceOf, assets) {
    const entries = await Promise.all(
      spec.pictures.map(async (id) => {
        const evidence = await evidenceOf(requestFor(spec, context, 'saliency', id))
        const map = arrayOf(evidence, 'attribution')
        return { picture: pictureOf(context, id), evidence, map, largest: max(map.data)! }
      }),
    )
    const common = {
      minimum: 0,
      maximum: rangeOf(...entries.map(({ map }) => map.data as Float32Array)).maximum,
    }
    const pictures: ImagePanel[] = []
    const shared: ImagePanel[] = []
    const apart: ImagePanel[] = []
    for (const { picture, evidence, map } of entries) {
      const words = { caption: pictureCaption(picture), unit: gradientUnit }
      const over = pictureAsset(picture)
      pictures.push(await picturePanel(picture, evidence, context, assets))
      shared.push(
        await scalarPanel(`common-scale-${picture.id}.png`, map, 'hot', words, assets, {
          over,
          range: common,
        }),
      )
      apart.push(await scalarPanel(`own-scale-${picture.id}.png`, map, 'hot', words, assets, { over }))
    }
    const bars: BarsPanel = {
      kind: 'bars',
      axis: 'log',
      caption: say('每張圖片最大的梯度', 'Largest gradient of each picture'),
      alternative: say(
        `最大的梯度：${entries.map(({ picture, largest }) => spaced(`${nameOfPictures(picture).zh}為 ${formatNumber(largest)}`)).join('，')}。`,
        `Largest gradient: ${entries.map(({ picture, largest }) => `${nameOfPictures(picture).en} ${formatNumber(largest)}`).join(', ')}.`,
      ),
      unit: say('梯度絕對值（對數刻度）', 'Absolute gradient (log axis)'),
      bars: entries.map(({ picture, largest }) => ({ label: pictureCaption(picture), value: largest })),
    }
    const shown = nameOfPictures(...entries.map(({ picture }) => picture))
    return {
      groups: [
        { panels: pictures },
        { heading: say('所有圖片共用一個色階', 'One scale for all pictures'), panels: shared },
        { heading: say('每張圖片各用自己的色階', 'A scale of its own for each picture'), panels: apart },
        { panels: [bars] },
      ],
      alternative: together(
        say(
          spaced(`${shown.zh}的 saliency map，先共用一個色階，再各用自己的色階。`),
          `Saliency maps of ${shown.en}, first on one common scale, then on a scale each.`,
        ),
        bars.alternative,
      ),
    }
  },
}
