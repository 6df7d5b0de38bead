import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Drawable, drawQuestions, expectedQuestions } from '@/lib/pools/draw'

/** Questions of up to three pools and of none, mixed; each pool has at least as many as are drawn. */
const anyQuestions = fc
  .tuple(
    fc.nat({ max: 6 }),
    fc.array(fc.record({ draw: fc.integer({ min: 1, max: 4 }), spare: fc.nat({ max: 4 }) }), {
      maxLength: 3,
    }),
    fc.infiniteStream(fc.nat()),
  )
  .map(([fixed, pools, places]): Drawable[] => {
    const questions: Drawable[] = Array.from({ length: fixed }, (_, at) => ({
      questionId: `f${at}`,
      pool: null,
    }))
    for (const [at, { draw, spare }] of pools.entries())
      for (let member = 0; member < draw + spare; member += 1) {
        const question = { questionId: `p${at}-${member}`, pool: { poolId: `p${at}`, draw } }
        questions.splice(places.next().value! % (questions.length + 1), 0, question)
      }
    return questions
  })
const anySeed = fc.nat({ max: 2 ** 31 - 1 })
const ids = (questions: readonly Drawable[]) => questions.map(({ questionId }) => questionId)
const fiveOfPool = (draw: number): Drawable[] =>
  ['a', 'b', 'c', 'd', 'e'].map((questionId) => ({ questionId, pool: { poolId: 'p', draw } }))

describe('the questions that an attempt has', () => {
  it('are all that are in no pool, and as many of each pool as are drawn, in their order', () => {
    fc.assert(
      fc.property(anyQuestions, anySeed, (questions, seed) => {
        const drawn = drawQuestions(questions, seed)
        expect(drawn).toEqual(questions.filter((question) => drawn.includes(question)))
        for (const { pool } of questions)
          if (pool)
            expect(drawn.filter((question) => question.pool?.poolId === pool.poolId)).toHaveLength(pool.draw)
        expect(drawn).toEqual(expect.arrayContaining(questions.filter(({ pool }) => pool === null)))
        expect(expectedQuestions(questions)).toHaveLength(drawn.length)
      }),
    )
  })

  it('are the same for the same seed, whatever is added to or taken from what it did not draw', () => {
    fc.assert(
      fc.property(anyQuestions, anySeed, fc.array(fc.boolean()), (questions, seed, kept) => {
        const drawn = ids(drawQuestions(questions, seed))
        const fewer = questions.filter(
          ({ questionId }, at) => drawn.includes(questionId) || kept[at % (kept.length || 1)],
        )
        const more = [
          { questionId: 'new', pool: null },
          ...fewer,
          { questionId: 'x', pool: { poolId: 'other', draw: 1 } },
        ]
        expect(ids(drawQuestions(fewer, seed))).toEqual(drawn)
        expect(ids(drawQuestions(more, seed))).toEqual(['new', ...drawn, 'x'])
        expect(ids(drawQuestions([...questions].reverse(), seed)).reverse()).toEqual(drawn)
      }),
    )
  })

  it('change by one at most where a question joins a pool', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 1, max: 5 }), (seed, draw) => {
        const before = ids(drawQuestions(fiveOfPool(draw), seed))
        const joined = [...fiveOfPool(draw), { questionId: 'f', pool: { poolId: 'p', draw } }]
        const after = ids(drawQuestions(joined, seed))
        expect(before.filter((id) => !after.includes(id)).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('are each of the ten choices of three of five about equally often', () => {
    const counts = new Map<string, number>()
    const seeds = 10_000
    for (let seed = 0; seed < seeds; seed += 1) {
      const choice = ids(drawQuestions(fiveOfPool(3), seed)).join('')
      counts.set(choice, (counts.get(choice) ?? 0) + 1)
    }
    expect(counts.size).toBe(10)
    // Chi-square with 9 degrees of freedom: fair draws are above 27.9 once in a thousand choices of seeds; these are fixed.
    const expected = seeds / 10
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
    expect(chiSquare).toBeLessThan(27.9)
  })

  it('are drawn from one pool independently of another', () => {
    const questions = ['p', 'q'].flatMap((poolId) =>
      [0, 1].map((at): Drawable => ({ questionId: `${poolId}${at}`, pool: { poolId, draw: 1 } })),
    )
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 4000; seed += 1) {
      const choice = ids(drawQuestions(questions, seed)).join()
      counts.set(choice, (counts.get(choice) ?? 0) + 1)
    }
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120)
    expect(counts.size).toBe(4)
  })
})
