import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outlinePath } from '@/lib/explainers/outline'

/** Twice the area that closed lines enclose, holes taken off (the shoelace formula). */
function doubledArea(path: string): number {
  let doubled = 0
  for (const [, x0, y0, moves] of path.matchAll(/M(\d+) (\d+)([^z]*)z/g)) {
    let [x, y] = [Number(x0), Number(y0)]
    const start = [x, y]
    for (const [, axis, length] of moves!.matchAll(/([hv])(-?\d+)/g)) {
      const [nextX, nextY] = axis === 'h' ? [x + Number(length), y] : [x, y + Number(length)]
      doubled += x * nextY - nextX * y
      ;[x, y] = [nextX, nextY]
    }
    doubled += x * start[1]! - start[0]! * y
  }
  return doubled
}

const coverage = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([height, width]) =>
    fc
      .array(fc.constantFrom(0, 0.49, 0.5, 1), { minLength: height * width, maxLength: height * width })
      .map((values) => ({ data: Float32Array.from(values), shape: [height, width] })),
  )

describe('an outline', () => {
  it('encloses exactly the pixels that are covered by half or more, holes left out', () => {
    fc.assert(
      fc.property(coverage, (region) => {
        const covered = region.data.filter((value) => value >= 0.5).length
        expect(doubledArea(outlinePath(region))).toBe(2 * covered)
      }),
    )
  })

  it('turns at every number: straight lines are not cut into pixels', () => {
    fc.assert(
      fc.property(coverage, (region) => {
        expect(outlinePath(region)).not.toMatch(/h-?\d+h|v-?\d+v/)
      }),
    )
  })

  it('keeps pixels apart that touch at a corner', () => {
    const region = { data: Float32Array.from([1, 0, 0, 1]), shape: [2, 2] }
    expect(outlinePath(region)).toBe('M0 0h1v1h-1v-1zM1 1h1v1h-1v-1z')
    expect(outlinePath({ data: new Float32Array(4), shape: [2, 2] })).toBe('')
  })
})
