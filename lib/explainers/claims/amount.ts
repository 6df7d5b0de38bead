import type { Bilingual } from '../bilingual'
import { formatNumber } from './number-format'

/** How a number of a measurement is said in a sentence. */
export interface Amount {
  /** With what it is a multiple of: "2.23 times the picture’s average". */
  full(value: number): Bilingual
  /** Beside another number of the same kind: "1.72×". */
  brief(value: number): Bilingual
}

const same = (text: string): Bilingual => ({ zh: text, en: text })
/** Zero needs no unit. */
const always = (say: (value: number) => string): Amount => {
  const word = (value: number) => same(value === 0 ? '0' : say(value))
  return { full: word, brief: word }
}

/** A plain number, or one with its unit. */
export const plain = (unit: '' | '‰' = ''): Amount => always((value) => formatNumber(value, unit))

/** A change: its sign is part of what it says. */
export const change: Amount = always((value) => `${value > 0 ? '+' : ''}${formatNumber(value)}`)

/** A share, of which 1 is the whole. */
export const percent: Amount = always((value) => `${formatNumber(100 * value)} %`)

/** Below this a multiple is as good as nothing, and its digits would only be in the way. */
const negligible = 0.001

/** A multiple of something. */
export function times(of: Bilingual): Amount {
  const few = (value: number) => value >= 0 && value < negligible
  return {
    full: (value) =>
      few(value)
        ? { zh: `不到${of.zh}的 ${negligible} 倍`, en: `less than ${negligible} times ${of.en}` }
        : { zh: `${of.zh}的 ${formatNumber(value)} 倍`, en: `${formatNumber(value)} times ${of.en}` },
    brief: (value) =>
      few(value)
        ? { zh: `不到 ${negligible} 倍`, en: `less than ${negligible}×` }
        : { zh: `${formatNumber(value)} 倍`, en: `${formatNumber(value)}×` },
  }
}
