import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlap, placeLabels } from '@/app/explore/embedding-space/label-places'

const room = { width: 400, height: 300, labelHeight: 15, mark: 4 }
const points = fc.array(
  fc.record({
    x: fc.double({ min: 0, max: 400, noNaN: true }),
    y: fc.double({ min: 0, max: 300, noNaN: true }),
    width: fc.double({ min: 5, max: 120, noNaN: true }),
    priority: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 60 },
)

describe('labels of a scatter', () => {
  it('cover neither each other nor a mark, and stay inside', () => {
    fc.assert(
      fc.property(points, (given) => {
        const places = placeLabels(given, room)
        expect(places).toHaveLength(given.length)
        const labels = places.flatMap((place, index) =>
          place ? [{ ...place, width: given[index]!.width, height: room.labelHeight }] : [],
        )
        for (const [index, label] of labels.entries()) {
          expect(label.left).toBeGreaterThanOrEqual(0)
          expect(label.top).toBeGreaterThanOrEqual(0)
          expect(label.left + label.width).toBeLessThanOrEqual(room.width)
          expect(label.top + label.height).toBeLessThanOrEqual(room.height)
          for (const other of labels.slice(index + 1)) expect(overlap(label, other)).toBe(false)
          for (const { x, y } of given) {
            const mark = { left: x - room.mark, top: y - room.mark, width: 8, height: 8 }
            expect(overlap(label, mark)).toBe(false)
          }
        }
      }),
    )
  })

  it('go to what matters most, where there is room for one only', () => {
    const near = (priority: number) => ({ x: 60, y: 7.5, width: 100, priority })
    const narrow = { width: 170, height: 15, labelHeight: 15, mark: 4 }
    const places = placeLabels([near(1), near(3), near(2)], narrow)
    expect(places.map((place) => place !== null)).toEqual([false, true, false])
  })

  it('a point alone has its label, wherever it is', () => {
    fc.assert(
      fc.property(points, (given) => {
        for (const point of given) expect(placeLabels([point], room)[0]).not.toBeNull()
      }),
    )
  })
})
