import { type Layout, pictureOf } from '../context'
import type { ImagePanel, LayersPanel, PanelGroup } from '../document'
import { activationPanel, picturePanel, visualizationPanel } from '../panels'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { say, together } from '../wording'

/** Each picture beside the activation of one filter in one or several layers. */
export const layersActivation: Layout<FigureSpecOf<'layers-activation'>> = {
  requests: (spec, context) =>
    spec.pictures.flatMap((number) =>
      spec.layers.map((layer) =>
        requestFor(spec, context, 'filter-activation', number, { layer, filter: spec.filter }),
      ),
    ),

  async draw(spec, context, evidenceOf, assets) {
    const groups: PanelGroup[] = []
    for (const number of spec.pictures) {
      const picture = pictureOf(context, number)
      const panels: ImagePanel[] = []
      for (const layer of spec.layers) {
        const own = { layer, filter: spec.filter }
        const evidence = await evidenceOf(requestFor(spec, context, 'filter-activation', number, own))
        if (panels.length === 0) panels.push(await picturePanel(picture, evidence, context, assets))
        panels.push(await activationPanel(picture, evidence, assets))
      }
      groups.push({ panels })
    }
    return {
      groups,
      alternative: together(
        say(
          `圖片 ${spec.pictures.join('、')} 在 cnnid = ${spec.layers.join('、')}、filterid = ${spec.filter} 的 filter activation，每張圖各用自己的色階。`,
          `Filter activation of ${spec.pictures.length === 1 ? 'picture' : 'pictures'} ${spec.pictures.join(', ')} at cnnid = ${spec.layers.join(', ')}, filterid = ${spec.filter}, each map on a scale of its own.`,
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
    spec.pictures.flatMap((number) =>
      ['filter-activation', 'filter-visualization'].map((method) =>
        requestFor(spec, context, method, number, { layer: spec.layer, filter: spec.filter }),
      ),
    ),

  async draw(spec, context, evidenceOf, assets) {
    const groups: PanelGroup[] = []
    const own = { layer: spec.layer, filter: spec.filter }
    for (const number of spec.pictures) {
      const picture = pictureOf(context, number)
      const activation = await evidenceOf(requestFor(spec, context, 'filter-activation', number, own))
      const visualization = await evidenceOf(requestFor(spec, context, 'filter-visualization', number, own))
      groups.push({
        panels: [
          await picturePanel(picture, activation, context, assets),
          await activationPanel(picture, activation, assets),
          await visualizationPanel(picture, visualization, assets),
        ],
      })
    }
    return {
      groups,
      alternative: say(
        `圖片 ${spec.pictures.join('、')}，以及 cnnid = ${spec.layer}、filterid = ${spec.filter} 的 filter activation 與 filter visualization。`,
        `${spec.pictures.length === 1 ? 'Picture' : 'Pictures'} ${spec.pictures.join(', ')} with the filter activation and the filter visualization at cnnid = ${spec.layer}, filterid = ${spec.filter}.`,
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
    return {
      groups: [{ panels }, { panels: [strip] }],
      alternative: together(
        say(
          `圖片 ${spec.picture} 在 cnnid = ${spec.layer}、filterid = ${spec.filter} 的 filter visualization。`,
          `Filter visualization of picture ${spec.picture} at cnnid = ${spec.layer}, filterid = ${spec.filter}.`,
        ),
        strip.alternative,
      ),
    }
  },
}
