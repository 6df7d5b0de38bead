import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareArrangements, isSameArrangement } from '@/lib/pools/arrangement'
import type { ArrangedPool } from '@/lib/pools/view'

const questions = ['a', 'b', 'c', 'd', 'e']

/** Up to three pools of one letter each, each question in one of them or in none. */
const anyArrangement = fc
  .record({
    draws: fc.uniqueArray(
      fc.record({ name: fc.constantFrom('x', 'y', 'z'), draw: fc.integer({ min: 1, max: 5 }) }),
      {
        selector: ({ name }) => name,
      },
    ),
    places: fc.array(fc.nat({ max: 3 }), { minLength: questions.length, maxLength: questions.length }),
  })
  .map(({ draws, places }): ArrangedPool[] =>
    draws.map(({ name, draw }, at) => ({
      title: { zh: name, en: name },
      draw,
      questionIds: questions.filter((_, index) => places[index] === at),
    })),
  )

describe('two arrangements of pools', () => {
  it('differ in nothing exactly where they are the same but for the order of the pools', () => {
    const inOrder = (pools: readonly ArrangedPool[]) =>
      pools.toSorted((one, other) => one.title.en.localeCompare(other.title.en))
    fc.assert(
      fc.property(anyArrangement, anyArrangement, (mine, theirs) => {
        const { draws, moved } = compareArrangements(mine, theirs, questions)
        expect(draws.length + moved.length === 0).toBe(isSameArrangement(inOrder(mine), inOrder(theirs)))
      }),
    )
  })

  it('are told apart pool by pool and question by question', () => {
    const title = { zh: '甲', en: 'A' }
    const mine = [{ title, draw: 1, questionIds: ['a', 'b'] }]
    const theirs = [
      { title, draw: 2, questionIds: ['b', 'c'] },
      { title: { zh: '乙', en: 'B' }, draw: 1, questionIds: ['d'] },
    ]
    expect(compareArrangements(mine, theirs, questions)).toEqual({
      draws: [
        { title, mine: 1, theirs: 2 },
        { title: { zh: '乙', en: 'B' }, mine: null, theirs: 1 },
      ],
      moved: [
        { questionId: 'a', mine: title, theirs: null },
        { questionId: 'c', mine: null, theirs: title },
        { questionId: 'd', mine: null, theirs: { zh: '乙', en: 'B' } },
      ],
    })
  })
})
