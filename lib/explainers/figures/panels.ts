import type { Bilingual } from '../bilingual'
import { ExplainerError } from '../errors'
import type { Evidence, Tensor } from '../evidence'
import { shownSuperpixels, weightsByLabel } from '../methods/superpixel-weights'
import { type ColourMapName, type Range, rangeOf } from './colour-maps'
import type { Assets, FigureContext, FigurePicture } from './context'
import type { ImagePanel } from './document'
import { describeMap, describeSuperpixels, type Emphasis } from './map-description'
import { pictureAsset } from './picture-asset'
import { encodeLabels, encodePicture, encodeScalarMap } from './png'
import type { MapMethod } from './spec'
import { drawWeightOverlay } from './superpixel-overlay'
import { className, classNote, methodNames, outputName, pictureCaption, say, together } from './wording'

/** Makers of image panels. Each puts its PNG into `assets` and returns the panel that names it. */

/** @throws ExplainerError when the evidence lacks an array that its method promises. */
export function arrayOf(evidence: Evidence, name: string): Tensor {
  const array = evidence.arrays[name]
  if (array) return array
  const { method } = evidence.manifest
  throw new ExplainerError('invalid-parameter', method, `The evidence of ${method} has no array ${name}`)
}

/** The picture as the model saw it. */
export async function picturePanel(
  picture: FigurePicture,
  evidence: Evidence,
  { model }: FigureContext,
  assets: Assets,
): Promise<ImagePanel> {
  const asset = pictureAsset(picture)
  if (!assets.has(asset)) assets.set(asset, encodePicture(arrayOf(evidence, 'input')))
  return {
    kind: 'image',
    role: 'picture',
    caption: pictureCaption(picture),
    note: classNote(model.classes, picture.label),
    alternative: together(
      typeof picture.id === 'number'
        ? say(`圖片 ${picture.id}：`, `Picture ${picture.id}:`)
        : say('圖片：', 'Picture:'),
      say(`${picture.title.zh}。`, `${picture.title.en}.`),
    ),
    asset,
  }
}

interface MapWords {
  readonly caption: Bilingual
  readonly note?: Bilingual
  readonly unit: Bilingual
}

/** A map of one number a pixel in the colours of a scale. */
export async function scalarPanel(
  asset: string,
  map: Tensor,
  colours: ColourMapName,
  words: MapWords,
  assets: Assets,
  options: { readonly range?: Range; readonly over?: string } = {},
): Promise<ImagePanel> {
  const range = options.range ?? rangeOf(map.data as Float32Array)
  assets.set(asset, encodeScalarMap(map, colours, range))
  return {
    kind: 'image',
    role: 'map',
    caption: words.caption,
    ...(words.note && { note: words.note }),
    alternative: together(say(`${words.caption.zh}。`, `${words.caption.en}.`), describeMap(map)),
    asset,
    ...(options.over && { over: options.over }),
    scale: { colours, ...range, unit: words.unit },
  }
}

/** A map of three numbers a pixel shown as an RGB picture, all channels on one range. */
export async function rgbPanel(
  asset: string,
  map: Tensor,
  words: MapWords,
  assets: Assets,
  options: {
    readonly range?: Range
    readonly over?: string
    readonly role?: 'map' | 'copy'
    readonly emphasis?: Emphasis
  } = {},
): Promise<ImagePanel> {
  const range = options.range ?? rangeOf(map.data as Float32Array)
  assets.set(asset, encodePicture(map, range))
  return {
    kind: 'image',
    role: options.role ?? 'map',
    caption: words.caption,
    ...(words.note && { note: words.note }),
    alternative: together(
      say(`${words.caption.zh}。`, `${words.caption.en}.`),
      describeMap(map, options.emphasis),
    ),
    asset,
    ...(options.over && { over: options.over }),
    scale: { colours: 'magnitude', ...range, unit: words.unit },
  }
}

/**
 * LIME as the homework shows it.
 *
 * @param meaning whether the panel says which colour is which and lists weights; a question may ask just that.
 */
export async function limePanel(
  picture: FigurePicture,
  evidence: Evidence,
  { model }: FigureContext,
  assets: Assets,
  meaning = true,
): Promise<ImagePanel> {
  const labels = arrayOf(evidence, 'superpixels')
  const weights = weightsByLabel(labels, arrayOf(evidence, 'weights'))
  const shown = shownSuperpixels(weights)
  const asset = `lime-${picture.id}.png`
  assets.set(asset, drawWeightOverlay(labels, shown))
  const output = outputName(evidence.manifest.variant)
  const target = className(model.classes, picture.label)
  const samples = Number(evidence.manifest.parameters.samples)
  const count = new Set(labels.data).size
  const panel: ImagePanel = {
    kind: 'image',
    role: 'map',
    caption: methodNames.lime,
    note: say(
      `${samples.toLocaleString('en')} 份擾動樣本，${count} 個超像素`,
      `${samples.toLocaleString('en')} perturbed copies, ${count} superpixels`,
    ),
    alternative: together(
      say(`LIME 標出的超像素。`, `Superpixels marked by LIME.`),
      describeSuperpixels(labels, shown, meaning),
    ),
    asset,
    over: pictureAsset(picture),
  }
  if (!meaning) return panel
  const superpixels = `superpixels-${picture.id}.png`
  assets.set(superpixels, encodeLabels(labels))
  return {
    ...panel,
    legend: [
      {
        mark: 'positive',
        text: say(
          `綠色實線：正相關，出現時「${target.zh}」的 ${output.zh} 上升`,
          `Green, solid: positive; raises the ${output.en} of “${target.en}”`,
        ),
      },
      {
        mark: 'negative',
        text: say(
          `紅色虛線：負相關，出現時「${target.zh}」的 ${output.zh} 下降`,
          `Red, dashed: negative; lowers the ${output.en} of “${target.en}”`,
        ),
      },
    ],
    superpixels: { asset: superpixels, weights },
  }
}

/** The unit leaves open what is derived by what: a question asks it. */
export const gradientUnit = say('梯度絕對值，取 RGB 三者最大', 'Absolute gradient, largest of RGB')

/** The map that a method makes of a picture, as the homework draws it. */
export function mapPanel(
  method: MapMethod,
  picture: FigurePicture,
  evidence: Evidence,
  context: FigureContext,
  assets: Assets,
  options: { readonly suffix?: string; readonly caption?: Bilingual } = {},
): Promise<ImagePanel> {
  const asset = `${method}-${picture.id}${options.suffix ?? ''}.png`
  const over = pictureAsset(picture)
  const caption = options.caption ?? methodNames[method]
  const { parameters, variant } = evidence.manifest
  switch (method) {
    case 'lime':
      return limePanel(picture, evidence, context, assets)
    case 'saliency': {
      const words = { caption, unit: gradientUnit }
      return scalarPanel(asset, arrayOf(evidence, 'attribution'), 'hot', words, assets, { over })
    }
    case 'smooth-grad': {
      const samples = Number(parameters.samples)
      const note = options.caption
        ? undefined
        : say(`${samples} 份加上雜訊的圖片`, `${samples} copies with noise`)
      const unit =
        variant === 'homework'
          ? say('梯度絕對值的平均，RGB 各通道', 'Mean absolute gradient, R, G and B')
          : say('梯度的平均，RGB 各通道', 'Mean gradient, R, G and B')
      const emphasis = variant === 'homework' ? 'bright' : 'strong'
      return rgbPanel(asset, arrayOf(evidence, 'attribution'), { caption, note, unit }, assets, {
        over,
        emphasis,
      })
    }
    case 'integrated-gradients': {
      const note = options.caption ? undefined : say(`${parameters.steps} 步`, `${parameters.steps} steps`)
      const unit =
        variant === 'homework'
          ? say('路徑上的平均梯度，RGB 各通道', 'Mean gradient on the path, R, G and B')
          : say('對 logit 的貢獻，RGB 各通道', 'Contribution to the logit, R, G and B')
      return rgbPanel(asset, arrayOf(evidence, 'attribution'), { caption, note, unit }, assets, {
        over,
        emphasis: 'strong',
      })
    }
  }
}

/** Activation of one filter; nearest-neighbour, so that the layer's own resolution is seen. */
export function activationPanel(
  picture: FigurePicture,
  evidence: Evidence,
  assets: Assets,
): Promise<ImagePanel> {
  const { layer, filter } = evidence.manifest.parameters
  const map = arrayOf(evidence, 'activation')
  const [height, width] = map.shape
  const words = {
    caption: say(`Filter activation：cnnid = ${layer}`, `Filter activation, cnnid = ${layer}`),
    note: say(
      `filterid = ${filter}，解析度 ${height}×${width}`,
      `filterid = ${filter}, resolution ${height}×${width}`,
    ),
    unit: say('啟動值', 'Activation'),
  }
  const asset = `activation-${picture.id}-${layer}-${filter}.png`
  return scalarPanel(asset, map, 'viridis', words, assets, { over: pictureAsset(picture) })
}

/** The picture changed so as to excite one filter, all channels on one range as the homework shows it. */
export function visualizationPanel(
  picture: FigurePicture,
  evidence: Evidence,
  assets: Assets,
): Promise<ImagePanel> {
  const { layer, filter } = evidence.manifest.parameters
  const words = {
    caption: say(`Filter visualization：cnnid = ${layer}`, `Filter visualization, cnnid = ${layer}`),
    note: say(`filterid = ${filter}`, `filterid = ${filter}`),
    unit: say('RGB 值', 'RGB value'),
  }
  const asset = `visualization-${picture.id}-${layer}-${filter}.png`
  return rgbPanel(asset, arrayOf(evidence, 'image'), words, assets, { role: 'copy' })
}
