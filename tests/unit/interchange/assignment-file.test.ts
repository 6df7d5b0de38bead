import { describe, expect, it } from 'vitest'
import { parseAssignmentFile } from '@/lib/interchange/assignment-file'
import { InterchangeError } from '@/lib/interchange/errors'

const heading = `course:
  slug: course
  title: { zh: 課程, en: Course }
assignment:
  slug: one
  title: { zh: 作業, en: Assignment }
  introduction: { zh: 說明, en: Introduction }
  scoreRelease: ON_SUBMIT
  keyRelease: NEVER
questions:
`
const single = `  - id: q01
    topic: lime
    prompt: { zh: 題目, en: Prompt }
    figure: null
    choose: one
    points: 300
    options:
      - { id: q01-a, zh: 甲, en: A }
      - { id: q01-b, correct: true, zh: 乙, en: B }
    explanation: { zh: 解釋, en: Explanation }
`
const double = `  - id: q02
    topic: attention
    prompt: { zh: 題目, en: Prompt }
    figure: { layout: path, picture: 3 }
    parts:
      - id: q02-1
        prompt: { zh: 第一小題, en: First }
        choose: any
        points: 200
        rule: weighted
        options:
          - { id: q02-1-a, correct: true, weight: 1000, zh: 甲, en: A }
          - { id: q02-1-b, weight: -500, zh: 乙, en: B }
        explanation: { zh: 解釋, en: Explanation }
      - id: q02-2
        prompt: { zh: 第二小題, en: Second }
        choose: 2
        points: 100
        rule: coverage
        options:
          - { id: q02-2-a, correct: true, zh: 甲, en: A }
          - { id: q02-2-b, correct: true, zh: 乙, en: B }
        explanation: { zh: 解釋, en: Explanation }
`
const whole = heading + single + double

/** @returns what is wrong with the text, as its one line. */
function mistake(yaml: string): string {
  try {
    parseAssignmentFile(yaml, 'file.yaml')
  } catch (error) {
    if (error instanceof InterchangeError) return error.message
    throw error
  }
  throw new Error('no mistake was found')
}

/** The line on which `text` first stands in the whole file after `change`. */
function changed(from: string, to: string): { message: string; line: number } {
  if (!whole.includes(from)) throw new Error(`the test's file does not hold ${from}`)
  const yaml = whole.replace(from, to)
  const before = whole.slice(0, whole.indexOf(from))
  return { message: mistake(yaml), line: before.split('\n').length }
}

describe('parseAssignmentFile', () => {
  it('reads one-part and several-part questions, with what was left out filled in', () => {
    const document = parseAssignmentFile(whole, 'file.yaml')
    expect(document.assignment).toMatchObject({ dueAt: null, opensAt: null, keyRelease: 'NEVER' })
    const [first, second] = document.questions
    expect(first).toEqual({
      slug: 'q01',
      content: {
        label: '1',
        topic: 'lime',
        prompt: { zh: '題目', en: 'Prompt' },
        parts: [
          {
            id: 'q01',
            label: '1',
            selection: { kind: 'one' },
            points: 300,
            options: [
              { id: 'q01-a', text: { zh: '甲', en: 'A' } },
              { id: 'q01-b', text: { zh: '乙', en: 'B' } },
            ],
          },
        ],
      },
      key: {
        q01: { correct: ['q01-b'], rule: { name: 'exact' }, explanation: { zh: '解釋', en: 'Explanation' } },
      },
      figure: null,
    })
    expect(second?.content.parts.map(({ label, selection }) => [label, selection])).toEqual([
      ['2.1', { kind: 'any' }],
      ['2.2', { kind: 'count', count: 2 }],
    ])
    expect(second?.key['q02-1']?.rule).toEqual({
      name: 'weighted',
      fractions: { 'q02-1-a': 1000, 'q02-1-b': -500 },
    })
    expect(second?.figure).toMatchObject({ layout: 'path', steps: 10, model: 'food-cnn', seed: 16 })
  })

  it.each([
    ['topic: lime', 'topic: lemon', 'questions[0].topic: ', '"lime"|"saliency"'],
    ['points: 300', 'points: 0.3', 'questions[0].points: ', 'expected int'],
    ['choose: one', 'choose: none', 'questions[0].choose: ', 'expected "one", "any", or the number'],
    [
      'figure: null',
      'figure: { layout: film }',
      'questions[0].figure.layout: ',
      "Expected 'maps' | 'occlusion'",
    ],
    ['figure: null', 'figure: { layout: path, picture: -1 }', 'questions[0].figure.picture: ', '>=0'],
    [
      '- { id: q01-a, zh',
      '- { id: q01-a, ok: true, zh',
      'questions[0].options[0]: ',
      'unknown "ok"; allowed are id, correct',
    ],
    ['rule: coverage', 'rule: partial', 'questions[1].parts[1].rule: ', '"exact"|"right-minus-wrong"'],
    ['correct: true, zh: 乙', 'correct: false, zh: 乙', 'questions[0].options[1].correct: ', 'leave it out'],
    ['weight: -500', 'weight: 500', 'questions[1].parts[0]: ', 'allowed is −1000 to 0'],
    ['choose: 2', 'choose: 3', 'questions[1].parts[1]: ', 'asks for exactly 3'],
    ['id: q02-1-b', 'id: q02-1-a', 'questions[1].parts[0]: ', 'used twice'],
    ['- id: q02\n', '- id: q01\n', 'questions[1]: ', 'question "q01" is there twice'],
    ['- id: q02-1\n', '- id: q01\n', 'questions[1].parts[0]: ', 'belongs to question "q01" already'],
    ['rule: coverage', 'rule: weighted', 'questions[1].parts[1]: ', 'add up to 0; they must make 1000'],
  ])('%s → %s: says where and what is allowed', (from, to, path, allowed) => {
    const { message } = changed(from, to)
    expect(message).toContain(`: ${path}`)
    expect(message).toContain(allowed)
    expect(message).not.toContain('\n')
  })

  it('gives the line of the mistake', () => {
    for (const [from, to] of [
      ['topic: lime', 'topic: lemon'],
      ['rule: coverage', 'rule: partial'],
      ['  - { id: q01-a, zh: 甲', '  - { id: q01-A, zh: 甲'],
    ] as const) {
      const { message, line } = changed(from, to)
      expect(message).toMatch(new RegExp(`^file\\.yaml:${line}: `))
    }
  })

  it('says what is missing, at the question that misses it', () => {
    const { message } = changed('    points: 300\n', '')
    expect(message).toBe('file.yaml:11: questions[0].points: is missing; expected number')
    expect(changed('correct: true, zh: 乙', 'zh: 乙').message).toContain('mark at least one')
  })

  it('refuses weights under another rule', () => {
    expect(changed('rule: weighted', 'rule: exact').message).toContain('this rule is exact')
  })

  it('counts further mistakes', () => {
    const yaml = whole.replace('topic: lime', 'topic: lemon').replace('points: 300', 'points: none')
    expect(mistake(yaml)).toMatch(/ \(and 1 more\)$/)
  })

  it('refuses text that is not YAML, a key that stands twice, and a file without questions', () => {
    expect(mistake('course: [')).toMatch(/^file\.yaml:\d+: not YAML: /)
    expect(changed('points: 300', 'points: 300\n    points: 400').message).toMatch(
      /^file\.yaml:\d+: this key stands twice/,
    )
    expect(mistake(heading.replace('questions:\n', 'questions: []\n'))).toContain('questions: ')
    expect(mistake('')).toContain('expected object')
  })
})
