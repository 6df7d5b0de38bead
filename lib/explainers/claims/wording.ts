import type { Bilingual } from '../bilingual'
import type { PictureTitles } from '../pictures/picture-name'
import type { Claim, Comparison, Trend } from './claim'
import { evaluateClaim } from './evaluate'
import type { Measurement } from './measurement'
import { formatNumber } from './number-format'
import { quantityOf } from './quantities'
import type { Reading, ReadingValue } from './reading'

/** What a claim's names stand for. */
export interface ClaimContext {
  readonly measurements: { readonly [name: string]: Measurement }
  /** Where it has been measured: gives subjects their names and numbers. */
  readonly readings?: { readonly [name: string]: Pick<Reading, 'values'> }
  /** Of uploaded pictures. */
  readonly titles?: PictureTitles
}

const trends: Readonly<Record<Trend, Bilingual>> = {
  rises: { zh: '上升', en: 'rises' },
  falls: { zh: '下降', en: 'falls' },
  'rises-then-falls': { zh: '先升後降', en: 'rises, then falls' },
  'falls-then-rises': { zh: '先降後升', en: 'falls, then rises' },
}

/** @returns the claim as a sentence without its numbers, for a reader who decides whether it says what an option says. */
export function describeClaim(claim: Claim, context: ClaimContext): Bilingual {
  return joinTerms(claim, (comparison) => {
    const { title } = titleOf(comparison, context)
    const { zh, en } = predicateOf(comparison, context)
    return { zh: `${title.zh}：${zh}`, en: `${title.en}: ${en}` }
  })
}

/** @returns why the claim is true or false: the numbers that decide, in a sentence for each comparison. */
export function explainOutcome(claim: Claim, context: ClaimContext): Bilingual {
  return joinTerms(claim, (comparison) => {
    const { title, unit } = titleOf(comparison, context)
    const { zh, en } = predicateOf(comparison, context)
    const { holds } = evaluateClaim(comparison, context.readings ?? {})
    const truth =
      holds === null
        ? { zh: '無法判定', en: 'open' }
        : holds
          ? { zh: '成立', en: 'true' }
          : { zh: '不成立', en: 'false' }
    const numbers = numbersOf(comparison, context, unit)
    return {
      zh: `${title.zh}：${zh}——${truth.zh}${numbers && `（${numbers.zh}）`}`,
      en: `${title.en}: ${en}: ${truth.en}${numbers && ` (${numbers.en})`}`,
    }
  })
}

/**
 * @returns the two numbers that decide a claim that sets one subject against another, its own first; null for any other
 * claim, and where they were not measured
 */
export function decidingPair(claim: Claim, { readings }: ClaimContext): [own: number, rival: number] | null {
  if (claim.op === 'all' || claim.op === 'any' || claim.op === 'not') return null
  const [own, rival, ...others] = decidingValues(claim, readings?.[claim.of]?.values ?? [])
  if (others.length > 0 || own?.value == null || rival?.value == null) return null
  return [own.value, rival.value]
}

function joinTerms(claim: Claim, word: (comparison: Comparison) => Bilingual): Bilingual {
  switch (claim.op) {
    case 'all':
    case 'any': {
      const parts = claim.claims.map((term) => joinTerms(term, word))
      const [zh, en] = claim.op === 'all' ? ['；且', '; and '] : ['；或', '; or ']
      return { zh: parts.map((part) => part.zh).join(zh), en: parts.map((part) => part.en).join(en) }
    }
    case 'not': {
      const inner = word(claim.claim)
      return { zh: `並非（${inner.zh}）`, en: `not (${inner.en})` }
    }
    default:
      return word(claim)
  }
}

function titleOf({ of }: Comparison, { measurements, titles }: ClaimContext) {
  const measurement = measurements[of]
  return measurement ? quantityOf(measurement, titles) : ({ title: { zh: of, en: of }, unit: '' } as const)
}

function predicateOf(claim: Comparison, context: ClaimContext): Bilingual {
  if (claim.op === 'trend') return trends[claim.trend]
  const name = nameOf(claim.of, claim.subject, context)
  switch (claim.op) {
    case 'highest':
      return { zh: `${name.zh}最高`, en: `${name.en} is highest` }
    case 'lowest':
      return { zh: `${name.zh}最低`, en: `${name.en} is lowest` }
    case 'strongest':
      return { zh: `${name.zh}的絕對值最大`, en: `${name.en} is largest in magnitude` }
    case 'above':
      return { zh: `${name.zh}大於 ${claim.than}`, en: `${name.en} is above ${claim.than}` }
    case 'below':
      return { zh: `${name.zh}小於 ${claim.than}`, en: `${name.en} is below ${claim.than}` }
    case 'exceeds': {
      const other = nameOf(claim.of, claim.other, context)
      return { zh: `${name.zh}大於${other.zh}`, en: `${name.en} is above ${other.en}` }
    }
    case 'nearest': {
      const among = claim.among.join(', ')
      return {
        zh: `${name.zh}在 ${among} 之中最接近 ${claim.to}`,
        en: `of ${among}, ${name.en} is nearest to ${claim.to}`,
      }
    }
    case 'from':
      return {
        zh: `從${name.zh}開始都大於 ${claim.above}，在那之前不是`,
        en: `above ${claim.above} from ${name.en} on, and not before`,
      }
  }
}

/** @returns the numbers that decide, or '' where none were measured. */
function numbersOf(claim: Comparison, { readings }: ClaimContext, unit: string): Bilingual | '' {
  const values = readings?.[claim.of]?.values ?? []
  if (values.length === 0) return ''
  const word = (value: ReadingValue, language: keyof Bilingual) =>
    `${value.name[language]} ${formatNumber(value.value, unit)}`
  const shown = decidingValues(claim, values)
  return {
    zh: shown.map((value) => word(value, 'zh')).join('、'),
    en: shown.map((value) => word(value, 'en')).join(', '),
  }
}

function decidingValues(claim: Comparison, values: readonly ReadingValue[]): readonly ReadingValue[] {
  const own = (subject: string) => values.filter((value) => value.subject === subject)
  switch (claim.op) {
    case 'above':
    case 'below':
    case 'nearest':
      return own(claim.subject)
    case 'exceeds':
      return [...own(claim.subject), ...own(claim.other)]
    case 'highest':
    case 'lowest':
    case 'strongest': {
      const size = (value: number | null) => {
        if (value === null) return Number.NEGATIVE_INFINITY
        if (claim.op === 'strongest') return Math.abs(value)
        return claim.op === 'highest' ? value : -value
      }
      const rival = values
        .filter(({ subject }) => subject !== claim.subject)
        .toSorted((one, other) => size(other.value) - size(one.value))[0]
      return [...own(claim.subject), ...(rival ? [rival] : [])]
    }
    case 'from':
    case 'trend':
      return values
  }
}

function nameOf(of: string, subject: string, { readings }: ClaimContext): Bilingual {
  const known = readings?.[of]?.values.find((value) => value.subject === subject)
  return known?.name ?? { zh: subject, en: subject }
}
