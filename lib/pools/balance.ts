import type { QuestionPool } from '@/lib/pools/draw'

/**
 * What is wrong with a pool. `few`: fewer of its questions can be asked than are drawn. `points`: they differ in their full
 * points, so that students can reach different totals.
 */
export interface PoolProblem {
  readonly poolId: string
  readonly issue: 'few' | 'points'
}

/**
 * Whether every draw gives as many questions and the same total.
 * @param questions those that a draw may choose, with their full points in thousandths
 */
export function findPoolProblems(
  pools: readonly QuestionPool[],
  questions: readonly { readonly poolId: string | null; readonly points: number }[],
): PoolProblem[] {
  return pools.flatMap(({ poolId, draw }): PoolProblem[] => {
    const members = questions.filter((question) => question.poolId === poolId)
    const few = members.length < draw ? [{ poolId, issue: 'few' as const }] : []
    const uneven = new Set(members.map(({ points }) => points)).size > 1
    return [...few, ...(uneven ? [{ poolId, issue: 'points' as const }] : [])]
  })
}

/**
 * The least and the most that a draw can give, thousandths: one number where the questions of each pool give the same.
 * @param questions as for `findPoolProblems`
 */
export function pointsRange(
  pools: readonly QuestionPool[],
  questions: readonly { readonly poolId: string | null; readonly points: number }[],
): { readonly low: number; readonly high: number } {
  const pointsOf = (id: string | null) =>
    questions
      .flatMap(({ poolId, points }) => (poolId === id ? [points] : []))
      .sort((one, other) => one - other)
  const sum = (points: readonly number[]) => points.reduce((all, one) => all + one, 0)
  let low = sum(pointsOf(null))
  let high = low
  for (const { poolId, draw } of pools) {
    const points = pointsOf(poolId)
    low += sum(points.slice(0, draw))
    high += sum(points.slice(-draw))
  }
  return { low, high }
}
