import { type Layout, pictureOf } from '../context'
import type { PanelGroup } from '../document'
import { mapPanel, picturePanel } from '../panels'
import { requestFor } from '../requests'
import type { FigureSpecOf, MapMethod } from '../spec'
import { capital, classNote, methodNames, nameOfPictures, ownScale, say, spaced, together } from '../wording'

const plain: readonly MapMethod[] = ['saliency', 'smooth-grad', 'integrated-gradients']

/** Each picture beside the maps that the methods make of it, a group for each picture. */
export const maps: Layout<FigureSpecOf<'maps'>> = {
  // By method, as a student who opens the figure first meets its first column.
  requests: (spec, context) =>
    spec.methods.flatMap((method) =>
      spec.pictures.map((picture) => requestFor(spec, context, method, picture)),
    ),

  async draw(spec, context, evidenceOf, assets) {
    const groups: PanelGroup[] = []
    const pictures = spec.pictures.map((id) => pictureOf(context, id))
    for (const picture of pictures) {
      const panels = []
      for (const method of spec.methods) {
        const evidence = await evidenceOf(requestFor(spec, context, method, picture.id))
        if (panels.length === 0) panels.push(await picturePanel(picture, evidence, context, assets))
        panels.push(await mapPanel(method, picture, evidence, context, assets))
      }
      groups.push({ panels })
    }
    const shown = nameOfPictures(...pictures)
    const names = spec.methods.map((method) => methodNames[method].en).join(', ')
    const [onlyPicture, ...others] = pictures
    const label = onlyPicture && others.length === 0 && classNote(context.model.classes, onlyPicture.label)
    return {
      groups,
      alternative: together(
        say(
          spaced(`${shown.zh}與各自的解釋圖：${names.replaceAll(', ', '、')}。`),
          `${capital(shown.en)} beside what is made of ${others.length === 0 ? 'it' : 'each'}: ${names}.`,
        ),
        ...(label ? [say(`${label.zh}。`, `${label.en}.`)] : []),
        ...(spec.methods.some((method) => plain.includes(method))
          ? [say(`${ownScale.zh}。`, `Each map is ${ownScale.en.toLowerCase()}.`)]
          : []),
      ),
    }
  },
}
