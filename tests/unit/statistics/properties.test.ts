import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histogram, quantile } from '@/lib/statistics/distribution'
import { extremeGroups } from '@/lib/statistics/extreme-groups'
import { flagsOf } from '@/lib/statistics/flags'
import { analyseItems, type ItemAnalysis } from '@/lib/statistics/items'
import { pearson } from '@/lib/statistics/moments'
import { wilsonInterval } from '@/lib/statistics/wilson'
import { anyClass, itemOf, itemsOf, reorder } from './class'

const analyse = (items: Parameters<typeof analyseItems>[0]) => analyseItems(items) as ItemAnalysis
const column = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 60 })

describe('item analysis', () => {
  it('does not depend on the order of the students', () => {
    fc.assert(
      fc.property(anyClass, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (items, keys) => {
        const shuffled = [...items[0]!.points.keys()].sort((a, b) => keys[a]! - keys[b]!)
        const [before, after] = [analyse(items), analyse(reorder(items, shuffled))]
        expect(after.alpha ?? 0).toBeCloseTo(before.alpha ?? 0, 9)
        for (const [index, item] of before.items.entries()) {
          const again = after.items[index]!
          expect(again.upperLower).toBeCloseTo(item.upperLower, 9)
          expect(again.restCorrelation ?? 0).toBeCloseTo(item.restCorrelation ?? 0, 9)
          expect(again.options.map((option) => option.count)).toEqual(
            item.options.map((option) => option.count),
          )
        }
      }),
    )
  })

  it('keeps every number in its range, and accounts for every student once', () => {
    fc.assert(
      fc.property(anyClass, (items) => {
        const analysis = analyse(items)
        expect(analysis.alpha ?? 0).toBeLessThanOrEqual(1 + 1e-12)
        for (const item of analysis.items) {
          expect(item.interval.low).toBeLessThanOrEqual(item.difficulty)
          expect(item.interval.high).toBeGreaterThanOrEqual(item.difficulty)
          expect(Math.abs(item.upperLower)).toBeLessThanOrEqual(1 + 1e-12)
          const counted = item.options.reduce((sum, option) => sum + option.count, item.unanswered)
          expect(counted).toBe(analysis.students)
          // One choice and all or nothing: the share of the right option is the difficulty.
          expect(item.options[0]!.share).toBeCloseTo(item.difficulty, 12)
          expect(item.options[0]!.restCorrelation ?? 9).toBeCloseTo(item.restCorrelation ?? 9, 9)
        }
      }),
    )
  })

  it('does not change when points are given in another unit', () => {
    fc.assert(
      fc.property(anyClass, fc.integer({ min: 2, max: 9 }), (items, factor) => {
        const scaled = items.map((item) => ({
          ...item,
          maximum: item.maximum * factor,
          points: item.points.map((points) => points * factor),
        }))
        const [before, after] = [analyse(items), analyse(scaled)]
        expect(after.alpha ?? 0).toBeCloseTo(before.alpha ?? 0, 9)
        expect(after.standardError ?? 0).toBeCloseTo((before.standardError ?? 0) * factor, 6)
        expect(after.items.map((item) => item.difficulty)).toEqual(
          before.items.map((item) => expect.closeTo(item.difficulty, 12)),
        )
      }),
    )
  })

  it('alpha if deleted is alpha of the test without the item', () => {
    fc.assert(
      fc.property(anyClass, (items) => {
        const analysis = analyse(items)
        for (const [index, item] of analysis.items.entries()) {
          const without = analyse(items.filter((_, other) => other !== index))
          expect(item.alphaWithout ?? -9).toBeCloseTo(without.alpha ?? -9, 9)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('says of a drawn item what it says of the class of those who had it', () => {
    const drawnFor = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(anyClass, drawnFor, (items, who) => {
        const [first, ...others] = items
        const by = Uint8Array.from(first!.points, (_, row) => Number(who[row]))
        const rows = [...by.keys()].filter((row) => by[row] === 1)
        const drawn = {
          ...first!,
          points: first!.points.map((points, row) => points * by[row]!),
          drawn: { pool: 'p', by },
        }
        const analysis = analyse([drawn, ...others])
        expect(analysis.items).toHaveLength(items.length - (rows.length < 10 ? 1 : 0))
        if (rows.length < 10) return
        const { alphaWithout: _, ...alone } = analyse(reorder(items, rows)).items[0]!
        expect(analysis.items[0]).toEqual({ ...alone, alphaWithout: null })
      }),
    )
  })

  it('takes the items of a pool together for its reliability', () => {
    fc.assert(
      fc.property(anyClass, (items) => {
        const [first, ...others] = items
        const half = (odd: number) => {
          const by = Uint8Array.from(first!.points, (_, row) => Number(row % 2 === odd))
          return {
            ...first!,
            id: `h${odd}`,
            points: first!.points.map((points, row) => points * by[row]!),
            drawn: { pool: 'p', by },
          }
        }
        const [whole, drawn] = [analyse(items), analyse([half(0), half(1), ...others])]
        expect(drawn.alpha ?? 9).toBeCloseTo(whole.alpha ?? 9, 9)
        expect([drawn.maximum, drawn.mean]).toEqual([whole.maximum, whole.mean])
      }),
    )
  })

  it('flags exactly the wrong options that correlate positively, and the options that nobody chose', () => {
    fc.assert(
      fc.property(anyClass, (items) => {
        const analysis = analyse(items)
        for (const item of analysis.items) {
          const flags = flagsOf(item)
          const flagged = (kind: string) =>
            flags.flatMap((flag) => (flag.kind === kind && 'optionId' in flag ? [flag.optionId] : [])).sort()
          const wrong = item.options.filter((option) => !option.correct)
          expect(flagged('attractive-distractor')).toEqual(
            wrong.filter((option) => (option.restCorrelation ?? 0) > 1e-9).map((option) => option.id),
          )
          expect(flagged('never-chosen')).toEqual(
            item.options.filter((option) => option.count === 0).map((option) => option.id),
          )
        }
      }),
    )
  })

  it('says nothing below ten students, and warns below a hundred', () => {
    const of = (students: number) =>
      analyseItems([
        itemOf(
          'i',
          [...Array<number>(students).keys()].map((row) => row % 2),
        ),
      ])
    expect(of(9)).toEqual({ kind: 'too-few', students: 9, needed: 10 })
    expect(of(10)).toMatchObject({ kind: 'analysed', students: 10, caution: true })
    expect(of(99)).toMatchObject({ caution: true })
    expect(of(100)).toMatchObject({ caution: false })
    expect(analyseItems([])).toMatchObject({ kind: 'too-few', students: 0 })
  })

  it('a class without differences has difficulties, and null where nothing can be told', () => {
    const analysis = analyse(itemsOf(Array.from({ length: 12 }, () => [1, 0])))
    expect(analysis).toMatchObject({ alpha: null, standardError: null })
    expect(analysis.items.map((item) => [item.difficulty, item.restCorrelation])).toEqual([
      [1, null],
      [0, null],
    ])
  })

  it('refuses columns of different lengths', () => {
    const items = [itemOf('i', Array<number>(12).fill(0)), itemOf('j', Array<number>(11).fill(0))]
    expect(() => analyseItems(items)).toThrow('item j has 11 rows; expected 12')
  })
})

describe('its parts', () => {
  it('extreme groups have their size, overlap nowhere, and lie beyond each other', () => {
    fc.assert(
      fc.property(column, (totals) => {
        const { upper, lower, size } = extremeGroups(totals)
        const sum = (weights: Float64Array) => weights.reduce((all, weight) => all + weight, 0)
        expect(sum(upper)).toBeCloseTo(size, 9)
        expect(sum(lower)).toBeCloseTo(size, 9)
        const least = Math.min(...totals.filter((_, row) => upper[row]! > 0))
        const most = Math.max(...totals.filter((_, row) => lower[row]! > 0))
        expect(least).toBeGreaterThanOrEqual(most)
        for (const row of totals.keys()) expect(upper[row]! + lower[row]!).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  it('correlation is symmetric, 1 with itself, and turns with the sign', () => {
    fc.assert(
      fc.property(column, (values) => {
        const mirrored = values.map((value) => -value)
        const constant = values.every((value) => value === values[0])
        expect(pearson(values, values) ?? 'none').toEqual(constant ? 'none' : expect.closeTo(1, 9))
        expect(pearson(values, mirrored) ?? 'none').toEqual(constant ? 'none' : expect.closeTo(-1, 9))
        const row = values.map((_, index) => index)
        expect(pearson(values, row)).toEqual(pearson(row, values))
      }),
    )
  })

  it('Wilson’s interval holds the proportion, stays in 0..1 and narrows with n', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 5000 }), (p, n) => {
        const { low, high } = wilsonInterval(p, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(p).toBeGreaterThanOrEqual(low - 1e-12)
        expect(p).toBeLessThanOrEqual(high + 1e-12)
        const more = wilsonInterval(p, n * 4)
        expect(more.high - more.low).toBeLessThan(high - low)
      }),
    )
  })

  it('a histogram counts every value once', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 30 }), (values, bins) => {
        const made = histogram(values, 0, 10_000, bins)
        expect(made.reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length)
        for (const bin of made.slice(0, -1))
          expect(bin.count).toBe(values.filter((value) => value >= bin.from && value < bin.to).length)
      }),
    )
  })

  it('quantiles grow with the probability, from the smallest value to the largest', () => {
    fc.assert(
      fc.property(column, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        expect(quantile(values, 0)).toBe(Math.min(...values))
        expect(quantile(values, 1)).toBe(Math.max(...values))
        expect(quantile(values, p)).toBeLessThanOrEqual(quantile(values, Math.min(1, p + 0.1))!)
      }),
    )
    expect(quantile([], 0.5)).toBeNull()
  })
})
