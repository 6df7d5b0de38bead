import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeLabels } from '@/lib/explainers/figures/chart/labels'
import { LABEL_SIZE } from '@/lib/explainers/figures/chart/plot-scene'
import { textWidth } from '@/lib/explainers/figures/chart/text-width'

const area = { left: 20, top: 8, width: 254, height: 250 }
const within = fc.record({
  text: fc.constantFrom('a', 'of', 'officer', 'mathematics', '蘋果'),
  x: fc.double({ min: 24, max: 270, noNaN: true }),
  y: fc.double({ min: 12, max: 250, noNaN: true }),
  series: fc.constant(0),
})

function boxOf({ text, at: [x, y], anchor }: ReturnType<typeof placeLabels>[number]) {
  const length = textWidth(text, LABEL_SIZE)
  const left = anchor === 'start' ? x : anchor === 'end' ? x - length : x - length / 2
  return { left, right: left + length, top: y - LABEL_SIZE / 2, bottom: y + LABEL_SIZE / 2 }
}

describe('labels of a plot', () => {
  it('never overlap, cover a mark or leave the plot', () => {
    fc.assert(
      fc.property(fc.array(within, { minLength: 1, maxLength: 60 }), (wishes) => {
        const marks = wishes.map(({ x, y }) => [x, y] as const)
        const boxes = placeLabels(wishes, marks, area).map(boxOf)
        for (const [index, box] of boxes.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(area.left)
          expect(box.right).toBeLessThanOrEqual(area.left + area.width)
          expect(box.top).toBeGreaterThanOrEqual(area.top)
          expect(box.bottom).toBeLessThanOrEqual(area.top + area.height)
          for (const [x, y] of marks)
            expect(x > box.left && x < box.right && y > box.top && y < box.bottom).toBe(false)
          for (const other of boxes.slice(index + 1))
            expect(
              box.left < other.right - 0.1 &&
                other.left < box.right - 0.1 &&
                box.top < other.bottom - 0.1 &&
                other.top < box.bottom - 0.1,
            ).toBe(false)
        }
      }),
    )
  })

  it('stand beside their point where there is room, and are led to it where they must be written', () => {
    const lonely = placeLabels([{ text: 'river', x: 100, y: 100, series: 1 }], [[100, 100]], area)
    expect(lonely).toEqual([{ text: 'river', at: [106.5, 100], anchor: 'start', series: 1 }])
    const crowd = Array.from(
      { length: 49 },
      (_, i) => [88 + (i % 7) * 4, 88 + Math.floor(i / 7) * 4] as const,
    )
    const wish = { text: '1893', x: 100, y: 100, series: 2 }
    expect(placeLabels([wish], crowd, area)).toEqual([])
    const [led] = placeLabels([{ ...wish, isNeeded: true }], crowd, area)
    expect(led).toMatchObject({ leader: [100, 100] })
  })
})
