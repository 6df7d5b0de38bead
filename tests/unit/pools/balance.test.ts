import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findPoolProblems, pointsRange } from '@/lib/pools/balance'
import { drawQuestions } from '@/lib/pools/draw'

const anyAssignment = fc.record({
  draws: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  questions: fc.array(fc.record({ at: fc.nat({ max: 3 }), points: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 12,
  }),
})

it('every draw gives points within the range, the same to everybody where nothing is wrong', () => {
  fc.assert(
    fc.property(anyAssignment, fc.nat(), ({ draws, questions }, seed) => {
      const pools = draws.map((draw, at) => ({ poolId: `p${at}`, draw }))
      const placed = questions.map(({ at, points }, index) => {
        const pool = pools[at] ?? null
        return { questionId: `q${index}`, pool, poolId: pool?.poolId ?? null, points }
      })
      const drawn = drawQuestions(placed, seed)
      const { low, high } = pointsRange(pools, placed)
      const total = drawn.reduce((sum, { points }) => sum + points, 0)
      expect(total).toBeGreaterThanOrEqual(low)
      expect(total).toBeLessThanOrEqual(high)
      const issues = findPoolProblems(pools, placed).map(({ issue }) => issue)
      if (!issues.includes('points')) expect(low).toBe(high)
      if (!issues.includes('few'))
        expect(drawn).toHaveLength(
          placed.filter(({ poolId }) => poolId === null).length + draws.reduce((sum, draw) => sum + draw, 0),
        )
    }),
  )
})

it('says which pools have too few questions, and which give different points', () => {
  const pools = [
    { poolId: 'a', draw: 2 },
    { poolId: 'b', draw: 1 },
    { poolId: 'c', draw: 1 },
  ]
  const questions = [
    { poolId: 'a', points: 300 },
    { poolId: 'b', points: 300 },
    { poolId: 'b', points: 200 },
    { poolId: 'c', points: 300 },
    { poolId: null, points: 900 },
  ]
  expect(findPoolProblems(pools, questions)).toEqual([
    { poolId: 'a', issue: 'few' },
    { poolId: 'b', issue: 'points' },
  ])
  expect(pointsRange(pools, questions)).toEqual({ low: 1700, high: 1800 })
})
