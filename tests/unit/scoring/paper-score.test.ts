import { describe, expect, it } from 'vitest'
import { readAssignment } from '@/lib/interchange/service'
import { scorePaper, totalOf } from '@/lib/scoring/paper-score'

const { questions } = await readAssignment()
const key = new Map(
  questions.flatMap((question) => Object.entries(question.key).map(([id, part]) => [id, part.correct])),
)

describe('scorePaper', () => {
  it('gives a perfect paper exactly 10,000 thousandths', () => {
    const score = scorePaper(questions, key)
    expect(score.points).toBe(10_000)
    expect(score.maximum).toBe(10_000)
    expect(score.questions).toHaveLength(30)
  })

  it('gives an empty paper nothing out of 10,000', () => {
    expect(scorePaper(questions, new Map())).toMatchObject({ points: 0, maximum: 10_000 })
  })

  it('scores parts one by one', () => {
    const answers = new Map(key)
    answers.set('q23-1', ['q23-1-a'])
    answers.delete('q30')
    const score = scorePaper(questions, answers)
    expect(score.points).toBe(10_000 - 200 - 400)
    const question = score.questions.find(({ slug }) => slug === 'q23')
    expect(question).toMatchObject({ points: 200, maximum: 400 })
    expect(question?.parts.map(({ points }) => points)).toEqual([0, 200])
  })

  it('reports choices in the order in which the options are shown', () => {
    const score = scorePaper(questions, new Map([['q02', ['q02-d', 'q02-a']]]))
    expect(score.questions[1]?.parts[0]).toMatchObject({ chosen: ['q02-a', 'q02-d'], points: 300 })
  })

  it('refuses a part or an option that the paper does not have', () => {
    expect(() => scorePaper(questions, new Map([['q31', []]]))).toThrow('there is no part "q31"')
    expect(() => scorePaper(questions, new Map([['q01', ['q02-a']]]))).toThrow('there is no option "q02-a"')
  })

  it('refuses a part without a key', () => {
    const [first] = questions
    expect(() => scorePaper([{ ...first!, key: {} }], new Map())).toThrow('part "q01" has no key')
  })

  it('adds nothing up to nothing', () => {
    expect(totalOf([])).toEqual({ points: 0, maximum: 0 })
  })
})
