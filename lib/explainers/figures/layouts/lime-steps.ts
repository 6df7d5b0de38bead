import { ExplainerError } from '../../errors'
import type { FloatTensor } from '../../evidence'
import { perturbedCopy } from '../../methods/lime-perturbation'
import { type Layout, pictureOf } from '../context'
import type { ImagePanel } from '../document'
import { formatNumber } from '../number-format'
import { arrayOf, limePanel, picturePanel } from '../panels'
import { pictureAsset } from '../picture-asset'
import { encodePicture } from '../png'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { drawBorders } from '../superpixel-overlay'
import { className, outputName, say, together } from '../wording'

/** How LIME comes about, step by step. */
export const limeSteps: Layout<FigureSpecOf<'lime-steps'>> = {
  requests: (spec, context) => [requestFor(spec, context, 'lime', spec.picture)],

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const lime = await evidenceOf(requestFor(spec, context, 'lime', spec.picture))
    const labels = arrayOf(lime, 'superpixels')
    const input = arrayOf(lime, 'input') as FloatTensor
    const samples = arrayOf(lime, 'samples')
    const outputs = arrayOf(lime, 'outputs')
    const [kept = 0, count = 0] = samples.shape
    // The first sample is the unchanged picture.
    if (kept < spec.copies + 1) {
      const message = `${spec.copies} copies cannot be shown: LIME keeps ${Math.max(0, kept - 1)}`
      throw new ExplainerError('invalid-parameter', 'copies', message)
    }
    const target = className(context.model.classes, picture.label)
    const output = outputName(spec.variant)
    const total = Number(lime.manifest.parameters.samples).toLocaleString('en')

    const borders = `borders-${picture.id}.png`
    assets.set(borders, drawBorders(labels))
    const superpixels: ImagePanel = {
      kind: 'image',
      role: 'copy',
      caption: say('超像素', 'Superpixels'),
      note: say(`${count} 塊`, `${count} pieces`),
      alternative: say(
        `圖片被切成 ${count} 個超像素，邊界沿著顏色變化。`,
        `The picture is cut into ${count} superpixels whose borders follow changes of colour.`,
      ),
      asset: borders,
      over: pictureAsset(picture),
    }
    const copies: ImagePanel[] = []
    for (let copy = 1; copy <= spec.copies; copy++) {
      const row = samples.data.subarray(copy * count, (copy + 1) * count)
      const hidden = row.filter((shown) => shown === 0).length
      const asset = `copy-${picture.id}-${copy}.png`
      assets.set(asset, encodePicture(perturbedCopy(input, labels, row)))
      const value = formatNumber(outputs.data[copy]!)
      copies.push({
        kind: 'image',
        role: 'copy',
        caption: say(`${output.zh} ${value}`, `${output.en} ${value}`),
        note: say(`遮住 ${hidden} 塊`, `${hidden} pieces hidden`),
        alternative: say(
          `第 ${copy} 份樣本：隨機把 ${hidden} 個超像素換成平均色，「${target.zh}」的 ${output.zh} 為 ${value}。`,
          `Copy ${copy}: ${hidden} superpixels chosen at random are replaced by their mean colour; the ${output.en} of “${target.en}” is ${value}.`,
        ),
        asset,
      })
    }
    const first = await picturePanel(picture, lime, context, assets)
    const map = await limePanel(picture, lime, context, assets)
    return {
      groups: [
        {
          heading: say('一、把圖片切成小塊', '1. Cut the picture into pieces'),
          panels: [first, { kind: 'arrow', caption: say('切塊', 'cut') }, superpixels],
        },
        {
          heading: say(
            `二、隨機遮住一些小塊，看模型的輸出怎麼變（${total} 份中的 ${spec.copies} 份）`,
            `2. Hide random pieces and see what the model makes of it (${spec.copies} of ${total} copies)`,
          ),
          panels: copies,
        },
        {
          heading: say(
            '三、以加權線性迴歸算出每一塊的影響',
            '3. Fit a weighted linear regression: the influence of each piece',
          ),
          panels: [map],
        },
      ],
      alternative: together(
        say('LIME 的步驟。', 'The steps of LIME.'),
        superpixels.alternative,
        ...copies.map((copy) => copy.alternative),
        say(
          '最後由加權線性迴歸得到每個超像素的權重。',
          'A weighted linear regression then gives each superpixel its weight.',
        ),
        map.alternative,
      ),
    }
  },
}
