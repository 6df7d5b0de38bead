import type { Bilingual } from '@/lib/explainers/bilingual'
import type { QuestionContent, QuestionKey, QuestionPart } from './content'
import { renderMarkdown } from './markdown'
import { optionLetter } from './option-letter'
import { askedForInChinese, askedForInEnglish, contrarySides, negatesInOneOnly } from './parity/meaning'
import { differingNumbers, numbersInChinese, numbersInEnglish } from './parity/numbers'

/**
 * Whether a question asks the same in both languages, as far as that can be seen without understanding it. A `warning`
 * rests on words and may be wrong; an `error` is a fact, and the question should not be published with it.
 */

export type ParityField = 'prompt' | 'part-prompt' | 'option' | 'explanation'

export interface ParityProblem {
  /** null: of the whole question. */
  readonly partId: string | null
  readonly field: ParityField
  /** Where the field is an option. */
  readonly optionId: string | null
  readonly kind:
    | 'missing'
    | 'numbers'
    | 'negation'
    | 'opposite'
    | 'formulas'
    | 'code'
    | 'structure'
    | 'same-options'
    | 'asked-for'
  readonly severity: 'error' | 'warning'
  readonly message: Bilingual
}

type Found = Pick<ParityProblem, 'kind' | 'severity' | 'message'>
type Place = Pick<ParityProblem, 'partId' | 'field' | 'optionId'>

/**
 * @param key a draft's may lack parts
 * @returns problems in the order of the page; empty where both languages seem to say the same
 */
export function findParityProblems(content: QuestionContent, key: QuestionKey): ParityProblem[] {
  const at = (place: Place, found: readonly Found[]) => found.map((problem) => ({ ...place, ...problem }))
  return [
    ...at({ partId: null, field: 'prompt', optionId: null }, [
      ...missing(content.prompt),
      ...textProblems(content.prompt),
      ...meaningProblems(content.prompt),
    ]),
    ...content.parts.flatMap((part) => {
      const explanation = key[part.id]?.explanation
      const place = (field: ParityField, optionId: string | null = null) => ({
        partId: part.id,
        field,
        optionId,
      })
      return [
        ...(part.prompt
          ? at(place('part-prompt'), [
              ...missing(part.prompt),
              ...textProblems(part.prompt),
              ...meaningProblems(part.prompt),
            ])
          : []),
        ...at(
          part.prompt ? place('part-prompt') : { partId: null, field: 'prompt', optionId: null },
          askedForProblems(part.prompt ?? content.prompt, part),
        ),
        ...part.options.flatMap(({ id, text }) =>
          at(place('option', id), [
            ...missing(text),
            ...textProblems(text, 'inline'),
            ...meaningProblems(text),
            ...sameOptions(id, part),
          ]),
        ),
        ...(explanation
          ? at(place('explanation'), [...missing(explanation), ...textProblems(explanation)])
          : []),
      ]
    }),
  ]
}

const problem = (kind: Found['kind'], zh: string, en: string): Found => ({
  kind,
  severity: kind === 'missing' || kind === 'same-options' ? 'error' : 'warning',
  message: { zh, en },
})

function missing({ zh, en }: Bilingual): Found[] {
  const [noChinese, noEnglish] = [zh.trim() === '', en.trim() === '']
  if (noChinese && noEnglish)
    return [problem('missing', '兩種語言都還沒有文字', 'There is no text in either language')]
  if (noChinese) return [problem('missing', '缺少中文', 'The Chinese is missing')]
  return noEnglish ? [problem('missing', '缺少英文', 'The English is missing')] : []
}

/** What both languages write alike: numbers, formulas, code, paragraphs and lists. */
function textProblems({ zh, en }: Bilingual, variant: 'block' | 'inline' = 'block'): Found[] {
  if (zh.trim() === '' || en.trim() === '') return []
  const [chinese, spoken] = [dissect(zh), dissect(en)]
  const numbers = differingNumbers(numbersInChinese(chinese.prose), numbersInEnglish(spoken.prose))
  const [zhShape, enShape] = [shapeOf(zh, variant), shapeOf(en, variant)]
  return [
    ...(numbers.length > 0
      ? [
          problem(
            'numbers',
            `只有一種語言提到 ${numbers.join('、')}`,
            `Only one language mentions ${numbers.join(', ')}`,
          ),
        ]
      : []),
    ...(isSame(chinese.formulas, spoken.formulas)
      ? []
      : [problem('formulas', '兩種語言的算式不同', 'The formulas differ between the languages')]),
    ...(isSame(chinese.code, spoken.code)
      ? []
      : [problem('code', '兩種語言的程式碼不同', 'The code differs between the languages')]),
    ...(zhShape === enShape
      ? []
      : [
          problem(
            'structure',
            '兩種語言的段落、清單、表格或強調不一致',
            'Paragraphs, lists, tables or emphasis differ between the languages',
          ),
        ]),
  ]
}

/** What turns a sentence round; of short texts only, since an explanation denies this and that. */
function meaningProblems(text: Bilingual): Found[] {
  if (text.zh.trim() === '' || text.en.trim() === '') return []
  return [
    ...(negatesInOneOnly(text)
      ? [problem('negation', '只有一種語言有否定或「最少」', 'Only one language has a “not” or “least”')]
      : []),
    ...contrarySides(text).map(({ zh, en }) =>
      problem(
        'opposite',
        `中文說「${zh.zh}」，英文說「${en.zh}」`,
        `The Chinese says “${zh.en}”, the English “${en.en}”`,
      ),
    ),
  ]
}

interface Dissected {
  readonly prose: string
  readonly formulas: readonly string[]
  readonly code: readonly string[]
}

const codePattern = /(`+)([\s\S]*?[^`])\1(?!`)/g
const formulaPattern = /(?<!\\)(?:\$\$([\s\S]+?)\$\$|\$(\S(?:[^$]*?\S)?)\$(?!\d))/g

function dissect(text: string): Dissected {
  const [code, formulas]: [string[], string[]] = [[], []]
  const prose = text
    .replace(codePattern, (_, __, source: string) => {
      code.push(source.trim())
      return ' '
    })
    .replace(formulaPattern, (_, displayed?: string, inline?: string) => {
      // Words within a formula are another language's own.
      formulas.push((displayed ?? inline ?? '').replace(/\\text\{[^}]*\}/g, '').replace(/\s/g, ''))
      return ' '
    })
  return { prose, formulas: formulas.toSorted(), code: code.toSorted() }
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((item, index) => item === other[index])

/** Paragraphs, lists, tables and emphasis, by number. */
function shapeOf(text: string, variant: 'block' | 'inline'): string {
  const { html } = renderMarkdown(text, variant)
  const tags = html?.match(/<(?:p|ul|ol|li|blockquote|pre|tr|td|th|strong|em|del|br)\b/g) ?? ['<p']
  return tags.toSorted().join('')
}

function sameOptions(id: string, { options }: QuestionPart): Found[] {
  const index = options.findIndex((option) => option.id === id)
  const own = options[index]!
  const said = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase()
  return options.slice(0, index).flatMap((other, at) => {
    const same = (language: 'zh' | 'en') =>
      own.text[language].trim() !== '' && said(own.text[language]) === said(other.text[language])
    const [zh, en] = [same('zh'), same('en')]
    if (!zh && !en) return []
    const where: Bilingual =
      zh && en
        ? { zh: '', en: '' }
        : zh
          ? { zh: '，但英文不同', en: ' in Chinese, but not in English' }
          : { zh: '，但中文不同', en: ' in English, but not in Chinese' }
    return [
      problem(
        'same-options',
        `${zh && !en ? '中文' : en && !zh ? '英文' : ''}與選項 ${optionLetter(at)} 相同${where.zh}`,
        `Says the same as option ${optionLetter(at)}${where.en}`,
      ),
    ]
  })
}

/** Whether "choose two" is what the form asks for. */
function askedForProblems({ zh, en }: Bilingual, { selection }: QuestionPart): Found[] {
  const asked = { zh: askedForInChinese(zh), en: askedForInEnglish(en) }
  if (asked.zh === null && asked.en === null) return []
  const takes = selection.kind === 'one' ? 1 : selection.kind === 'count' ? selection.count : 'any'
  const inChinese = (count: number | 'any') => (count === 'any' ? '任意個' : `${count} 個`)
  const inEnglish = (count: number | 'any') => (count === 'any' ? 'any number' : String(count))
  const wrong = (['zh', 'en'] as const).filter(
    (language) => asked[language] !== null && asked[language] !== takes,
  )
  const found = wrong.map((language) => {
    const said = asked[language]!
    return problem(
      'asked-for',
      `${language === 'zh' ? '中文' : '英文'}題目要選${inChinese(said)}，但本題設定為${inChinese(takes)}`,
      `The ${language === 'zh' ? 'Chinese' : 'English'} asks for ${inEnglish(said)}, but this part takes ${inEnglish(takes)}`,
    )
  })
  if (found.length > 0 || (asked.zh !== null && asked.en !== null)) return found
  const silent = asked.zh === null ? { zh: '中文', en: 'Chinese' } : { zh: '英文', en: 'English' }
  return [
    problem(
      'asked-for',
      `${silent.zh}題目沒有說要選幾個`,
      `The ${silent.en} does not say how many to choose`,
    ),
  ]
}
