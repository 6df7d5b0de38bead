import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pearson } from '@/lib/explainers/correlation'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { hog } from '@/lib/explainers/trust/hog'
import { type Plane, scaled } from '@/lib/explainers/trust/plane'
import { comparedMap, similarityOf } from '@/lib/explainers/trust/similarity'
import { ssim } from '@/lib/explainers/trust/ssim'

const [height, width] = [64, 80]

function planeOf(value: (row: number, column: number) => number): Plane {
  const values = Float64Array.from({ length: height * width }, (_, i) =>
    value(Math.floor(i / width), i % width),
  )
  return scaled({ values, height, width })!
}

const one = planeOf((r, c) => Math.sin(r * 0.31 + 0.4) * Math.cos(c * 0.17) + 0.3 * Math.sin(r * c * 0.01))
const other = planeOf(
  (r, c) => Math.sin(r * 0.23 + 1.1) * Math.cos(c * 0.29) + 0.5 * Math.cos(c * 0.7 - r * 0.05),
)

const noise = (pixels: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: pixels, maxLength: pixels })

describe('structural similarity', () => {
  it('has the numbers of scikit-image 0.26', () => {
    const mixed = scaled({
      ...one,
      values: one.values.map((value, i) => 0.7 * value + 0.3 * other.values[i]!),
    })!
    expect(ssim(one, other)).toBeCloseTo(0.04010340705031809, 10)
    expect(ssim(one, mixed)).toBeCloseTo(0.8363056874188185, 10)
  })

  it('is 1 for equal pictures, the same both ways, at most 1, and needs a whole window', () => {
    fc.assert(
      fc.property(noise(144), noise(144), (a, b) => {
        const [x, y] = [a, b].map((values) => ({ values: Float64Array.from(values), height: 12, width: 12 }))
        expect(ssim(x!, x!)).toBeCloseTo(1, 9)
        expect(ssim(x!, y!)).toBeCloseTo(ssim(y!, x!)!, 9)
        expect(Math.abs(ssim(x!, y!)!)).toBeLessThanOrEqual(1 + 1e-9)
      }),
      { numRuns: 30 },
    )
    expect(ssim({ values: new Float64Array(100), height: 10, width: 10 }, one)).toBeNull()
  })
})

describe('histograms of oriented gradients', () => {
  const places = [0, 5, 40, 100, 200, 485]

  it('have the numbers of scikit-image 0.26', () => {
    const [a, b] = [hog(one)!, hog(other)!]
    expect(a).toHaveLength(2 * 3 * 3 * 3 * 9)
    const expected = [
      [
        0.10706184730142906, 0.0944310058776043, 0.23070857869817546, 0.0803009669604005, 0.0405790333222417,
        0.054332600741028025,
      ],
      [
        0.22673774549834147, 0.018541829670775885, 0.010033571443511377, 0.08079860023283775,
        0.019032508368824707, 0.20711254073996177,
      ],
    ]
    // It adds up the cells in float32.
    for (const [index, values] of [a, b].entries())
      for (const [at, place] of places.entries()) expect(values[place]).toBeCloseTo(expected[index]![at]!, 7)
    expect(a.reduce((sum, value) => sum + value, 0)).toBeCloseTo(44.225581397237406, 5)
    expect(pearson(a, b)).toBeCloseTo(-0.4869615624094003, 7)
  })

  it('are of blocks that lie within the picture', () => {
    expect(hog({ values: new Float64Array(47 * 80), height: 47, width: 80 })).toBeNull()
    expect(hog({ values: new Float64Array(48 * 49), height: 48, width: 49 })).toHaveLength(81)
  })
})

describe('the similarity of two maps', () => {
  const size = 48
  const map = (value: (place: number) => number, channels = 3): FloatTensor => ({
    data: Float32Array.from({ length: channels * size * size }, (_, i) => value(i)),
    shape: channels === 1 ? [size, size] : [channels, size, size],
  })
  const wave = map((i) => Math.sin(i * 0.37) + Math.sin(i * 0.011))
  const paper = { method: 'integrated-gradients', variant: 'paper' } as const
  const compared = (attribution: FloatTensor) => comparedMap(paper, { attribution })

  it('is 1 by every measure for the same map, whatever its scale', () => {
    const larger = map((i) => 7 * (Math.sin(i * 0.37) + Math.sin(i * 0.011)))
    for (const value of Object.values(similarityOf(compared(wave), compared(larger))))
      expect(value).toBeCloseTo(1, 5)
  })

  it('tells a reversed map from the same one by its signs alone', () => {
    const reversed = similarityOf(
      compared(wave),
      compared(map((i) => -Math.sin(i * 0.37) - Math.sin(i * 0.011))),
    )
    expect(reversed.absolute).toBeCloseTo(1, 9)
    expect(reversed.signed).toBeCloseTo(-1, 9)
    expect(reversed.ssim).toBeLessThan(0)
  })

  it('has no number where a map is the same everywhere, and none with signs where the method gives none', () => {
    const flat = compared(map(() => 0.5))
    expect(similarityOf(compared(wave), flat)).toEqual({
      absolute: null,
      signed: null,
      ssim: null,
      hog: null,
    })
    const unsigned = comparedMap({ method: 'smooth-grad', variant: 'homework' }, { attribution: wave })
    const alike = similarityOf(unsigned, unsigned)
    expect(alike.signed).toBeNull()
    expect(alike.ssim).toBeCloseTo(1, 9)
  })

  it('takes the signs of saliency from its gradient, as its map has none', () => {
    const attribution = map((i) => 1 + Math.sin(i), 1)
    const { absolute, signed } = comparedMap(
      { method: 'saliency', variant: 'homework' },
      { attribution, gradient: wave },
    )
    expect(absolute.values[5]).toBe(attribution.data[5])
    const [r, g, b] = [5, 5 + size * size, 5 + 2 * size * size].map((i) => wave.data[i]!) as [
      number,
      number,
      number,
    ]
    expect(signed!.values[5]).toBeCloseTo(r + g + b, 6)
  })
})
