import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { encodeLabels } from '@/lib/explainers/figures/png'
import { drawWeightOverlay, outlinePath } from '@/lib/explainers/figures/superpixel-overlay'
import { shownSuperpixels, weightsByLabel } from '@/lib/explainers/methods/superpixel-weights'

const grid = (width: number, ...rows: number[][]) => ({
  data: Int32Array.from(rows.flat()),
  shape: [rows.length, width],
})

describe('superpixels that the homework colours', () => {
  it('are the eleven largest of absolute weight 0.05 or more', () => {
    const weights = [
      0,
      0.049,
      -0.05,
      ...Array.from({ length: 12 }, (_, i) => (i % 2 ? -1 : 1) * (0.1 + i / 100)),
    ]
    const shown = shownSuperpixels(weights)
    expect(shown).toHaveLength(11)
    expect(shown[0]).toEqual({ label: 14, weight: weights[14] })
    expect(shown.map(({ label }) => label)).not.toContain(1)
    expect(shown.map(({ label }) => label)).not.toContain(2)
    expect(shownSuperpixels([0, 0.049, -0.05])).toEqual([{ label: 2, weight: -0.05 }])
  })

  it('take their weight from any of their pixels; labels without pixels have none', () => {
    const labels = grid(2, [1, 1], [3, 3])
    const weights = { data: Float32Array.of(0.5, 0.5, -1, -1), shape: [2, 2] }
    expect(weightsByLabel(labels, weights)).toEqual([0, 0.5, 0, -1])
  })
})

describe('outlines', () => {
  it('follow the pixel edges of a block, corners only', () => {
    const labels = grid(4, [0, 0, 0, 0], [0, 7, 7, 0], [0, 7, 7, 0], [0, 0, 0, 0])
    const points = outlinePath(labels, 7).match(/\d+ \d+/g)
    expect(outlinePath(labels, 7)).toMatch(/^M.*Z$/)
    expect(new Set(points)).toEqual(new Set(['1 1', '3 1', '3 3', '1 3']))
  })

  it('have a loop for a hole', () => {
    const labels = grid(3, [1, 1, 1], [1, 0, 1], [1, 1, 1])
    expect(outlinePath(labels, 1).match(/M/g)).toHaveLength(2)
    expect(outlinePath(labels, 5)).toBe('')
  })
})

describe('the overlay', () => {
  const labels = {
    data: Int32Array.from({ length: 128 * 128 }, (_, i) => (i % 128 < 64 ? 1 : 2) + (i < 64 * 128 ? 0 : 2)),
    shape: [128, 128],
  }

  it('is green where positive, red where negative, and clear elsewhere', async () => {
    const png = await drawWeightOverlay(labels, [
      { label: 1, weight: 0.3 },
      { label: 2, weight: -0.2 },
    ])
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
    const pixel = (x: number, y: number) => {
      const start = (Math.round(y * info.height) * info.width + Math.round(x * info.width)) * info.channels
      return [...data.subarray(start, start + 4)] as [number, number, number, number]
    }
    expect(info.width).toBeGreaterThanOrEqual(512)
    expect(info.channels).toBe(4)
    const [, green] = [pixel(0.25, 0.25)[0], pixel(0.25, 0.25)[1]]
    expect(green).toBeGreaterThan(2 * pixel(0.25, 0.25)[0])
    expect(pixel(0.75, 0.25)[0]).toBeGreaterThan(2 * pixel(0.75, 0.25)[1])
    expect(pixel(0.25, 0.75)[3]).toBe(0)
  })

  it('dashes negative outlines and not positive ones', async () => {
    // Along the middle of the outer edge: a solid line has one colour, a dashed one at least two.
    const coloursAlongTop = async (weight: number) => {
      const png = await drawWeightOverlay(labels, [{ label: 1, weight }])
      const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
      const line = Array.from({ length: 300 }, (_, x) => data[(info.width + 60 + x) * info.channels]!)
      return Math.max(...line) - Math.min(...line)
    }
    expect(await coloursAlongTop(1)).toBeLessThan(8)
    const dashed = await sharp(await drawWeightOverlay(labels, [{ label: 1, weight: -1 }]))
      .raw()
      .toBuffer({ resolveWithObject: true })
    const greens = Array.from({ length: 300 }, (_, x) => dashed.data[(dashed.info.width + 60 + x) * 4 + 1]!)
    expect(Math.max(...greens) - Math.min(...greens)).toBeGreaterThan(100)
  })

  it('keeps labels exact in their own picture, also above 255', async () => {
    for (const offset of [0, 1000]) {
      const png = await encodeLabels({
        data: labels.data.map((label) => label + offset),
        shape: labels.shape,
      })
      const { data } = await sharp(png)
        .toColourspace(offset ? 'grey16' : 'b-w')
        .raw({ depth: offset ? 'ushort' : 'uchar' })
        .toBuffer({ resolveWithObject: true })
      const values = offset ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data
      expect(values[0]).toBe(1 + offset)
      expect(values[values.length - 1]).toBe(4 + offset)
    }
  })
})
