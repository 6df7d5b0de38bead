import { type Layout, pictureOf } from '../context'
import type { PanelGroup } from '../document'
import { mapPanel, picturePanel } from '../panels'
import { requestFor } from '../requests'
import type { FigureSpecOf, MapMethod } from '../spec'
import { classNote, methodNames, ownScale, say, together } from '../wording'

const plain: readonly MapMethod[] = ['saliency', 'smooth-grad', 'integrated-gradients']

/** Each picture beside the maps that the methods make of it, a group for each picture. */
export const maps: Layout<FigureSpecOf<'maps'>> = {
  // By method, as a student who opens the figure first meets its first column.
  requests: (spec, context) =>
    spec.methods.flatMap((method) =>
      spec.pictures.map((number) => requestFor(spec, context, method, number)),
    ),

  async draw(spec, context, evidenceOf, assets) {
    const groups: PanelGroup[] = []
    for (const number of spec.pictures) {
      const picture = pictureOf(context, number)
      const panels = []
      for (const method of spec.methods) {
        const evidence = await evidenceOf(requestFor(spec, context, method, number))
        if (panels.length === 0) panels.push(await picturePanel(picture, evidence, context, assets))
        panels.push(await mapPanel(method, picture, evidence, context, assets))
      }
      groups.push({ panels })
    }
    const numbers = spec.pictures.join(', ')
    const names = spec.methods.map((method) => methodNames[method].en).join(', ')
    const onlyPicture = spec.pictures.length === 1 ? pictureOf(context, spec.pictures[0]!) : undefined
    const label = onlyPicture && classNote(context.model.classes, onlyPicture.label)
    return {
      groups,
      alternative: together(
        say(
          `圖片 ${numbers.replaceAll(', ', '、')} 與各自的解釋圖：${names.replaceAll(', ', '、')}。`,
          `${spec.pictures.length === 1 ? 'Picture' : 'Pictures'} ${numbers} beside what is made of ${spec.pictures.length === 1 ? 'it' : 'each'}: ${names}.`,
        ),
        ...(label ? [say(`${label.zh}。`, `${label.en}.`)] : []),
        ...(spec.methods.some((method) => plain.includes(method))
          ? [say(`${ownScale.zh}。`, `Each map is ${ownScale.en.toLowerCase()}.`)]
          : []),
      ),
    }
  },
}
