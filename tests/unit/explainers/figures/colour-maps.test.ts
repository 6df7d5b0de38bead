import { describe, expect, it } from 'vitest'
import {
  colourScalars,
  colourStops,
  colourTable,
  interleaveRgb,
  rangeOf,
  scaleTo01,
} from '@/lib/explainers/figures/colour-maps'

const colourAt = (name: Parameters<typeof colourTable>[0], level: number) => [
  ...colourTable(name).subarray(level * 3, level * 3 + 3),
]

describe('colour maps', () => {
  it("has matplotlib's hot: red first, then green, then blue", () => {
    // matplotlib.colormaps['hot'](level / 255), bytes
    expect(colourAt('hot', 0)).toEqual([11, 0, 0])
    expect(colourAt('hot', 64)).toEqual([179, 0, 0])
    expect(colourAt('hot', 128)).toEqual([255, 92, 0])
    expect(colourAt('hot', 192)).toEqual([255, 255, 7])
    expect(colourAt('hot', 255)).toEqual([255, 255, 255])
  })

  it('has viridis from violet to yellow, and grey for magnitudes', () => {
    expect(colourAt('viridis', 0)).toEqual([68, 1, 84])
    expect(colourAt('viridis', 255)).toEqual([253, 231, 37])
    expect(colourAt('magnitude', 128)).toEqual([128, 128, 128])
  })

  it('tells the signs apart by more than red against green', () => {
    const [red, , blue] = colourAt('signed', 0)
    const [, green] = colourAt('signed', 255)
    expect(red! + blue!).toBeGreaterThan(150)
    expect(green).toBeGreaterThan(90)
    expect(colourAt('signed', 0)[2]).toBeGreaterThan(2 * colourAt('signed', 255)[2]!)
  })

  it('gives stops from one end to the other', () => {
    const stops = colourStops('viridis', 3)
    expect(stops).toHaveLength(3)
    expect(stops[0]).toBe('rgb(68,1,84)')
    expect(stops[2]).toBe('rgb(253,231,37)')
  })
})

describe('scaling', () => {
  it('clamps to the range, and makes nothing of an empty one', () => {
    const values = Float32Array.of(-1, 0, 1, 2, 3)
    expect([...scaleTo01(values, { minimum: 0, maximum: 2 })]).toEqual([0, 0, 0.5, 1, 1])
    expect([...scaleTo01(values, { minimum: 2, maximum: 2 })]).toEqual([0, 0, 0, 0, 0])
  })

  it('finds one range over several arrays, and refuses what is not finite', () => {
    expect(rangeOf(Float32Array.of(1, 4), Float32Array.of(-2))).toEqual({ minimum: -2, maximum: 4 })
    expect(() => rangeOf(Float32Array.of())).toThrow(RangeError)
    expect(() => rangeOf(Float32Array.of(Number.POSITIVE_INFINITY))).toThrow(RangeError)
  })

  it('colours the ends of the range with the ends of the map', () => {
    const bytes = colourScalars(Float32Array.of(5, 7), 'magnitude', { minimum: 5, maximum: 7 })
    expect([...bytes]).toEqual([0, 0, 0, 255, 255, 255])
  })

  it('interleaves planes with one range for all channels', () => {
    const planes = Float32Array.of(0, 1, 0.5, 0.5, 1, 0)
    expect([...interleaveRgb(planes, { minimum: 0, maximum: 1 })]).toEqual([0, 128, 255, 255, 128, 0])
    expect(() => interleaveRgb(new Float32Array(4), { minimum: 0, maximum: 1 })).toThrow(RangeError)
  })
})
