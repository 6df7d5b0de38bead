import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  areasOf,
  middlesOf,
  painted,
  pixelsInPolygon,
  pixelsOfLabel,
  pixelsOfStroke,
  withoutRegion,
} from '@/lib/pictures/drawing'

const size = { width: 40, height: 30 }
const coordinate = (most: number) => fc.integer({ min: -10, max: most + 10 }).map((value) => value + 0.25)
const point = fc.record({ x: coordinate(size.width), y: coordinate(size.height) })
const centreOf = (pixel: number) => ({
  x: (pixel % size.width) + 0.5,
  y: Math.floor(pixel / size.width) + 0.5,
})

describe('a polygon', () => {
  it('has the pixels that its winding says, once each', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 9 }), (corners) => {
        const inside = new Set(pixelsInPolygon(corners, size))
        for (let pixel = 0; pixel < size.width * size.height; pixel++) {
          const { x, y } = centreOf(pixel)
          // A ray to the right crosses an odd number of sides.
          const crossed = corners.filter((from, index) => {
            const to = corners[(index + 1) % corners.length]!
            if (from.y <= y === to.y <= y) return false
            const [above, below] = from.y < to.y ? [from, to] : [to, from]
            return above.x + ((y - above.y) / (below.y - above.y)) * (below.x - above.x) > x
          })
          expect(inside.has(pixel)).toBe(crossed.length % 2 === 1)
        }
        expect(inside.size).toBe(pixelsInPolygon(corners, size).length)
      }),
    )
  })

  it('is the same from whichever corner and in whichever way it is drawn', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 9 }), fc.nat(8), (corners, first) => {
        const sorted = (points: typeof corners) => pixelsInPolygon(points, size).sort((a, b) => a - b)
        const turned = [...corners.slice(first), ...corners.slice(0, first)]
        expect(sorted(turned)).toEqual(sorted(corners))
        expect(sorted(corners.toReversed())).toEqual(sorted(corners))
      }),
    )
  })

  it('of a rectangle has its area; fewer than three corners have none', () => {
    const corners = [
      { x: 2, y: 3 },
      { x: 12, y: 3 },
      { x: 12, y: 8 },
      { x: 2, y: 8 },
    ]
    expect(pixelsInPolygon(corners, size)).toHaveLength(50)
    expect(pixelsInPolygon(corners.slice(0, 2), size)).toEqual([])
  })
})

describe('a brush', () => {
  it('has the pixels that are near enough to its way', () => {
    fc.assert(
      fc.property(point, point, fc.integer({ min: 1, max: 12 }), (from, to, radius) => {
        const touched = new Set(pixelsOfStroke(from, to, radius, size))
        for (let pixel = 0; pixel < size.width * size.height; pixel++) {
          const centre = centreOf(pixel)
          let nearest = Infinity
          for (let step = 0; step <= 400; step++) {
            const at = {
              x: from.x + (step / 400) * (to.x - from.x),
              y: from.y + (step / 400) * (to.y - from.y),
            }
            nearest = Math.min(nearest, Math.hypot(centre.x - at.x, centre.y - at.y))
          }
          // The walk in steps is a little coarse.
          if (nearest <= radius) expect(touched.has(pixel)).toBe(true)
          else if (nearest > radius + 0.1) expect(touched.has(pixel)).toBe(false)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('a mask', () => {
  const mask = fc.uint8Array({ minLength: 1200, maxLength: 1200, max: 4 })

  it('has each pixel in one region at most', () => {
    fc.assert(
      fc.property(mask, fc.array(fc.nat(1199), { maxLength: 50 }), fc.nat(4), (before, pixels, region) => {
        const after = painted(before, pixels, region)
        const changed = new Set(pixels)
        for (const [pixel, id] of after.entries())
          expect(id).toBe(changed.has(pixel) ? region : before[pixel])
        expect(areasOf(after, 4).reduce((sum, area) => sum + area)).toBe(1200)
      }),
    )
  })

  it('without a region keeps the others, in their order', () => {
    fc.assert(
      fc.property(mask, fc.integer({ min: 1, max: 4 }), (before, region) => {
        const [was, is] = [areasOf(before, 4), areasOf(withoutRegion(before, region), 3)]
        expect(is.slice(1)).toEqual(was.slice(1).toSpliced(region - 1, 1))
      }),
    )
  })

  it('has a pixel of the region itself in its middle', () => {
    fc.assert(
      fc.property(mask, (ids) => {
        for (const [index, middle] of middlesOf(ids, 4, size).entries()) {
          if (middle) expect(ids[middle.y * size.width + middle.x]).toBe(index + 1)
          else expect(areasOf(ids, 4)[index + 1]).toBe(0)
        }
      }),
    )
  })

  it('takes superpixels of a coarser map whole', () => {
    const map = { width: 4, height: 3, labels: Uint16Array.from([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 300, 300]) }
    const pixels = pixelsOfLabel(map, 0, size)
    expect(pixels).toHaveLength(20 * 20)
    expect(pixelsOfLabel(map, 29 * 40 + 39, size)).toHaveLength(20 * 10)
  })
})
