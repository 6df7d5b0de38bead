import { ExplainerError } from '../../errors'
import { type Layout, pictureOf } from '../context'
import type { ImagePanel } from '../document'
import { arrayOf, mapPanel, picturePanel, rgbPanel } from '../panels'
import { encodePicture } from '../png'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { nameOfPictures, say, spaced, together } from '../wording'
import { slice } from './occlusion'

/** Some of SmoothGrad's noisy copies, the map of each, and the mean of all. */
export const noisyCopies: Layout<FigureSpecOf<'noisy-copies'>> = {
  requests: (spec, context) => [requestFor(spec, context, 'smooth-grad', spec.picture)],

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const smooth = await evidenceOf(requestFor(spec, context, 'smooth-grad', spec.picture))
    const copies = arrayOf(smooth, 'noisyCopies')
    const gradients = arrayOf(smooth, 'noisyGradients')
    const kept = copies.shape[0] ?? 0
    if (kept < spec.copies) {
      const message = `${spec.copies} copies cannot be shown: SmoothGrad keeps ${kept}`
      throw new ExplainerError('invalid-parameter', 'copies', message)
    }
    const total = Number(smooth.manifest.parameters.samples)
    const pictures: ImagePanel[] = []
    const maps: ImagePanel[] = []
    for (let copy = 0; copy < spec.copies; copy++) {
      const asset = `noisy-${picture.id}-${copy + 1}.png`
      assets.set(asset, encodePicture(slice(copies, copy)))
      pictures.push({
        kind: 'image',
        role: 'copy',
        caption: say(`第 ${copy + 1} 份`, `Copy ${copy + 1}`),
        alternative: say(
          `第 ${copy + 1} 份：同一張圖片，每個像素加上不同的隨機雜訊。`,
          `Copy ${copy + 1}: the same picture with different random noise in every pixel.`,
        ),
        asset,
      })
      const words = {
        caption: say(`第 ${copy + 1} 份的 saliency map`, `Saliency map of copy ${copy + 1}`),
        unit: say('梯度絕對值，RGB 各通道', 'Absolute gradient, R, G and B'),
      }
      maps.push(
        await rgbPanel(
          `noisy-saliency-${picture.id}-${copy + 1}.png`,
          slice(gradients, copy),
          words,
          assets,
          {
            over: asset,
          },
        ),
      )
    }
    const mean = await mapPanel('smooth-grad', picture, smooth, context, assets, {
      caption: say(`${total} 張 saliency map 的平均`, `Mean of ${total} saliency maps`),
    })
    const shown = nameOfPictures(picture)
    const unchanged = await picturePanel(picture, smooth, context, assets)
    return {
      groups: [
        { heading: say('一、加上隨機雜訊', '1. Add random noise'), panels: pictures },
        {
          heading: say('二、每一份各算一張 saliency map', '2. Compute a saliency map of each copy'),
          panels: maps,
        },
        {
          heading: say(`三、把 ${total} 份的結果平均`, `3. Take the mean over ${total} copies`),
          panels: [unchanged, mean],
        },
      ],
      alternative: together(
        say(
          spaced(
            `${shown.zh}的 ${total} 份雜訊樣本中的 ${spec.copies} 份、各自的 saliency map，以及全部的平均。`,
          ),
          `${spec.copies} of ${total} noisy copies of ${shown.en}, the saliency map of each, and the mean of all.`,
        ),
        mean.alternative,
      ),
    }
  },
}
