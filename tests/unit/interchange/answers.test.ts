import { describe, expect, it } from 'vitest'
import { parseAnswers } from '@/lib/interchange/answers'
import { reportScores } from '@/lib/interchange/score-report'
import { readAssignment } from '@/lib/interchange/service'

const document = await readAssignment()
const parse = (value: unknown) =>
  parseAnswers(JSON.stringify(value, null, 2), document.questions, 'answers.json')

describe('parseAnswers', () => {
  it('reads one paper', () => {
    const file = parse({ answers: { q01: ['q01-a'], q02: [] } })
    expect(file).toEqual({
      kind: 'paper',
      answers: new Map([
        ['q01', ['q01-a']],
        ['q02', []],
      ]),
    })
  })

  it('reads a class', () => {
    const file = parse([
      { student: 's1', answers: { q01: ['q01-a'] } },
      { student: 's2', answers: {} },
    ])
    expect(file).toMatchObject({ kind: 'class', papers: [{ student: 's1' }, { student: 's2' }] })
  })

  it.each([
    [
      { answers: { q99: [] } },
      /^answers\.json:3: answers\.q99: there is no part "q99"; allowed are q01, .*q30$/,
    ],
    [{ answers: { q23: ['q23-1-a'] } }, /there is no part "q23"; allowed are q23-1, q23-2$/],
    [
      { answers: { q01: ['q02-a'] } },
      /answers\.q01: there is no option "q02-a"; allowed are q01-a, q01-b, q01-c, q01-d$/,
    ],
    [{ answers: { q02: ['q02-a', 'q02-a'] } }, /answers\.q02: option "q02-a" is named twice/],
    [{ answers: { q01: ['q01-a', 'q01-b'] } }, /answers\.q01: 2 options are chosen; at most 1 may be$/],
    [{ answers: { q02: ['q02-a', 'q02-b', 'q02-c'] } }, /at most 2 may be$/],
    [{ answers: { q01: 'q01-a' } }, /answers\.q01: .*expected array, received string$/],
    [{ answers: { q01: [1] } }, /answers\.q01\[0\]: .*expected string, received number$/],
    [{}, /answers: is missing; expected record$/],
    [{ answers: {}, name: 'x' }, /unknown "name"; allowed are answers$/],
    ['q01', /expected object, received string$/],
    [[], /expected array to have >=1 items$/],
    [[{ answers: {} }], /\[0\]\.student: is missing; expected string$/],
    [
      [
        { student: 's', answers: {} },
        { student: 's', answers: {} },
      ],
      /\[1\]\.student: student "s" has a paper already/,
    ],
    [[{ student: 's', answers: { q01: ['x'] } }], /\[0\]\.answers\.q01: there is no option "x"/],
  ])('refuses %j', (value, message) => {
    expect(() => parse(value)).toThrow(message)
  })

  it('refuses a part that is answered twice, which JSON.parse would not see', () => {
    const json = '{\n  "answers": {\n    "q01": ["q01-a"],\n    "q01": ["q01-b"]\n  }\n}'
    expect(() => parseAnswers(json, document.questions, 'answers.json')).toThrow(
      /^answers\.json:4: this key stands twice/,
    )
  })

  it('reads JSON that is indented with tabs', () => {
    const json = JSON.stringify({ answers: { q01: ['q01-a'] } }, null, '\t')
    expect(parseAnswers(json, document.questions, 'answers.json').kind).toBe('paper')
  })

  it('refuses what is not JSON, in one line', () => {
    expect(() => parseAnswers('{\n "answers": oops\n}', document.questions, 'answers.json')).toThrow(
      /^answers\.json: not JSON: .+$/,
    )
  })
})

describe('reportScores', () => {
  const perfect = Object.fromEntries(
    document.questions.flatMap(({ key }) => Object.entries(key).map(([id, { correct }]) => [id, correct])),
  )

  it('gives a perfect paper 10,000 thousandths, in words of numbers 10.00', () => {
    expect(reportScores(document, parse({ answers: perfect }))).toMatchObject({
      format: 'vitrine-scores/1',
      assignment: 'hw9',
      total: { thousandths: 10_000, maximumThousandths: 10_000, points: '10.00', maximum: '10.00' },
    })
  })

  it('reports every part and question', () => {
    const report = reportScores(
      document,
      parse({ answers: { ...perfect, 'q28-2': ['q28-2-a'], q02: ['q02-a'] } }),
    )
    if (!('questions' in report)) throw new Error('one paper was expected')
    expect(report.total).toMatchObject({ thousandths: 9_500, points: '9.50' })
    expect(report.questions).toHaveLength(30)
    expect(report.questions[27]).toEqual({
      question: 'q28',
      thousandths: 200,
      maximumThousandths: 400,
      points: '0.20',
      maximum: '0.40',
      parts: [
        {
          part: 'q28-1',
          thousandths: 200,
          maximumThousandths: 200,
          points: '0.20',
          maximum: '0.20',
          rule: 'exact',
          chosen: ['q28-1-b'],
        },
        {
          part: 'q28-2',
          thousandths: 0,
          maximumThousandths: 200,
          points: '0.00',
          maximum: '0.20',
          rule: 'exact',
          chosen: ['q28-2-a'],
        },
      ],
    })
  })

  it('reports a class student by student, in the order of the file', () => {
    const report = reportScores(
      document,
      parse([
        { student: 'zoe', answers: perfect },
        { student: 'ada', answers: {} },
      ]),
    )
    if (!('students' in report)) throw new Error('a class was expected')
    expect(report.students.map(({ student, total }) => [student, total.points])).toEqual([
      ['zoe', '10.00'],
      ['ada', '0.00'],
    ])
  })
})
