import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeGroups } from '@/lib/statistics/groups'
import { t95 } from '@/lib/statistics/student-t'
import { anyClass, itemsOf } from './class'

describe('groups of students', () => {
  it('have the mean of their totals with Student’s interval', () => {
    // Totals 1 to 10: mean 5.5, variance 55/6, t(9) = 2.2622; half the interval is 2.2622 · √(55/60).
    const rows = Array.from({ length: 12 }, (_, index) => [index < 10 ? index + 1 : 5])
    const groups = [...Array<'en'>(10).fill('en'), 'zh' as const, null]
    const [zh, en] = describeGroups(itemsOf(rows, 10), groups, ['zh', 'en', 'both'])
    expect(zh).toEqual({ name: 'zh', students: 1, scores: null })
    expect(en).toMatchObject({ name: 'en', students: 10, scores: { mean: 5.5 } })
    expect(en!.scores!.interval.high - 5.5).toBeCloseTo(2.2622 * Math.sqrt(55 / 60), 3)
    expect(en!.scores!.items[0]!.difficulty).toBeCloseTo(0.55, 12)
  })

  it('together have everybody, and every mean lies in its interval', () => {
    fc.assert(
      fc.property(anyClass, fc.infiniteStream(fc.constantFrom('zh', 'en', 'both')), (items, stream) => {
        const students = items[0]!.points.length
        const groupOf = Array.from({ length: students }, () => stream.next().value as 'zh' | 'en' | 'both')
        const groups = describeGroups(items, groupOf, ['zh', 'en', 'both'])
        expect(groups.reduce((sum, group) => sum + group.students, 0)).toBe(students)
        for (const { students: size, scores } of groups) {
          expect(scores === null).toBe(size < 10)
          if (!scores) continue
          expect(scores.interval.low).toBeLessThanOrEqual(scores.mean)
          expect(scores.interval.high).toBeGreaterThanOrEqual(scores.mean)
        }
      }),
    )
  })

  it('t agrees with printed tables', () => {
    for (const [freedom, t] of [
      [9, 2.2622],
      [20, 2.086],
      [60, 2.0003],
      [1000, 1.9623],
    ] as const)
      expect(t95(freedom)).toBeCloseTo(t, 3)
    expect(() => t95(8)).toThrow(RangeError)
  })
})
