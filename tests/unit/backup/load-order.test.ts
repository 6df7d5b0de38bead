import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadOrder } from '@/lib/backup/manifest'

describe('the order of loading', () => {
  it('puts what is referred to first, whatever the tables', () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((size) =>
      fc.record({
        names: fc.constant(Array.from({ length: size }, (_, index) => `t${index}`)),
        // From larger to smaller numbers only, so that there is no circle; a table may refer to itself.
        pairs: fc.array(fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 }))),
      }),
    )
    fc.assert(
      fc.property(graph, ({ names, pairs }) => {
        const references = pairs.map(([a, b]) => [`t${Math.max(a, b)}`, `t${Math.min(a, b)}`] as const)
        const order = loadOrder(names, references)
        expect([...order].sort()).toEqual([...names].sort())
        for (const [from, to] of references)
          expect(order.indexOf(to)).toBeLessThanOrEqual(order.indexOf(from))
      }),
    )
  })

  it('refuses a circle', () => {
    expect(() =>
      loadOrder(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    ).toThrow(/circle: a, b/)
  })
})
