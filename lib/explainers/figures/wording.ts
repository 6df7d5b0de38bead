import type { Bilingual } from '../bilingual'
import type { Evidence, Variant } from '../evidence'
import { formatNumber } from './number-format'

/** Words that several layouts use. Neither language is a translation of the other. */

export function say(zh: string, en: string): Bilingual {
  return { zh, en }
}

/** Joins texts: sentence after sentence. */
export function together(...texts: readonly Bilingual[]): Bilingual {
  return say(texts.map(({ zh }) => zh).join(''), texts.map(({ en }) => en).join(' '))
}

export const pictureName = (number: number) => say(`圖片 ${number}`, `Picture ${number}`)

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
