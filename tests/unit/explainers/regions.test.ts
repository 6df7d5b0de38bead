import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Classifier } from '@/lib/explainers/classifier'
import type { FloatTensor } from '@/lib/explainers/evidence'
import type { Explainer, ExplainRequest } from '@/lib/explainers/explainer'
import { integratedGradients } from '@/lib/explainers/methods/integrated-gradients'
import { saliency } from '@/lib/explainers/methods/saliency'
import { decodeNpy } from '@/lib/explainers/npy'
import {
  type BundledPicture,
  findBundledPicture,
  readBundledPictures,
  readMask,
  readRegions,
} from '@/lib/explainers/pictures/bundled'
import { readPicture } from '@/lib/explainers/pictures/picture'
import {
  attributionMagnitude,
  measureActivation,
  measureAttribution,
  measureRegions,
  measureWeights,
  type ObjectMask,
  type Region,
  regionFromMask,
  resizeBilinear,
} from '@/lib/explainers/regions'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'

const NAME = { zh: '物', en: 'thing' }
const map = (shape: readonly number[], ...data: number[]): FloatTensor => ({
  data: Float32Array.from(data),
  shape,
})
const region = (shape: readonly number[], ...coverage: number[]): Region => ({
  name: NAME,
  coverage: map(shape, ...coverage),
})

describe('regionFromMask', () => {
  const mask: ObjectMask = {
    ids: Uint8Array.of(1, 1, 0, 0, 1, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 2),
    width: 4,
    height: 4,
  }

  test('averages whole blocks', () => {
    const { coverage } = regionFromMask(mask, NAME, [1], { height: 2, width: 2 })
    expect(coverage.shape).toEqual([2, 2])
    expect([...coverage.data]).toEqual([0.75, 0, 0, 0])
    const both = regionFromMask(mask, NAME, [1, 2], { height: 2, width: 2 })
    expect([...both.coverage.data]).toEqual([0.75, 0.25, 0, 1])
  })

  test('averages parts of pixels where the ratio is not whole', () => {
    const { coverage } = regionFromMask(mask, NAME, [1], { height: 1, width: 3 })
    // Thirds of a width of 4: the first holds column 0 (half of it object 1) and a third of column 1 (a quarter).
    const expected = [(2 + 1 / 3) / (4 * (4 / 3)), 2 / 3 / (4 * (4 / 3)), 0]
    for (const [i, value] of expected.entries()) expect(coverage.data[i]).toBeCloseTo(value, 6)
  })

  test('keeps the area for any size, larger ones too', () => {
    for (const size of [1, 2, 3, 4, 5, 7, 16]) {
      const { coverage } = regionFromMask(mask, NAME, [2], { height: size, width: size })
      expect(coverage.data.reduce((a, b) => a + b, 0) / size ** 2).toBeCloseTo(5 / 16, 6)
    }
  })
})

describe('measurements of one region', () => {
  const half = region([2, 2], 1, 0.5, 0, 0)

  test('weights: sum in thousandths of the pixels, shares of the area', () => {
    const measured = measureWeights(map([2, 2], 0.1, -0.2, 9, 9), half)
    expect(measured.area).toBeCloseTo(0.375, 6)
    expect(measured.weightPerMille).toBeCloseTo(0, 5)
    expect(measured.positiveShare).toBeCloseTo(2 / 3, 6)
    expect(measured.negativeShare).toBeCloseTo(1 / 3, 6)
    expect(measureWeights(map([2, 2], 0.04, -0.04, 0, 0), half)).toMatchObject({
      positiveShare: 0,
      negativeShare: 0,
    })
  })

  test('attribution: enrichment is 1 for an even map, and 1 ÷ area where all of it is inside', () => {
    expect(measureAttribution(map([2, 2], 3, 3, 3, 3), half).enrichment).toBeCloseTo(1, 6)
    const inside = measureAttribution(map([2, 2], 5, 0, 0, 0), half)
    expect(inside.attributionShare).toBe(1)
    expect(inside.enrichment).toBeCloseTo(1 / 0.375, 6)
    expect(measureAttribution(map([2, 2], 0, 0, 0, 0), half).enrichment).toBeNull()
    expect(measureAttribution(map([2, 2], 1, 1, 1, 1), region([2, 2], 0, 0, 0, 0)).enrichment).toBeNull()
  })

  test('attribution of a pixel is the absolute value of the sum over its channels', () => {
    const magnitude = attributionMagnitude(map([3, 1, 2], 1, -1, 2, -2, -5, 1))
    expect(magnitude).toEqual(map([1, 2], 2, 2))
    expect(attributionMagnitude(map([1, 2], -1, 3))).toEqual(map([1, 2], 1, 3))
  })

  test('activation: mean by area, 95th percentile, maximum without the rim', () => {
    const measured = measureActivation(map([2, 2], 1, 4, 7, 100), region([2, 2], 1, 1, 0, 0.25))
    expect(measured.mean).toBeCloseTo((1 + 4 + 25) / 2.25, 5)
    expect(measured.maximum).toBe(4)
    expect(measured.p95).toBe(100)
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
    const all = region([10, 10], ...hundred.map(() => 1))
    expect(measureActivation(map([10, 10], ...hundred), all).p95).toBe(95)
    const nothing = measureActivation(map([2, 2], 1, 2, 3, 4), region([2, 2], 0, 0, 0, 0))
    expect(nothing).toEqual({ area: 0, mean: null, p95: null, maximum: null })
  })

  test('a map of another size is refused, except an activation, which is interpolated', () => {
    expect(() => measureWeights(map([1, 2], 0, 0), half)).toThrow('The map is [1, 2], the region [2, 2]')
    expect(measureActivation(map([1, 1], 3), half)).toMatchObject({ mean: 3, maximum: 3 })
  })
})

test('resizeBilinear interpolates between pixel centres', () => {
  const { data } = resizeBilinear(map([1, 2], 0, 4), 1, 4)
  expect([...data]).toEqual([0, 1, 3, 4])
  expect([...resizeBilinear(map([2, 1], 0, 4), 4, 2).data]).toEqual([0, 0, 1, 1, 3, 3, 4, 4])
  expect(() => resizeBilinear(map([3, 1, 1], 1, 1, 1), 2, 2)).toThrow('[3, 1, 1]')
})

describe('measureRegions', () => {
  const things = [region([1, 2], 1, 0)]

  test('takes the map that the method made', () => {
    const weights = map([1, 2], 0.2, 0)
    expect(measureRegions({ weights, input: map([3, 1, 2], 0, 0, 0, 0, 0, 0) }, things).thing).toMatchObject({
      weightPerMille: expect.closeTo(100, 3),
    })
    expect(measureRegions({ attribution: map([1, 2], 3, 1) }, things).thing).toMatchObject({
      enrichment: 1.5,
    })
    expect(measureRegions({ activation: map([1, 1], 3) }, things).thing).toMatchObject({ mean: 3 })
    expect(measureRegions({ image: map([3, 1, 2], 0, 0, 0, 0, 0, 0) }, things)).toEqual({})
  })
})

/**
 * Sums over regions and shares of their area above 0.05 and below −0.05, as the reference implementation measured
 * them on its own LIME map, with regions cut from every fourth pixel of the masks.
 */
const REFERENCE: {
  readonly [picture: number]: { readonly [region: string]: readonly [number, number, number] }
} = {
  0: { fork: [1.24, 0.52, 0], pizza: [1.96, 0.49, 0], plate: [6.13, 0.1, 0], table: [-1.13, 0.01, 0] },
  2: { 'milk bottle': [0.17, 0, 0], strawberry: [-3.75, 0, 0.41], table: [-1.25, 0, 0.01] },
  5: {
    egg: [17.17, 0.64, 0.02],
    plate: [0.09, 0.01, 0.04],
    table: [-0.08, 0, 0],
    toast: [-0.09, 0.12, 0.17],
  },
}

/** The reference's enrichment of saliency and of integrated gradients, both as the homework runs them. */
const ENRICHMENT: { readonly [picture: number]: { readonly [region: string]: readonly [number, number] } } = {
  0: { fork: [0.95, 0.77], pizza: [1.52, 6.65], plate: [1.03, 0.89], table: [0.92, 0.42] },
  2: { 'milk bottle': [1.9, 3.48], strawberry: [3.44, 1.46], table: [0.73, 0.59] },
  5: { egg: [1.33, 4.63], plate: [0.67, 0.51], table: [0.68, 0.32], toast: [2.16, 1.23] },
}

const SIZE = { height: 128, width: 128 }

async function readReference(number: number) {
  const picture = findBundledPicture(await readBundledPictures('public/pictures'), number)
  const weights = decodeNpy(await readFile(`tests/fixtures/reference/picture${number}_lime_weight_map.npy`))
  return { picture, weights }
}

/** Regions as the reference cut them: each pixel belongs to the object in the middle of its block. */
async function readSampledRegions(picture: BundledPicture): Promise<Region[]> {
  const mask = await readMask(`public/pictures/${picture.mask}`)
  const ids = Uint8Array.from({ length: 128 * 128 }, (_, pixel) => {
    const x = pixel % 128
    return mask.ids[(4 * ((pixel - x) / 128) + 2) * mask.width + 4 * x + 2]!
  })
  return picture.regions.map(({ name, objects }) => regionFromMask({ ids, ...SIZE }, name, objects, SIZE))
}

describe.each([0, 2, 5])('LIME weights in the regions of picture %i', (number) => {
  test('measured as the reference did, give its numbers', async () => {
    const { picture, weights } = await readReference(number)
    for (const region of await readSampledRegions(picture)) {
      const measured = measureWeights(weights, region)
      const [sum, positive, negative] = REFERENCE[number]![region.name.en]!
      expect(measured.weightPerMille).toBeCloseTo(sum, 2)
      expect(Math.abs(measured.positiveShare! - positive)).toBeLessThanOrEqual(0.0051)
      expect(Math.abs(measured.negativeShare! - negative)).toBeLessThanOrEqual(0.0051)
    }
  })

  test('averaged over area, stay near them', async () => {
    const { picture, weights } = await readReference(number)
    const measured = measureRegions({ weights }, await readRegions('public/pictures', picture))
    for (const [name, [sum, positive, negative]] of Object.entries(REFERENCE[number]!)) {
      expect(Math.abs(measured[name]!.weightPerMille! - sum)).toBeLessThan(0.12)
      expect(Math.abs(measured[name]!.positiveShare! - positive)).toBeLessThan(0.02)
      expect(Math.abs(measured[name]!.negativeShare! - negative)).toBeLessThan(0.02)
    }
  })
})

describe('enrichment of the maps of the bundled classifier', () => {
  let classifier: Classifier
  beforeAll(async () => {
    classifier = await openClassifier('models/food-cnn', { provider: 'cpu' })
  })
  afterAll(() => classifier.close())

  test.each([0, 2, 5])('is that of the reference in picture %i', async (number) => {
    const { picture } = await readReference(number)
    const { input } = await readPicture(`public/pictures/${picture.file}`)
    const regions = await readSampledRegions(picture)
    for (const [column, explainer] of ([saliency, integratedGradients] as Explainer[]).entries()) {
      const parameters = explainer.parameters('homework', classifier).parse({})
      const request = {
        classifier,
        picture: input,
        target: picture.label,
        variant: 'homework',
        parameters,
        seed: 16,
      }
      const measured = measureRegions((await explainer.explain(request as ExplainRequest)).arrays, regions)
      for (const [name, expected] of Object.entries(ENRICHMENT[number]!)) {
        // Two right float32 gradients differ by a percent or two.
        const tolerance = 0.006 + 0.01 * expected[column]!
        expect(Math.abs(measured[name]!.enrichment! - expected[column]!), name).toBeLessThan(tolerance)
      }
    }
  })
})
