import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QuestionPart, Rule } from '@/lib/questions/content'
import { findSelectionProblem } from '@/lib/questions/selection'
import { scorePart } from '@/lib/scoring/part-score'
import { workExamples } from '@/lib/scoring/worked-examples'

const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: 'abcdefgh'[index]!, text: { zh: '字', en: 'text' } }))
const part = (count: number, selection: QuestionPart['selection']) => ({
  options: options(count),
  selection,
  points: 1000,
})
const rows = (rule: Rule, selection: QuestionPart['selection'] = { kind: 'any' }, correct = ['a', 'b']) =>
  workExamples(part(4, selection), { correct, rule }).map(
    ({ kind, chosen, points, reason }) => `${kind} ${chosen.join('')} ${points} ${reason.en}`,
  )

describe('worked examples', () => {
  it('show how choices cancel', () => {
    expect(rows({ name: 'right-minus-wrong' })).toEqual([
      'all-right ab 1000 (2 right − 0 wrong) ÷ 2 correct',
      'one-missing a 500 (1 right − 0 wrong) ÷ 2 correct',
      'one-too-many abc 500 (2 right − 1 wrong) ÷ 2 correct',
      'half-right ac 0 (1 right − 1 wrong) ÷ 2 correct',
      'one-wrong c 0 (0 right − 1 wrong) ÷ 2 correct, never below 0',
      'all-wrong cd 0 (0 right − 2 wrong) ÷ 2 correct, never below 0',
      'everything abcd 0 (2 right − 2 wrong) ÷ 2 correct',
      'nothing  0 (0 right − 0 wrong) ÷ 2 correct',
    ])
  })

  it('show every weight alone', () => {
    const rule: Rule = { name: 'weighted', fractions: { a: 700, b: 300, c: -500 } }
    expect(rows(rule)).toEqual([
      'all-right ab 1000 70 % + 30 % = 100 %',
      'only a 700 70 %',
      'only b 300 30 %',
      'only c 0 −50 %, never below 0',
      'only d 0 0 %',
      'one-too-many abc 500 70 % + 30 % − 50 % = 50 %',
      'half-right ac 200 70 % − 50 % = 20 %',
      'all-wrong cd 0 −50 % + 0 % = −50 %, never below 0',
      'everything abcd 500 70 % + 30 % − 50 % + 0 % = 50 %',
      'nothing  0 nothing chosen',
    ])
  })

  it('give only answers that the part takes', () => {
    expect(rows({ name: 'exact' }, { kind: 'one' }, ['b'])).toEqual([
      'all-right b 1000 exactly the key',
      'one-wrong a 0 not exactly the key',
      'nothing  0 not exactly the key',
    ])
    expect(rows({ name: 'coverage' }, { kind: 'count', count: 2 })).toEqual([
      'all-right ab 1000 2/2 found × 2/2 of the choice right',
      'one-missing a 500 1/2 found × 1/1 of the choice right',
      'half-right ac 250 1/2 found × 1/2 of the choice right',
      'one-wrong c 0 no correct option found',
      'all-wrong cd 0 no correct option found',
      'nothing  0 no correct option found',
    ])
  })

  it('wait for a key', () => expect(rows({ name: 'exact' }, { kind: 'any' }, [])).toEqual([]))

  it('are scored by the rule, possible, different, and begin with full points', () => {
    const rule = fc.constantFrom<Rule>(
      { name: 'exact' },
      { name: 'right-minus-wrong' },
      { name: 'each-decision' },
      { name: 'coverage' },
      { name: 'full-credit' },
    )
    const question = fc.integer({ min: 2, max: 8 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        correct: fc.subarray(
          options(count).map(({ id }) => id),
          { minLength: 1 },
        ),
        rule,
      }),
    )
    fc.assert(
      fc.property(question, ({ count, correct, rule }) => {
        const selection: QuestionPart['selection'] =
          correct.length === 1 ? { kind: 'one' } : { kind: 'count', count: correct.length }
        for (const taken of [selection, { kind: 'any' } as const]) {
          const asked = part(count, taken)
          const examples = workExamples(asked, { correct, rule })
          expect(examples[0]).toMatchObject({ kind: 'all-right', points: 1000 })
          expect(new Set(examples.map(({ chosen }) => chosen.join(' '))).size).toBe(examples.length)
          for (const { chosen, points } of examples) {
            expect(findSelectionProblem(asked, chosen)).toBeNull()
            expect(points).toBe(scorePart(asked.options, { correct, rule }, 1000, chosen).points)
          }
        }
      }),
    )
  })
})
