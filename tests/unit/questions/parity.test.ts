import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAssignment } from '@/lib/interchange/service'
import type { QuestionContent, QuestionPart } from '@/lib/questions/content'
import { findParityProblems } from '@/lib/questions/parity'

const part = (change: Partial<QuestionPart> = {}): QuestionPart => ({
  id: 'p',
  label: '1',
  selection: { kind: 'one' },
  points: 300,
  options: [
    { id: 'a', text: { zh: '甲', en: 'first' } },
    { id: 'b', text: { zh: '乙', en: 'second' } },
  ],
  ...change,
})
const question = (zh: string, en: string, change: Partial<QuestionPart> = {}): QuestionContent => ({
  label: '1',
  topic: 'lime',
  prompt: { zh, en },
  parts: [part(change)],
})
const kinds = (content: QuestionContent) => findParityProblems(content, {}).map(({ kind }) => kind)

describe('the bundled questions', () => {
  it('have no problem', async () => {
    const { questions } = await readAssignment()
    for (const { content, key } of questions) expect(findParityProblems(content, key)).toEqual([])
  })
})

describe('missing texts', () => {
  it('are errors, with their place', () => {
    const content = question('題目', '', {
      prompt: { zh: '', en: 'Why?' },
      options: [
        { id: 'a', text: { zh: '', en: '' } },
        { id: 'b', text: { zh: '乙', en: 'second' } },
      ],
    })
    const key = {
      p: { correct: ['a'], rule: { name: 'exact' as const }, explanation: { zh: '因為', en: ' ' } },
    }
    expect(
      findParityProblems(content, key).map(({ partId, field, optionId, kind, severity }) => [
        partId,
        field,
        optionId,
        kind,
        severity,
      ]),
    ).toEqual([
      [null, 'prompt', null, 'missing', 'error'],
      ['p', 'part-prompt', null, 'missing', 'error'],
      ['p', 'option', 'a', 'missing', 'error'],
      ['p', 'explanation', null, 'missing', 'error'],
    ])
  })
})

describe('numbers', () => {
  it.each([
    ['第 3 層', 'layer 4'],
    ['1,000 個副本', '100 copies'],
    ['兩張圖片', 'three pictures'],
    ['準確率 0.95', 'an accuracy of 0.9'],
  ])('%s / %s differ', (zh, en) => expect(kinds(question(zh, en))).toEqual(['numbers']))

  it.each([
    ['第三層', 'layer 3'],
    ['第 3 層', 'the third layer'],
    ['１２ 層', '12 layers'],
    ['1000 個副本', '1,000 copies'],
    ['一千個副本', '1,000 copies'],
    ['兩張圖片', 'both pictures'],
    ['一張圖片', 'a picture'],
    ['這個與那個', 'this one and that one'],
    ['十二個 head', 'twelve heads'],
  ])('%s / %s agree', (zh, en) => expect(kinds(question(zh, en))).toEqual([]))

  it('agree whatever they are, where both languages write them with digits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99_999), { maxLength: 5 }), (numbers) => {
        const text = numbers.join('; ')
        expect(kinds(question(`數值 ${text}`, `values ${text}`))).toEqual([])
        const [first] = numbers
        if (first !== undefined && first > 100 && numbers.filter((number) => number === first).length === 1)
          expect(kinds(question(`數值 ${text}`, `values ${numbers.slice(1).join('; ')}`))).toEqual([
            'numbers',
          ])
      }),
    )
  })
})

describe('meaning', () => {
  it.each([
    ['哪個不重要？', 'Which is important?'],
    ['哪個重要？', 'Which is not important?'],
    ['哪個影響最小？', 'Which matters?'],
    ['下列何者錯誤？', 'Which is right?'],
  ])('%s / %s: one denies', (zh, en) => expect(kinds(question(zh, en))).toContain('negation'))

  it.each([
    ['兩種不同的方法', 'two different methods'],
    ['是否重要', 'whether it matters'],
    ['至少要有草莓', 'at least a strawberry'],
    ['無法判斷', 'It cannot be told'],
    ['與類別無關', 'unrelated to the class'],
    ['影響最小', 'has the least influence'],
  ])('%s / %s agree', (zh, en) => expect(kinds(question(zh, en))).toEqual([]))

  it('names opposites', () => {
    const problems = findParityProblems(
      question('草莓是正相關', 'The strawberry is the negative correlation'),
      {},
    )
    expect(problems).toMatchObject([
      { kind: 'opposite', severity: 'warning', message: { zh: '中文說「正」，英文說「負」' } },
    ])
    expect(kinds(question('正的與負的', 'positive and negative'))).toEqual([])
  })
})

describe('formulas, code and structure', () => {
  it.each([
    ['求 $x^2$', 'Find $x^3$', 'formulas'],
    ['呼叫 `f(x)`', 'Call `g(x)`', 'code'],
    ['- 甲\n- 乙', 'first and second', 'structure'],
    ['**很**重要', 'very important', 'structure'],
  ])('%s / %s: %s', (zh, en, kind) => expect(kinds(question(zh, en))).toEqual([kind]))

  it('may word a formula in their own language', () => {
    expect(kinds(question('$L = \\text{損失}$', '$L=\\text{loss}$'))).toEqual([])
    expect(kinds(question('$x_3$ 的值', 'the value of $x_3$'))).toEqual([])
  })
})

describe('options', () => {
  const options = (...texts: [zh: string, en: string][]) =>
    texts.map(([zh, en], index) => ({ id: String(index), text: { zh, en } }))

  it('that say the same in one language are an error', () => {
    const content = question('題', 'q', { options: options(['草莓', 'strawberry'], ['草莓', 'milk']) })
    expect(findParityProblems(content, {})).toMatchObject([
      {
        kind: 'same-options',
        optionId: '1',
        severity: 'error',
        message: { zh: '中文與選項 A 相同，但英文不同' },
      },
    ])
  })

  it('are not the same where one is empty', () => {
    const content = question('題', 'q', { options: options(['甲', ''], ['乙', '']) })
    expect(kinds(content)).toEqual(['missing', 'missing'])
  })
})

describe('how many to choose', () => {
  const two = { selection: { kind: 'count', count: 2 } } as const
  const any = { selection: { kind: 'any' } } as const

  it.each([
    ['哪些？（選兩個選項）', 'Which? (Choose two options)', two],
    ['哪些？（可複選）', 'Which? Select all that apply.', any],
    ['哪個？', 'Which one?', two],
    ['選擇濾波器', 'The selected 2 filters of 2'.replace(/2/g, 'x'), {}],
  ] as const)('%s fits', (zh, en, change) => expect(kinds(question(zh, en, change))).toEqual([]))

  it.each([
    ['哪些？（選兩個選項）', 'Which? (Choose two options)', {}],
    ['哪些？（選三個選項）', 'Which? (Choose three options)', two],
    ['哪些？（可複選）', 'Which? Select all that apply.', two],
    ['哪些？（選 2 個選項）', 'Which?', two],
  ] as const)('%s does not fit', (zh, en, change) =>
    expect(kinds(question(zh, en, change))).toContain('asked-for'),
  )
})
