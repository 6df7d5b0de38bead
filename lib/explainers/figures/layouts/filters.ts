import { type Layout, pictureOf } from '../context'
import type { ImagePanel, LayersPanel, PanelGroup } from '../document'
import { activationPanel, picturePanel, visualizationPanel } from '../panels'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { capital, nameOfPictures, say, spaced, together } from '../wording'

/** Each picture beside the activation of one filter in one or several layers. */
export const layersActivation: Layout<FigureSpecOf<'layers-activation'>> = {
  requests: (spec, context) =>
    spec.pictures.flatMap((picture) =>
      spec.layers.map((layer) =>
        requestFor(spec, context, 'filter-activation', picture, { layer, filter: spec.filter }),
      ),
    ),

  async draw(spec, context, evidenceOf, assets) {
    const groups: PanelGroup[] = []
    const pictures = spec.pictures.map((id) => pictureOf(context, id))
    for (const picture of pictures) {
      const panels: ImagePanel[] = []
      for (const layer of spec.layers) {
        const own = { layer, filter: spec.filter }
        const evidence = await evidenceOf(requestFor(spec, context, 'filter-activation', picture.id, own))
        if (panels.length === 0) panels.push(await picturePanel(picture, evidence, context, assets))
        panels.push(await activationPanel(picture, evidence, assets))
      }
      groups.push({ panels })
    }
    const shown = nameOfPictures(...pictures)
    return {
      groups,
      alternative: together(
        say(
          spaced(
            `${shown.zh}在 cnnid = ${spec.layers.join('、')}、filterid = ${spec.filter} 的 filter activation，每張圖各用自己的色階。`,
          ),
          `Filter activation of ${shown.en} at cnnid = ${spec.layers.join(', ')}, filterid = ${spec.filter}, each map on a scale of its own.`,
        ),
        ...(spec.layers.length > 1
          ? [
              say(
                'cnnid 小的靠近輸入端，大的靠近輸出端。',
                'A small cnnid is near the input, a large one near the output.',
              ),
            ]
          : []),
      ),
    }
  },
}

/** Where one filter is activated, and what would activate it more. */
export const filterPair: Layout<FigureSpecOf<'filter-pair'>> = {
  requests: (spec, context) =>
    spec.pictures.flatMap((picture) =>
      ['filter-activation', 'filter-visualization'].map((method) =>
        requestFor(spec, context, method, picture, { layer: spec.layer, filter: spec.filter }),
      ),
    ),

  async draw(spec, context, evidenceOf, assets) {
    const groups: PanelGroup[] = []
    const own = { layer: spec.layer, filter: spec.filter }
    const pictures = spec.pictures.map((id) => pictureOf(context, id))
    for (const picture of pictures) {
      const activation = await evidenceOf(requestFor(spec, context, 'filter-activation', picture.id, own))
      const visualization = await evidenceOf(
        requestFor(spec, context, 'filter-visualization', picture.id, own),
      )
      groups.push({
        panels: [
          await picturePanel(picture, activation, context, assets),
          await activationPanel(picture, activation, assets),
          await visualizationPanel(picture, visualization, assets),
        ],
      })
    }
    const shown = nameOfPictures(...pictures)
    return {
      groups,
      alternative: say(
        `${shown.zh}，以及 cnnid = ${spec.layer}、filterid = ${spec.filter} 的 filter activation 與 filter visualization。`,
        `${capital(shown.en)} with the filter activation and the filter visualization at cnnid = ${spec.layer}, filterid = ${spec.filter}.`,
      ),
    }
  },
}

/** A filter visualisation, and all layers of the network with their numbers and kinds. */
export const layerStrip: Layout<FigureSpecOf<'layer-strip'>> = {
  requests: (spec, context) => [
    requestFor(spec, context, 'filter-visualization', spec.picture, {
      layer: spec.layer,
      filter: spec.filter,
    }),
  ],

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const own = { layer: spec.layer, filter: spec.filter }
    const evidence = await evidenceOf(requestFor(spec, context, 'filter-visualization', spec.picture, own))
    const { layers } = context.model
    const list = layers.map(({ index, type }) => `${index} ${type}`).join(', ')
    const strip: LayersPanel = {
      kind: 'layers',
      caption: say(`model.cnn 的 ${layers.length} 層`, `The ${layers.length} layers of model.cnn`),
      alternative: say(
        `model.cnn 由輸入到輸出共 ${layers.length} 層：${list.replaceAll(', ', '、')}。`,
        `The ${layers.length} layers of model.cnn from input to output: ${list}.`,
      ),
      layers: layers.map(({ index, type, channels }) => ({ index, type, channels })),
    }
    const panels = [
      await picturePanel(picture, evidence, context, assets),
      await visualizationPanel(picture, evidence, assets),
    ]
    const shown = nameOfPictures(picture)
    return {
      groups: [{ panels }, { panels: [strip] }],
      alternative: together(
        say(
          spaced(`${shown.zh}在 cnnid = ${spec.layer}、filterid = ${spec.filter} 的 filter visualization。`),
          `Filter visualization of ${shown.en} at cnnid = ${spec.layer}, filterid = ${spec.filter}.`,
        ),
        strip.alternative,
      ),
    }
  },
}
