import { describe, expect, it } from 'vitest'
import { quantile } from '@/lib/statistics/distribution'
import { extremeGroups, meanInGroup } from '@/lib/statistics/extreme-groups'
import { flagsOf, mayBeChance } from '@/lib/statistics/flags'
import { analyseItems, type ItemAnalysis } from '@/lib/statistics/items'
import { pearson, variance } from '@/lib/statistics/moments'
import { reliability, restOf } from '@/lib/statistics/reliability'
import { wilsonInterval } from '@/lib/statistics/wilson'
import { itemOf, itemsOf } from './class'

/**
 * Satisfaction of clerks with their supervisors in 30 departments: Chatterjee, S., & Price, B. (1977). Regression analysis
 * by example, p. 70 (R's data set `attitude`). The expected values are those that the manual of R's package psych prints
 * for `alpha(attitude)`.
 */
const attitude = {
  rating: '43 63 71 61 81 43 58 71 72 67 64 67 69 68 77 81 74 65 65 50 50 64 53 40 63 66 78 48 85 82',
  complaints: '51 64 70 63 78 55 67 75 82 61 53 60 62 83 77 90 85 60 70 58 40 61 66 37 54 77 75 57 85 82',
  privileges: '30 51 68 45 56 49 42 50 72 45 53 47 57 83 54 50 64 65 46 68 33 52 52 42 42 66 58 44 71 39',
  learning: '39 54 69 47 66 44 56 55 67 47 58 39 42 45 72 72 69 75 57 54 34 62 50 58 48 63 74 45 71 59',
  raises: '61 63 76 54 71 54 66 70 71 62 58 59 55 59 79 60 79 55 75 64 43 66 63 50 66 88 80 51 77 64',
  critical: '92 73 86 84 83 49 68 66 83 80 67 74 63 77 77 54 79 80 85 78 64 80 80 57 75 76 78 83 74 78',
  advance: '45 47 48 35 47 34 35 41 31 41 34 41 25 35 46 36 63 60 46 52 33 41 37 49 33 72 49 38 55 39',
}
const items = Object.values(attitude).map((line) => Int32Array.from(line.split(' '), Number))
const totals = Float64Array.from(items[0]!, (_, row) => items.reduce((sum, item) => sum + item[row]!, 0))

describe('against published values', () => {
  it('Wilson’s interval: the examples of Newcombe (1998), table I, method 3', () => {
    const examples = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const
    for (const [right, n, low, high] of examples) {
      const interval = wilsonInterval(right / n, n)
      expect(interval.low).toBeCloseTo(low, 4)
      expect(interval.high).toBeCloseTo(high, 4)
    }
  })

  it('alpha, alpha if deleted and item-rest correlation: attitude data', () => {
    const { alpha, alphaWithout } = reliability(items, totals)
    expect(alpha).toBeCloseTo(0.84, 2)
    expect(alphaWithout.map((value) => value!.toFixed(2))).toEqual([
      '0.81',
      '0.80',
      '0.83',
      '0.80',
      '0.80',
      '0.86',
      '0.84',
    ])
    expect(items.map((item) => pearson(item, restOf(totals, item))!.toFixed(2))).toEqual([
      '0.67',
      '0.74',
      '0.56',
      '0.71',
      '0.79',
      '0.27',
      '0.46',
    ])
  })

  it('type 7 quantiles, as R’s quantile(c(1, 2, 4, 8))', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile([8, 1, 4, 2], p))).toEqual([1, 1.75, 3, 5, 8])
  })
})

describe('worked by hand', () => {
  // Ten students, four items: totals 4 4 3 3 3 2 2 1 1 0.
  const rows = [
    [1, 1, 1, 1],
    [1, 1, 1, 1],
    [1, 1, 1, 0],
    [1, 1, 1, 0],
    [1, 1, 0, 1],
    [1, 1, 0, 0],
    [1, 0, 1, 0],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 0],
  ]
  const analysis = analyseItems(itemsOf(rows)) as ItemAnalysis

  it('difficulty is the proportion who are right', () => {
    expect(analysis.items.map((item) => item.difficulty)).toEqual([0.8, 0.7, 0.5, 0.3])
  })

  it('KR-20 from Σpq and the variance of totals', () => {
    // Σpq = 0.16 + 0.21 + 0.25 + 0.21 = 0.83; totals have variance (69 − 23²/10)/10 = 1.61.
    expect(analysis.alpha).toBeCloseTo((4 / 3) * (1 - 0.83 / 1.61), 12)
  })

  it('the standard error of measurement is σ√(1 − α)', () => {
    const alpha = (4 / 3) * (1 - 0.83 / 1.61)
    expect(analysis.standardDeviation ** 2).toBeCloseTo(1.61 * (10 / 9), 12)
    expect(analysis.standardError).toBeCloseTo(Math.sqrt(1.61 * (10 / 9) * (1 - alpha)), 12)
  })

  it('upper-lower index: 27 % of ten are three, the third shared by those with the same total', () => {
    // Best three: two with 4 points and a third each of the three with 3 points. Weakest: 0, 1 and 1.
    expect(analysis.items[2]!.upperLower).toBeCloseTo((2 + 2 / 3) / 3 - 0, 12)
    expect(analysis.items[0]!.upperLower).toBeCloseTo(3 / 3 - 1 / 3, 12)
  })

  it('100 students: 20 of the best 27 and 9 of the weakest 27 are right, so D = 11/27', () => {
    const totals = Float64Array.from({ length: 100 }, (_, row) => row)
    const right = Float64Array.from({ length: 100 }, (_, row) =>
      row >= 73 ? Number(row < 93) : row < 27 ? Number(row < 9) : 0,
    )
    const { upper, lower, size } = extremeGroups(totals)
    expect(size).toBe(27)
    expect(meanInGroup(right, upper, size) - meanInGroup(right, lower, size)).toBeCloseTo(11 / 27, 12)
  })

  it('point-biserial correlation: (M₁ − M₀)/s · √pq', () => {
    const chosen = [1, 1, 1, 0, 0, 1, 0, 0]
    const scores = [9, 8, 7, 6, 5, 7, 4, 2]
    // M₁ = 7.75, M₀ = 4.25, p = 1/2, s² = 324/8 − 36 = 4.5.
    expect(pearson(chosen, scores)).toBeCloseTo((3.5 / Math.sqrt(4.5)) * 0.5, 12)
    expect(variance(scores)).toBeCloseTo(4.5 * (8 / 7), 12)
  })

  it('a distractor that the better students choose is flagged, and so is an option that nobody chose', () => {
    // In the last item the best ten choose b, the others a; nobody chooses d.
    const good = [...Array<number>(10).fill(0), ...Array<number>(10).fill(1)]
    const trap = [...Array<number>(10).fill(1), ...Array<number>(9).fill(0), 2]
    const analysis = analyseItems([itemOf('g1', good), itemOf('g2', good), itemOf('t', trap)]) as ItemAnalysis
    const [first, , last] = analysis.items
    expect(flagsOf(last!)).toMatchObject([
      { kind: 'negative-discrimination', byChance: false },
      { kind: 'attractive-distractor', optionId: 'b', byChance: false },
      { kind: 'never-chosen', optionId: 'd' },
    ])
    expect(last!.restCorrelation).toBeLessThan(-0.8)
    const b = last!.options[1]!
    expect([b.count, b.share, b.meanTotal, b.upperShare]).toEqual([10, 0.5, 600, 1])
    expect(flagsOf(first!).map((flag) => flag.kind)).toEqual(['never-chosen', 'never-chosen'])
  })

  it('a small correlation of few students may be chance, of many it is not', () => {
    // One-sided 5 % critical values of r: 0.549 for n = 10, 0.165 for n = 100.
    expect([0.53, 0.57].map((r) => mayBeChance(r, 10))).toEqual([true, false])
    expect([0.16, 0.17].map((r) => mayBeChance(r, 100))).toEqual([true, false])
  })
})
