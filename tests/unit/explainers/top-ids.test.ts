import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topIds } from '@/lib/explainers/methods/masked-prediction'

describe('the most probable tokens', () => {
  it('are those that sorting everything would give, of equal ones the smaller id first', () => {
    const values = fc.array(fc.constantFrom(0, 0.1, 0.2, 0.3, 0.5, 1), { maxLength: 60 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (given, count) => {
        const sorted = given
          .map((probability, id) => ({ probability, id }))
          .sort((one, other) => other.probability - one.probability || one.id - other.id)
          .slice(0, count)
          .map(({ id }) => id)
        expect(topIds(Float64Array.from(given), count)).toEqual(sorted)
      }),
    )
  })
})
