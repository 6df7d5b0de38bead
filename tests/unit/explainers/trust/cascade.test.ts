import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Classifier } from '@/lib/explainers/classifier'
import type { Evidence, FloatTensor, Variant } from '@/lib/explainers/evidence'
import { buildRequest, computeEvidence, evidenceId } from '@/lib/explainers/request'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { cascadeMeasurementsSchema } from '@/lib/explainers/trust/cascade'
import { edgesOf } from '@/lib/explainers/trust/edges'
import { trustMeasurementsSchema } from '@/lib/explainers/trust/measurements'
import { readReference, referencePictures } from '../reference-arrays'

let classifier: Classifier
beforeAll(async () => {
  classifier = await openClassifier('models/food-cnn', { provider: 'cpu' })
})
afterAll(() => classifier.close())

const number = 5
const { label: target } = referencePictures.find(({ picture }) => picture === number)!
const picture = readReference(number, 'input')

async function compute(method: string, seed = 16, variant: Variant = 'homework'): Promise<Evidence> {
  const request = buildRequest({
    method,
    model: classifier,
    picture: { name: '5.png', sha256: 'a'.repeat(64) },
    target,
    variant,
    seed,
    parameters: {},
  })
  return computeEvidence(request, { classifier, picture })
}

/** Spearman's ρ by its textbook definition: 1 − 6 Σd²/n(n²−1), which needs values that are all different. */
function rho(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const ranks = (values: ArrayLike<number>) => {
    const order = Array.from(values, (value, place) => ({ value, place })).sort((a, b) => a.value - b.value)
    const rank: number[] = []
    for (const [index, { place }] of order.entries()) rank[place] = index
    return rank
  }
  const [a, b] = [ranks(one), ranks(other)]
  const squares = a.reduce((sum, rank, place) => sum + (rank - b[place]!) ** 2, 0)
  const n = a.length
  return 1 - (6 * squares) / (n * (n ** 2 - 1))
}

/** The importance of a pixel in the homework's map of integrated gradients: |R + G + B|. */
function importance({ data }: { readonly data: ArrayLike<number> }): number[] {
  const plane = data.length / 3
  return Array.from({ length: plane }, (_, i) => Math.abs(data[i]! + data[plane + i]! + data[2 * plane + i]!))
}

describe('a cascade of random weights', () => {
  it('finds the numbers of the tests of the same map, which are made by other code of the same definition', async () => {
    const [cascade, trust] = [await compute('cascade-saliency'), await compute('trust-saliency')]
    expect(cascadeMeasurementsSchema.parse(cascade.measurements).randomization).toEqual(
      trustMeasurementsSchema.parse(trust.measurements).randomization,
    )
    expect(cascade.manifest.otherModels).toEqual(trust.manifest.otherModels)
  })

  it('measures the maps that it shows: ρ by its textbook definition', async () => {
    const { arrays, measurements } = await compute('cascade-integrated-gradients')
    const { randomization, edges } = cascadeMeasurementsSchema.parse(measurements)
    const trained = importance(arrays.attribution!)
    // Some of 16,384 values are equal, which the definition does not foresee.
    for (const { depth, correlation } of randomization)
      expect(correlation).toBeCloseTo(rho(trained, importance(arrays[depth]!)), 3)
    expect(edges.trained).toBeCloseTo(rho(trained, arrays.edges!.data), 3)
    expect(edges.all).toBeCloseTo(rho(importance(arrays.all!), arrays.edges!.data), 3)
  })

  it('begins with the very map of the method, and is another for another seed', async () => {
    const [map, one, other] = [
      await compute('saliency'),
      await compute('cascade-saliency'),
      await compute('cascade-saliency', 17),
    ]
    expect(one.arrays.attribution!.data).toEqual(map.arrays.attribution!.data)
    expect(other.arrays.attribution!.data).toEqual(map.arrays.attribution!.data)
    expect(other.arrays.all!.data).not.toEqual(one.arrays.all!.data)
    expect(evidenceId(await compute('cascade-saliency'))).toBe(evidenceId(one))
  })
})

describe('the edge detector', () => {
  const size = 9
  const picture3 = (value: (row: number, column: number, channel: number) => number): FloatTensor => ({
    data: Float32Array.from({ length: 3 * size * size }, (_, i) =>
      value(Math.floor((i % (size * size)) / size), i % size, Math.floor(i / (size * size))),
    ),
    shape: [3, size, size],
  })

  it('sees nothing where nothing changes', () => {
    expect(Math.max(...edgesOf(picture3((_row, _column, channel) => 0.2 * channel)).data)).toBe(0)
  })

  it('is 4 on both sides of a step from black to white, and 0 elsewhere', () => {
    const { data, shape } = edgesOf(picture3((_, column) => (column < 4 ? 0 : 1)))
    expect(shape).toEqual([size, size])
    for (const [place, edge] of data.entries())
      expect(edge).toBeCloseTo([3, 4].includes(place % size) ? 4 : 0, 5)
  })

  it('is the same picture turned when the picture is turned', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 81, maxLength: 81 }),
        (grey) => {
          const upright = edgesOf(picture3((row, column) => grey[row * size + column]!)).data
          const turned = edgesOf(picture3((row, column) => grey[column * size + row]!)).data
          for (const [place, edge] of upright.entries())
            expect(turned[(place % size) * size + Math.floor(place / size)]).toBeCloseTo(edge, 4)
        },
      ),
      { numRuns: 20 },
    )
  })
})
