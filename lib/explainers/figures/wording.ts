import type { Bilingual } from '../bilingual'
import type { Evidence, Variant } from '../evidence'
import type { PictureName } from '../pictures/picture-name'
import { formatNumber } from './number-format'

/** Words that several layouts use. Neither language is a translation of the other. */

export function say(zh: string, en: string): Bilingual {
  return { zh, en }
}

/** Numbers, names and signs, which both languages write alike. */
export const same = (text: string): Bilingual => say(text, text)

/** Joins texts: sentence after sentence. */
export function together(...texts: readonly Bilingual[]): Bilingual {
  return say(texts.map(({ zh }) => zh).join(''), texts.map(({ en }) => en).join(' '))
}

/** Chinese and Latin letters or digits stand apart. */
export function spaced(zh: string): string {
  return zh
    .replace(/(\p{Script=Han})([A-Za-z0-9−+])/gu, '$1 $2')
    .replace(/([A-Za-z0-9%‰×])(\p{Script=Han})/gu, '$1 $2')
}

/** A bundled picture is called by its number, an uploaded one by its title. */
interface CalledPicture {
  readonly id: PictureName
  readonly title?: Bilingual | undefined
}

/** What a picture is called by itself. */
export function pictureCaption({ id, title = untitled }: CalledPicture): Bilingual {
  return typeof id === 'number' ? say(`圖片 ${id}`, `Picture ${id}`) : title
}

const untitled = say('圖片', 'Picture')

/** Pictures within a sentence: "pictures 0, 5", "picture “Ramen”". Put the Chinese through `spaced`. */
export function nameOfPictures(...pictures: readonly CalledPicture[]): Bilingual {
  const names = pictures.map(({ id, title }) => {
    if (typeof id === 'number') return say(String(id), String(id))
    return title ? say(`「${title.zh}」`, `“${title.en}”`) : say('', '')
  })
  return say(
    spaced(`圖片${names.map(({ zh }) => zh).join('、')}`),
    `${pictures.length === 1 ? 'picture' : 'pictures'} ${names.map(({ en }) => en).join(', ')}`.trimEnd(),
  )
}

/** @returns the sentence begun with a capital letter. */
export const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)

const classNames: Readonly<Record<string, string>> = {
  Bread: '麵包',
  'Dairy product': '乳製品',
  Dessert: '甜點',
  Egg: '蛋',
  'Fried food': '油炸食物',
  Meat: '肉類',
  'Noodles/Pasta': '麵食',
  Rice: '米飯',
  Seafood: '海鮮',
  Soup: '湯',
  'Vegetable/Fruit': '蔬果',
}

/** The classes of the homework's classifier, in their order. */
export const homeworkClasses: readonly string[] = Object.keys(classNames)

/** A class in both languages; classes of other models keep their own name. */
export function className(classes: readonly string[], index: number): Bilingual {
  const name = classes[index] ?? String(index)
  return say(classNames[name] ?? name, name)
}

export function classNote(classes: readonly string[], index: number): Bilingual {
  const name = className(classes, index)
  return say(`類別：${name.zh}`, `Class: ${name.en}`)
}

/** What LIME's numbers are changes of. */
export function outputName(variant: Variant): Bilingual {
  return variant === 'homework' ? say('logit', 'logit') : say('機率', 'probability')
}

export const methodNames = {
  lime: say('LIME', 'LIME'),
  saliency: say('Saliency map', 'Saliency map'),
  'smooth-grad': say('SmoothGrad', 'SmoothGrad'),
  'integrated-gradients': say('Integrated gradients', 'Integrated gradients'),
  'filter-activation': say('Filter activation', 'Filter activation'),
  'filter-visualization': say('Filter visualization', 'Filter visualization'),
} as const satisfies Record<string, Bilingual>

export function logitNote(evidence: Evidence, target: number): Bilingual {
  const value = formatNumber(evidence.arrays.logits!.data[target]!)
  return say(`logit ${value}`, `logit ${value}`)
}

export const ownScale = say(
  '以各圖自己的最小值與最大值上色',
  'Coloured from its own smallest to its own largest value',
)
