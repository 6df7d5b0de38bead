import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dealtVersion } from '@/lib/variants/dealing/dealt-version'

const anySeed = fc.nat({ max: 2 ** 31 - 1 })
const versions = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 })

describe('the version that is dealt', () => {
  it('is one of them, the same whatever their order', () => {
    fc.assert(
      fc.property(anySeed, versions, fc.gen(), (seed, ids, gen) => {
        const dealt = dealtVersion(seed, ids)
        expect(ids).toContain(dealt)
        const order = gen(() => fc.shuffledSubarray(ids, { minLength: ids.length }))
        expect(dealtVersion(seed, order)).toBe(dealt)
      }),
    )
  })

  it('stays when others come or go', () => {
    fc.assert(
      fc.property(anySeed, versions, fc.string({ minLength: 9 }), (seed, ids, other) => {
        const dealt = dealtVersion(seed, ids)
        expect([dealt, other]).toContain(dealtVersion(seed, [...ids, other]))
        expect(dealtVersion(seed, [dealt, ...ids.filter((_, at) => at % 2 === 0)])).toBe(dealt)
      }),
    )
  })

  it('is each of five for about a fifth of the attempts, whichever another question deals', () => {
    const count = 10_000
    const ids = ['a', 'b', 'c', 'd', 'e']
    const others = ['v', 'w']
    const times = new Map<string, number>()
    for (let seed = 0; seed < count; seed += 1) {
      const pair = dealtVersion(seed, ids) + dealtVersion(seed, others)
      times.set(pair, (times.get(pair) ?? 0) + 1)
    }
    // Pearson's chi-squared with nine degrees of freedom: above 27.9 once in a thousand.
    const expected = count / (ids.length * others.length)
    const squares = [...times.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
    expect(times.size).toBe(10)
    expect(squares).toBeLessThan(27.9)
  })
})
