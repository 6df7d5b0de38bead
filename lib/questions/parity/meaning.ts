import type { Bilingual } from '@/lib/explainers/bilingual'

/** Words that turn a sentence round, in both languages. Only presence is compared: languages say things differently. */

const chineseNegation = /[不沒無非未勿否錯]|別(?!的|人)/u
/** Words with such a character that deny nothing. */
const chineseNoNegation =
  /不同|不只|不僅|不但|不過|不斷|不管|不論|無論|不久|不少|差不多|非常|未來|是否|能否|可否|與否|要不要|是不是|有沒有|會不會|能不能|不得不|錯落|交錯/gu
const englishNegation =
  /\b(?:not|no|never|none|neither|nor|cannot|without|nothing|nobody|nowhere|except|fewest|least|hardly|rarely|seldom|unable|fails?|lacks?|missing|wrong|false|incorrect|impossible|irrelevant|independent|invalid|inactive|invisible|unrelated|unclear|unlikely|unimportant|unchanged|unaffected|uncorrelated|unnecessary|un[a-z]+ed|non-?[a-z]+)\b|n[’']t\b/i
const englishNoNegation = /\bnot only\b|\bat least\b|\bno matter\b|\bwhether or not\b|\bnotes?\b|\bunited\b/gi

/** @returns whether exactly one of the texts denies something. */
export function negatesInOneOnly({ zh, en }: Bilingual): boolean {
  return isNegatedInChinese(zh) !== englishNegation.test(en.replace(englishNoNegation, ''))
}

function isNegatedInChinese(zh: string): boolean {
  return chineseNegation.test(zh.replace(chineseNoNegation, '')) || /最[少小低弱]/.test(zh)
}

interface Side {
  readonly zh: RegExp
  readonly en: RegExp
  readonly name: Bilingual
}

const opposites: readonly (readonly [Side, Side])[] = [
  [
    {
      zh: /最[多大高強]|最為重要/,
      en: /\b(?:most|largest|highest|greatest|strongest|biggest|maxim\w+)\b/i,
      name: { zh: '最大', en: 'most' },
    },
    {
      zh: /最[少小低弱]/,
      en: /\b(?:least|fewest|smallest|lowest|weakest|minim\w+)\b/i,
      name: { zh: '最小', en: 'least' },
    },
  ],
  [
    { zh: /正相關|正向|正值|正數|正的/, en: /\bpositive(?:ly)?\b/i, name: { zh: '正', en: 'positive' } },
    { zh: /負(?!責|擔)/, en: /\bnegative(?:ly)?\b/i, name: { zh: '負', en: 'negative' } },
  ],
  [
    {
      zh: /增加|上升|提高|變大|變多/,
      en: /\b(?:increas\w+|rises?|rising|raises?|grows?)\b/i,
      name: { zh: '增加', en: 'increase' },
    },
    {
      zh: /減少|下降|降低|變小|變少/,
      en: /\b(?:decreas\w+|falls?|falling|lowers?|shrinks?|drops?)\b/i,
      name: { zh: '減少', en: 'decrease' },
    },
  ],
  [
    { zh: /左/, en: /\bleft\b/i, name: { zh: '左', en: 'left' } },
    { zh: /右/, en: /\bright\b/i, name: { zh: '右', en: 'right' } },
  ],
  [
    { zh: /紅/, en: /\bred\b/i, name: { zh: '紅', en: 'red' } },
    { zh: /綠/, en: /\bgreen\b/i, name: { zh: '綠', en: 'green' } },
  ],
]

/** @returns pairs of opposites of which the Chinese text names the one only, and the English the other only. */
export function contrarySides({ zh, en }: Bilingual): { readonly zh: Bilingual; readonly en: Bilingual }[] {
  return opposites.flatMap(([one, other]) => {
    const only = (text: string, language: 'zh' | 'en') => {
      const [hasOne, hasOther] = [one[language].test(text), other[language].test(text)]
      return hasOne === hasOther ? null : hasOne ? one : other
    }
    const [chinese, spoken] = [only(zh, 'zh'), only(en, 'en')]
    return chinese && spoken && chinese !== spoken ? [{ zh: chinese.name, en: spoken.name }] : []
  })
}

/** How many options a prompt asks for: a number, `any`, or null where it does not say. */
export type AskedFor = number | 'any' | null

const counts: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 },
  ...{ 一: 1, 二: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6 },
}

/** @returns what a prompt in Chinese asks for: 選兩個選項, 可複選. */
export function askedForInChinese(prompt: string): AskedFor {
  if (/複選|多選|選出所有|選擇所有|所有正確/.test(prompt)) return 'any'
  const [, number] = /選(?:擇|出)?\s*([一二兩三四五六]|\d+)\s*(?:個|項)/.exec(prompt.normalize('NFKC')) ?? []
  return number === undefined ? null : (counts[number] ?? Number(number))
}

/** @returns what a prompt in English asks for: "choose two options", "select all that apply". */
export function askedForInEnglish(prompt: string): AskedFor {
  if (
    /\ball (?:that|which) (?:apply|are)\b|\b(?:choose|select|pick|mark|tick) (?:all|any)\b|\bone or more\b/i.test(
      prompt,
    )
  )
    return 'any'
  const pattern =
    /\b(?:choose|select|pick|mark|tick)\s+(?:the\s+|exactly\s+|any\s+)?(one|two|three|four|five|six|\d+)\b(?=\s+(?:of|correct|right|options?|answers?|items?|choices?|statements?)\b|\s*[).:;]|\s*$)/i
  const [, number] = pattern.exec(prompt) ?? []
  return number === undefined ? null : (counts[number.toLowerCase()] ?? Number(number))
}
