import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fisherLess } from '@/lib/statistics/fisher'
import { holm } from '@/lib/statistics/holm'
import { compareVariants } from '@/lib/statistics/variants'

describe('Fisher’s exact test', () => {
  it('gives the probabilities of the lady tasting tea', () => {
    // Fisher (1935), The Design of Experiments, chapter II: 8 cups, 4 with milk first. Of the 70 ways to name four, one names
    // none of them, 16 name one, 36 two, 16 three and one all.
    const atMost = [0, 1, 2, 3, 4].map((right) => fisherLess(right, 4, 4, 8))
    for (const [right, ways] of [1, 17, 53, 69, 70].entries())
      expect(atMost[right]).toBeCloseTo(ways / 70, 12)
  })

  it('adds up: fewer than k in the group is as many in the rest', () => {
    const counts = fc
      .tuple(fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30))
      .filter(([right, wrong]) => right + wrong > 0 && right > 0)
    fc.assert(
      fc.property(counts, ([right, wrong, restRight, restWrong]) => {
        const size = right + wrong
        const all = size + restRight + restWrong
        const less =
          right > 0 && size - right + 1 <= all - right - restRight
            ? fisherLess(right - 1, size, right + restRight, all)
            : 0
        // Wrong answers as successes: the other tail.
        const more = fisherLess(wrong, size, wrong + restWrong, all)
        expect(less + more).toBeCloseTo(1, 9)
      }),
    )
  })

  it('refuses counts that contradict each other', () => {
    expect(() => fisherLess(5, 4, 4, 8)).toThrow(RangeError)
    expect(() => fisherLess(0, 5, 4, 8)).toThrow(RangeError)
  })
})

describe('Holm’s correction', () => {
  it('multiplies the smallest by their number, the next by one less, and never falls', () => {
    const corrected = holm([0.01, 0.04, 0.03, 0.005])
    for (const [index, value] of [0.03, 0.06, 0.06, 0.02].entries())
      expect(corrected[index]).toBeCloseTo(value, 12)
    expect(holm([])).toEqual([])
    expect(holm([0.8, 0.9])).toEqual([1, 1])
  })

  it('keeps the order, lies between the plain value and Bonferroni’s', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        const adjusted = holm(values)
        for (const [index, value] of values.entries()) {
          expect(adjusted[index]).toBeGreaterThanOrEqual(value)
          expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, value * values.length) + 1e-12)
          for (const [other, rival] of values.entries())
            if (value < rival) expect(adjusted[index]).toBeLessThanOrEqual(adjusted[other]!)
        }
      }),
    )
  })
})

describe('the difficulty of variants', () => {
  /** 20 students with each of three variants: 15, 14 and 5 of them have full points. */
  const varied = {
    item: {
      maximum: 300,
      points: Int32Array.from({ length: 60 }, (_, row) =>
        row % 20 < [15, 14, 5][Math.floor(row / 20)]! ? 300 : 0,
      ),
    },
    variantOf: Array.from({ length: 60 }, (_, row) => ['own', 'one', 'two'][Math.floor(row / 20)]!),
  }
  const names = () => ['own', 'one', 'two', 'never dealt']

  it('is mean, interval and how probable so few full scores would be by chance', () => {
    const [variants] = compareVariants([varied], names)
    expect(
      variants!.map(({ name, students, difficulty, full }) => [name, students, difficulty, full]),
    ).toEqual([
      ['own', 20, 0.75, 15],
      ['one', 20, 0.7, 14],
      ['two', 20, 0.25, 5],
    ])
    // Wilson's interval of 5 of 20.
    expect(variants![2]!.interval.low).toBeCloseTo(0.1119, 4)
    expect(variants![2]!.interval.high).toBeCloseTo(0.4687, 4)
    // 5 of 20 where 34 of 60 are right: 0.0006 by the hypergeometric distribution, times three by Holm.
    expect(variants![2]!.probability).toBeCloseTo(3 * fisherLess(5, 20, 34, 60), 12)
    expect(variants![2]!.probability).toBeLessThan(0.005)
    expect(variants!.map(({ isHarder }) => isHarder)).toEqual([false, false, true])
  })

  it('is corrected over all items: what stands out alone need not among many', () => {
    const even = { ...varied, item: { ...varied.item, points: new Int32Array(60).fill(300) } }
    const many = compareVariants([varied, ...Array.from({ length: 40 }, () => even)], names)
    expect(many[0]![2]!.probability).toBeCloseTo(123 * fisherLess(5, 20, 34, 60), 9)
    expect(many[0]![2]!.isHarder).toBe(false)
  })

  it('tests nothing where there is one variant, and leaves out whoever had none', () => {
    const alone = { ...varied, variantOf: varied.variantOf.map((name) => (name === 'own' ? name : null)) }
    expect(compareVariants([alone], names)).toEqual([
      [expect.objectContaining({ name: 'own', students: 20, probability: null, isHarder: false })],
    ])
  })
})
