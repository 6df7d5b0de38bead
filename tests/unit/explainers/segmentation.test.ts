import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { decodeNpy } from '@/lib/explainers/npy'
import { readPicture } from '@/lib/explainers/pictures/picture'
import { gaussianSmooth } from '@/lib/explainers/segmentation/gaussian'
import { labFromRgb } from '@/lib/explainers/segmentation/lab'
import { type SlicParameters, type Superpixels, slic } from '@/lib/explainers/segmentation/slic'

const HOMEWORK: SlicParameters = { segments: 200, compactness: 1, sigma: 1 }

describe('SLIC equals scikit-image 0.19', () => {
  test.each([0, 2, 5])('every label of picture %i', async (number) => {
    const { input } = await readPicture(`public/pictures/${number}.png`)
    const expected = decodeNpy(await readFile(`tests/fixtures/reference/picture${number}_slic_labels.npy`))
    const { labels, count } = slic(input, HOMEWORK)
    expect(labels.shape).toEqual([128, 128])
    expect(labels.data).toEqual(expected.data)
    expect(count).toBe(Math.max(...expected.data))
  })

  test('the number of superpixels of all ten pictures', async () => {
    const counts: number[] = []
    for (let number = 0; number < 10; number++) {
      counts.push(slic((await readPicture(`public/pictures/${number}.png`)).input, HOMEWORK).count)
    }
    expect(counts).toEqual([125, 145, 138, 116, 121, 117, 138, 112, 119, 124])
  })

  test.each([
    [97, 61, 200, 1, 1, 155, 'a0d05875f22216836eea8790f7b7debac0fe67d52ee984121b3b392c083d445b'],
    [61, 97, 50, 10, 0, 40, '90a6dc4832b142ae2fc97d9db3afb32dc3e50e985f93ca3d6c8582c08d62ff15'],
    [64, 64, 30, 0.5, 2.5, 21, 'dcf1c1f713886dfc8773a0d4940ca7089ef8f9dce7897d2231f030682c7673f1'],
    [3, 90, 20, 1, 1, 20, 'a4e5697965c4354d4191b3bfc71299eda61d3bcfa3b8a040446ac72068572925'],
  ])('other sizes and parameters: %i×%i, %i segments, compactness %f, sigma %f', (...row) => {
    const [width, height, segments, compactness, sigma, count, sha256] = row
    const superpixels = slic(bandedPicture(width, height), { segments, compactness, sigma })
    expect(superpixels.count).toBe(count)
    expect(createHash('sha256').update(superpixels.labels.data).digest('hex')).toBe(sha256)
  })
})

/** Curved bands; the hashes above are of scikit-image's int32 labels for the same picture. */
function bandedPicture(width: number, height: number): FloatTensor {
  const data = new Float32Array(3 * width * height)
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const byte = ((x * x + 15 * y * (channel + 1) + 40 * channel) >> 3) & 255
        data[(channel * height + y) * width + x] = byte / 255
      }
    }
  }
  return { data, shape: [3, height, width] }
}

/** @returns how many 4-connected components the labels have. */
function componentCount({ labels: { data, shape } }: Superpixels): number {
  const width = shape[1]!
  const seen = new Uint8Array(data.length)
  let components = 0
  for (let start = 0; start < data.length; start++) {
    if (seen[start]) continue
    components++
    seen[start] = 1
    const stack = [start]
    for (let pixel = stack.pop(); pixel !== undefined; pixel = stack.pop()) {
      const x = pixel % width
      const sides = [
        pixel - width,
        pixel + width,
        ...(x > 0 ? [pixel - 1] : []),
        ...(x < width - 1 ? [pixel + 1] : []),
      ]
      for (const side of sides) {
        if (data[side] !== data[pixel] || seen[side]) continue
        seen[side] = 1
        stack.push(side)
      }
    }
  }
  return components
}

describe('superpixels', () => {
  test('cover every pixel, are numbered from 1 without gaps, and are connected, for any picture', () => {
    const pictures = fc
      .record({
        width: fc.integer({ min: 1, max: 24 }),
        height: fc.integer({ min: 1, max: 24 }),
        levels: fc.integer({ min: 1, max: 255 }),
        segments: fc.integer({ min: 1, max: 60 }),
        compactness: fc.constantFrom(0.1, 1, 20),
        sigma: fc.constantFrom(0, 1, 3),
      })
      .chain((shape) =>
        fc.record({
          shape: fc.constant(shape),
          values: fc.array(fc.nat(shape.levels), {
            minLength: 3 * shape.width * shape.height,
            maxLength: 3 * shape.width * shape.height,
          }),
        }),
      )
    fc.assert(
      fc.property(pictures, ({ shape: { width, height, levels, ...parameters }, values }) => {
        const data = Float32Array.from(values, (value) => value / levels)
        const superpixels = slic({ data, shape: [3, height, width] }, parameters)
        expect(superpixels.labels.data.length).toBe(width * height)
        expect([...new Set(superpixels.labels.data)].toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: superpixels.count }, (_, i) => i + 1),
        )
        expect(componentCount(superpixels)).toBe(superpixels.count)
      }),
      { numRuns: 150, seed: 1 },
    )
  })

  test('refuse pictures and parameters that make no sense', () => {
    const picture = bandedPicture(8, 8)
    expect(() => slic({ data: new Float32Array(64), shape: [1, 8, 8] }, HOMEWORK)).toThrow('[1, 8, 8]')
    expect(() => slic({ data: new Float32Array(192).fill(Number.NaN), shape: [3, 8, 8] }, HOMEWORK)).toThrow(
      'finite',
    )
    expect(() => slic(picture, { ...HOMEWORK, segments: 0 })).toThrow('segment')
    expect(() => slic(picture, { ...HOMEWORK, compactness: 0 })).toThrow('compactness')
    expect(() => slic(picture, { ...HOMEWORK, sigma: -1 })).toThrow('sigma')
  })
})

describe('the steps before', () => {
  test('labFromRgb gives the numbers of skimage.color.rgb2lab', () => {
    const lab = labFromRgb(Float64Array.of(0, 0, 0, 1, 1, 1, 0.2, 0.5, 0.9, 0.01, 0.02, 0.03, 1, 0, 0))
    const expected = [
      [0, 0, 0],
      [100, -0.0024549378619953544, 0.004653421154054982],
      [53.70090717770266, 12.159268605834328, -58.348665447442286],
      [1.3000539221486065, -0.31235027728143683, -1.1997649952041],
      [53.240587943744885, 80.09230822569225, 67.20275104442868],
    ]
    for (const [i, value] of expected.flat().entries()) expect(lab[i]).toBeCloseTo(value, 10)
  })

  test('gaussianSmooth gives the numbers of scipy.ndimage.gaussian_filter', () => {
    const values = Float64Array.of(1, 5, 2, 8, 3, 3, 9, 0, 7, 1, 4, 4)
    const smooth = gaussianSmooth(values, { width: 4, height: 3, channels: 1 }, 1)
    const expected = [
      2.7632370515046114, 3.5908026227286767, 4.4075070792064315, 4.942356842858363, 3.5250966669316894,
      3.800305084042255, 4.185307564615256, 4.081483491814641, 4.358132614441293, 3.829521047940868,
      3.8321710393484754, 3.6840788945674445,
    ]
    for (const [i, value] of expected.entries()) expect(smooth[i]).toBeCloseTo(value, 12)
  })
})
