import { describe, expect, it } from 'vitest'
import { describeMap, describeSuperpixels } from '@/lib/explainers/figures/map-description'

const map = (value: (y: number, x: number) => number) => ({
  data: Float32Array.from({ length: 90 * 90 }, (_, i) => value(Math.floor(i / 90), i % 90)),
  shape: [90, 90],
})

describe('alternative text of maps', () => {
  it('tells in which ninth the brightest pixels are', () => {
    const corner = describeMap(map((y, x) => (y >= 60 && x < 30 ? 1 : 0)))
    expect(corner.en).toMatch(/lower left \(100 %\)/)
    expect(corner.zh).toMatch(/左下（100 %）/)
    expect(corner.en).toMatch(/bottom row 100, 0, 0/)
    expect(corner.en).not.toMatch(/upper|centre/)
  })

  it('looks at either side of zero in maps with a sign', () => {
    const signed = map((y, x) => (y < 30 && x >= 60 ? -2 : y >= 30 && y < 60 && x >= 30 && x < 60 ? 1 : 0))
    expect(describeMap(signed).en).toMatch(/in the centre/)
    expect(describeMap(signed, 'strong').en).toMatch(/in the upper right \(100 %\)/)
  })

  it('says when there is nothing to see', () => {
    expect(describeMap(map(() => 3)).en).toMatch(/same value everywhere/)
  })

  it('lists superpixels by colour and place, with weights only when asked', () => {
    const labels = {
      data: Int32Array.from({ length: 90 * 90 }, (_, i) => (i % 90 < 30 ? 1 : 2)),
      shape: [90, 90],
    }
    const shown = [{ label: 1, weight: -0.75 }]
    expect(describeSuperpixels(labels, shown, true).en).toMatch(
      /Red with a dashed outline: 1 \(middle left −0\.75\)/,
    )
    expect(describeSuperpixels(labels, shown, true).en).toMatch(/Green with a solid outline: none/)
    expect(describeSuperpixels(labels, shown, false).en).not.toMatch(/0\.75/)
  })
})
