import sharp from 'sharp'
import type { Bilingual } from '../../bilingual'
import type { Tensor } from '../../evidence'
import { type ShownSuperpixel, shownSuperpixels, weightsByLabel } from '../../methods/superpixel-weights'
import { type Layout, pictureOf } from '../context'
import type { ImagePanel } from '../document'
import { formatNumber } from '../number-format'
import { arrayOf, limePanel, picturePanel } from '../panels'
import { encodePicture } from '../png'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { drawChangedArea } from '../superpixel-overlay'
import { className, say, together } from '../wording'

/**
 * LIME's map without the meaning of its colours, and the picture with either colour's superpixels hidden: the
 * meaning can be read off the logits.
 */
export const occlusion: Layout<FigureSpecOf<'occlusion'>> = {
  requests: (spec, context) =>
    ['lime', 'hidden-superpixels'].map((method) => requestFor(spec, context, method, spec.picture)),

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const lime = await evidenceOf(requestFor(spec, context, 'lime', spec.picture))
    const hidden = await evidenceOf(requestFor(spec, context, 'hidden-superpixels', spec.picture))
    const target = className(context.model.classes, picture.label)
    const labels = arrayOf(lime, 'superpixels')
    const shown = shownSuperpixels(weightsByLabel(labels, arrayOf(lime, 'weights')))
    const copies = arrayOf(hidden, 'copies')
    const logits = arrayOf(hidden, 'copyLogits')
    const classes = context.model.classes.length
    const before = arrayOf(lime, 'logits').data[picture.label]!
    const after = [0, 1].map((copy) => logits.data[copy * classes + picture.label]!)

    const change = (value: number) => `${formatNumber(before)} → ${formatNumber(value)}`
    const copyPanel = async (
      copy: number,
      colour: Bilingual,
      changed: ShownSuperpixel[],
    ): Promise<ImagePanel> => {
      const asset = `hidden-${colour.en}-${picture.id}.png`
      assets.set(asset, markChange(slice(copies, copy), labels, changed))
      return {
        kind: 'image',
        role: 'copy',
        caption: say(
          `${colour.zh}的超像素換成平均色`,
          `Superpixels marked ${colour.en} hidden by their mean colour`,
        ),
        note: say(
          `「${target.zh}」的 logit：${change(after[copy]!)}`,
          `logit of “${target.en}”: ${change(after[copy]!)}`,
        ),
        alternative: say(
          `把${colour.zh}的 ${changed.length} 個超像素換成各自的平均色後，「${target.zh}」的 logit 由 ${formatNumber(before)} 變為 ${formatNumber(after[copy]!)}。`,
          `With the ${changed.length} superpixels marked ${colour.en} replaced by their mean colours, the logit of “${target.en}” goes from ${formatNumber(before)} to ${formatNumber(after[copy]!)}.`,
        ),
        asset,
      }
    }
    const green = shown.filter(({ weight }) => weight > 0)
    const red = shown.filter(({ weight }) => weight < 0)
    const unchanged = await picturePanel(picture, lime, context, assets)
    const panels: ImagePanel[] = [
      {
        ...unchanged,
        note: say(
          `「${target.zh}」的 logit：${formatNumber(before)}`,
          `logit of “${target.en}”: ${formatNumber(before)}`,
        ),
      },
      await limePanel(picture, lime, context, assets, false),
      await copyPanel(0, say('綠色', 'green'), green),
      await copyPanel(1, say('紅色', 'red'), red),
    ]
    return {
      groups: [{ panels }],
      alternative: together(...panels.map((panel) => panel.alternative)),
    }
  },
}

/** @returns the copy with a thin line around what was hidden. */
async function markChange(
  copy: Tensor,
  labels: Tensor,
  changed: readonly ShownSuperpixel[],
): Promise<Buffer> {
  const line = await drawChangedArea(labels, changed)
  const { width, height } = await sharp(line).metadata()
  const ground = await sharp(await encodePicture(copy))
    .resize(width, height, { kernel: 'nearest' })
    .toBuffer()
  return sharp(ground)
    .composite([{ input: line }])
    .removeAlpha()
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** @returns one of `count` arrays [count, …]. */
export function slice(stack: Tensor, index: number): Tensor<Float32Array> {
  const [, ...shape] = stack.shape
  const size = shape.reduce((product, length) => product * length, 1)
  return { data: (stack.data as Float32Array).subarray(index * size, (index + 1) * size), shape }
}
