import { describe, expect, it } from 'vitest'
import { layArcs } from '@/app/explore/attention/arc-geometry'

const places = [
  { start: 0, end: 20 },
  { start: 30, end: 50 },
  { start: 60, end: 80 },
]

function ends(path: string): { leave: number; arrive: number; numbers: number[] } {
  const numbers = path.match(/-?[\d.]+/g)!.map(Number)
  return { leave: numbers[0]!, arrive: numbers.at(-2)!, numbers }
}

describe('arcs', () => {
  it('leave a token on the side that they go to, and arrive on the side that they come from', () => {
    const [ahead, back] = layArcs(
      [
        { from: 0, to: 2, weight: 1 },
        { from: 2, to: 0, weight: 1 },
      ],
      places,
      100,
      false,
    ).map((arc) => ends(arc.path))
    expect(ahead).toMatchObject({ leave: 15, arrive: 65 })
    expect(back).toMatchObject({ leave: 65, arrive: 15 })
  })

  it('lead from a token to itself as a small loop', () => {
    const [loop] = layArcs([{ from: 1, to: 1, weight: 1 }], places, 100, false)
    expect(ends(loop!.path)).toMatchObject({ leave: 45, arrive: 35 })
  })

  it('stay within their depth', () => {
    const links = [0, 1, 2].flatMap((from) => [0, 1, 2].map((to) => ({ from, to, weight: 1 })))
    for (const { path } of layArcs(links, places, 100, false)) {
      const [, start = 0, , control = 0] = ends(path).numbers
      // The top of a cubic with level handles is at three quarters of the way to them.
      expect(start - 0.75 * (start - control)).toBeGreaterThanOrEqual(2.9)
    }
  })

  it('of tokens that have no place yet are not drawn', () => {
    expect(layArcs([{ from: 0, to: 9, weight: 1 }], places, 100, false)).toEqual([])
  })
})
