import { max } from 'd3-array'
import { type Layout, pictureOf } from '../context'
import type { PanelGroup } from '../document'
import { formatNumber } from '../number-format'
import { arrayOf, mapPanel, picturePanel, rgbPanel } from '../panels'
import { pictureAsset } from '../picture-asset'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { nameOfPictures, say, spaced, together } from '../wording'

/** SmoothGrad shown with the values as they are, and after min-max normalisation. */
export const normalization: Layout<FigureSpecOf<'normalization'>> = {
  requests: (spec, context) =>
    spec.pictures.map((picture) => requestFor(spec, context, 'smooth-grad', picture)),

  async draw(spec, context, evidenceOf, assets) {
    const groups: PanelGroup[] = []
    const largest: number[] = []
    const pictures = spec.pictures.map((id) => pictureOf(context, id))
    for (const picture of pictures) {
      const evidence = await evidenceOf(requestFor(spec, context, 'smooth-grad', picture.id))
      const map = arrayOf(evidence, 'attribution')
      const over = pictureAsset(picture)
      largest.push(max(map.data)!)
      const unit = say('像素值，0 為黑、1 為最亮', 'Pixel value, from 0 (black) to 1 (brightest)')
      const words = {
        caption: say('SmoothGrad，未做 normalization', 'SmoothGrad, without normalization'),
        unit,
      }
      const range = { minimum: 0, maximum: 1 }
      groups.push({
        panels: [
          await picturePanel(picture, evidence, context, assets),
          await rgbPanel(`raw-${picture.id}.png`, map, words, assets, { over, range }),
          await mapPanel('smooth-grad', picture, evidence, context, assets, {
            caption: say('SmoothGrad，做過 normalization', 'SmoothGrad, with normalization'),
          }),
        ],
      })
    }
    const shown = nameOfPictures(...pictures)
    return {
      groups,
      alternative: together(
        say(
          spaced(`${shown.zh}的 SmoothGrad，未做與做過 min-max normalization。`),
          `SmoothGrad of ${shown.en}, without and with min-max normalization.`,
        ),
        ...pictures.map((picture, i) =>
          say(
            spaced(
              `${nameOfPictures(picture).zh}未做時，最大的像素值是 ${formatNumber(largest[i]!)}（1 才是全亮）。`,
            ),
            `Without it, the largest pixel value of ${nameOfPictures(picture).en} is ${formatNumber(largest[i]!)}, where 1 is full brightness.`,
          ),
        ),
      ),
    }
  },
}
