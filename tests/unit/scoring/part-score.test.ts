import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rule } from '@/lib/questions/content'
import { acceptedKeyOf, scorePart } from '@/lib/scoring/part-score'

const options = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const score = (name: Exclude<Rule['name'], 'weighted'>, correct: string[], chosen: string[], points = 300) =>
  scorePart(options, { correct, rule: { name } }, points, chosen).points

describe('worked examples', () => {
  it.each([
    // Two of five correct, 300 thousandths.
    ['exact', ['a', 'b'], ['b', 'a'], 300],
    ['exact', ['a', 'b'], ['a'], 0],
    ['exact', ['a', 'b'], ['a', 'b', 'c'], 0],
    ['right-minus-wrong', ['a', 'b'], ['a'], 150],
    ['right-minus-wrong', ['a', 'b'], ['a', 'c'], 0],
    ['right-minus-wrong', ['a', 'b'], ['a', 'b', 'c'], 150],
    ['right-minus-wrong', ['a', 'b'], ['c', 'd'], 0],
    // 1 − 2/5, 1 − 1/5, 1 − 3/5
    ['each-decision', ['a', 'b'], [], 180],
    ['each-decision', ['a', 'b'], ['a'], 240],
    ['each-decision', ['a', 'b'], ['a', 'b', 'c', 'd', 'e'], 120],
    // 1/2 · 1/1, 1/2 · 1/2, 2/2 · 2/5
    ['coverage', ['a', 'b'], ['a'], 150],
    ['coverage', ['a', 'b'], ['a', 'c'], 75],
    ['coverage', ['a', 'b'], ['a', 'b', 'c', 'd', 'e'], 120],
    ['coverage', ['a', 'b'], ['c'], 0],
  ] as const)('%s, key %j, answer %j: %i', (rule, correct, chosen, points) => {
    expect(score(rule, [...correct], [...chosen])).toBe(points)
  })

  it('rounds a half up', () => {
    // 1/3 of 100 = 33.3, 2/3 of 100 = 66.7, 1/2 of 25 = 12.5, 1/4 of 25 = 6.25
    expect(score('right-minus-wrong', ['a', 'b', 'c'], ['a'], 100)).toBe(33)
    expect(score('right-minus-wrong', ['a', 'b', 'c'], ['a', 'b'], 100)).toBe(67)
    expect(score('right-minus-wrong', ['a', 'b'], ['a'], 25)).toBe(13)
    expect(score('coverage', ['a', 'b'], ['a', 'c'], 25)).toBe(6)
  })

  it('adds up weights and clamps them', () => {
    const rule: Rule = { name: 'weighted', fractions: { a: 700, b: 300, c: -500 } }
    const weighted = (chosen: string[]) =>
      scorePart(options, { correct: ['a', 'b'], rule }, 400, chosen).points
    expect(weighted(['a'])).toBe(280)
    expect(weighted(['b', 'a'])).toBe(400)
    expect(weighted(['a', 'c'])).toBe(80)
    expect(weighted(['b', 'c'])).toBe(0)
    expect(weighted(['a', 'd'])).toBe(280)
    const generous: Rule = { name: 'weighted', fractions: { a: 900, b: 900 } }
    expect(scorePart(options, { correct: ['a', 'b'], rule: generous }, 400, ['a', 'b']).points).toBe(400)
  })

  it('gives full credit to any answer, and nothing of a dropped part', () => {
    const full = { correct: ['a'], rule: { name: 'full-credit' } } as const
    for (const chosen of [[], ['b']])
      expect(scorePart(options, { ...full, correct: ['a'] }, 300, chosen).points).toBe(300)
    const dropped = scorePart(options, { correct: ['a'], rule: { name: 'exact' } }, 0, ['a'])
    expect(dropped).toEqual({ points: 0, maximum: 0, rule: 'exact' })
  })

  it('counts the best of several accepted keys, and says by which rule', () => {
    const key = {
      correct: ['a'],
      rule: { name: 'exact' as const },
      alsoAccepted: [{ correct: ['b', 'c'], rule: { name: 'coverage' as const } }],
    }
    expect(scorePart(options, key, 300, ['a'])).toMatchObject({ points: 300, rule: 'exact' })
    expect(scorePart(options, key, 300, ['b'])).toMatchObject({ points: 150, rule: 'coverage' })
    expect(acceptedKeyOf(options, key, ['b']).correct).toEqual(['b', 'c'])
    expect(acceptedKeyOf(options, key, []).correct).toEqual(['a'])
  })

  it('says which rule it used and what full points are', () => {
    expect(scorePart(options, { correct: ['a'], rule: { name: 'coverage' } }, 200, ['a'])).toEqual({
      points: 200,
      maximum: 200,
      rule: 'coverage',
    })
  })
})

describe('errors', () => {
  const key = { correct: ['a'], rule: { name: 'exact' } } as const
  it.each([-1, 0.5, Number.NaN])('refuses %d points', (points) => {
    expect(() => scorePart(options, { ...key, correct: ['a'] }, points, [])).toThrow(RangeError)
  })
  it('refuses unknown, repeated and missing ids', () => {
    expect(() => score('exact', ['a'], ['f'])).toThrow('there is no option "f"')
    expect(() => score('exact', ['a'], ['b', 'b'])).toThrow('named twice')
    expect(() => score('exact', [], ['b'])).toThrow('at least one option must be correct')
  })
})

/** A part of 2 to 7 options, a key, an answer, and a rule that fits them. */
const cases = fc
  .tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 5000 }))
  .chain(([count, points]) => {
    const ids = Array.from({ length: count }, (_, index) => `o${index}`)
    return fc.record({
      ids: fc.constant(ids),
      points: fc.constant(points),
      correct: fc.subarray(ids, { minLength: 1 }),
      chosen: fc.shuffledSubarray(ids),
      name: fc.constantFrom('exact', 'right-minus-wrong', 'each-decision', 'coverage', 'weighted' as const),
      cuts: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: count, maxLength: count }),
    })
  })
  .map(({ ids, points, correct, chosen, name, cuts }) => {
    const rule: Rule = name === 'weighted' ? { name, fractions: weights(ids, correct, cuts) } : { name }
    const parts = ids.map((id) => ({ id }))
    const scoreOf = (choice: readonly string[]) => scorePart(parts, { correct, rule }, points, choice).points
    return { ids, points, correct, chosen, rule, scoreOf }
  })

/** Weights of the correct options that add up to exactly 1000; the others are 0 or negative. */
function weights(ids: readonly string[], correct: readonly string[], cuts: readonly number[]) {
  const borders = [...cuts.slice(1, correct.length)].sort((one, other) => one - other)
  const edges = [0, ...borders, 1000]
  return Object.fromEntries(
    ids.map((id, index) => {
      const at = correct.indexOf(id)
      return [id, at < 0 ? -(cuts[index] ?? 0) : (edges[at + 1] ?? 0) - (edges[at] ?? 0)]
    }),
  )
}

describe('properties of every rule', () => {
  type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never
  const check = (property: (one: Case) => void) => fc.assert(fc.property(cases, property), { numRuns: 500 })

  it('gives whole thousandths from 0 to full', () =>
    check(({ scoreOf, chosen, points }) => {
      const earned = scoreOf(chosen)
      expect(Number.isInteger(earned)).toBe(true)
      expect(earned).toBeGreaterThanOrEqual(0)
      expect(earned).toBeLessThanOrEqual(points)
    }))

  it('gives the exact key full points', () =>
    check(({ scoreOf, correct, points }) => {
      expect(scoreOf(correct)).toBe(points)
    }))

  it('does not depend on the order of the choices or of the options', () =>
    check(({ scoreOf, chosen, ids, correct, rule, points }) => {
      expect(scoreOf([...chosen].reverse())).toBe(scoreOf(chosen))
      const reversed = [...ids].reverse().map((id) => ({ id }))
      expect(scorePart(reversed, { correct: [...correct].reverse(), rule }, points, chosen).points).toBe(
        scoreOf(chosen),
      )
    }))

  it('never raises a score for a further wrong choice, nor lowers it for a further right one', () =>
    check(({ scoreOf, chosen, ids, correct }) => {
      for (const id of ids.filter((candidate) => !chosen.includes(candidate))) {
        const difference = scoreOf([...chosen, id]) - scoreOf(chosen)
        if (correct.includes(id)) expect(difference).toBeGreaterThanOrEqual(0)
        else expect(difference).toBeLessThanOrEqual(0)
      }
    }))

  it('gives an empty answer nothing, except by each-decision', () =>
    check(({ scoreOf, rule, ids, correct, points }) => {
      if (rule.name !== 'each-decision') expect(scoreOf([])).toBe(0)
      else
        expect(scoreOf([])).toBe(
          Math.floor((2 * points * (ids.length - correct.length) + ids.length) / (2 * ids.length)),
        )
    }))

  it('never gives a partly right answer more by exact than by another rule', () =>
    check(({ ids, correct, chosen, points, scoreOf }) => {
      const exact = scorePart(
        ids.map((id) => ({ id })),
        { correct, rule: { name: 'exact' } },
        points,
        chosen,
      ).points
      expect(exact).toBeLessThanOrEqual(scoreOf(chosen))
    }))
})
