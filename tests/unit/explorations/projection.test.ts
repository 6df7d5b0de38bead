import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitPoints, type Point } from '@/app/explore/embedding-space/projection'

const box = { width: 300, height: 200, margin: 20 }
const coordinate = fc.double({ min: -100, max: 100, noNaN: true })
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 40 })

describe('points in a frame', () => {
  it('fit inside the margin, touch it, and keep the ratio of their distances', () => {
    fc.assert(
      fc.property(points, (given) => {
        const distance = ([a, b]: Point, [c, d]: Point) => Math.hypot(a - c, b - d)
        const spread = Math.max(...given.map((point) => distance(point, given[0]!)))
        fc.pre(spread > 1e-3)
        const all = given.map((_, index) => index)
        const placed = fitPoints(given, all, box)
        const [xs, ys] = [placed.map(([x]) => x), placed.map(([, y]) => y)]
        for (const [values, size] of [
          [xs, box.width],
          [ys, box.height],
        ] as const) {
          expect(Math.min(...values)).toBeGreaterThan(box.margin - 1e-6)
          expect(Math.max(...values)).toBeLessThan(size - box.margin + 1e-6)
        }
        const gaps = [Math.min(...xs), Math.min(...ys)].map((gap) => gap - box.margin)
        expect(Math.min(...gaps)).toBeLessThan(1e-6)
        const scale = Math.max(...placed.map((point) => distance(point, placed[0]!))) / spread
        for (const [index, point] of placed.entries())
          expect(distance(point, placed[0]!)).toBeCloseTo(distance(given[index]!, given[0]!) * scale, 4)
      }),
    )
  })

  it('are fitted to those that are drawn, and point upwards', () => {
    const [low, high, outside] = fitPoints(
      [
        [0, 0],
        [0, 10],
        [1000, 0],
      ],
      [0, 1],
      box,
    )
    expect(low).toEqual([150, 180])
    expect(high).toEqual([150, 20])
    expect(outside![0]).toBeGreaterThan(box.width)
  })
})
