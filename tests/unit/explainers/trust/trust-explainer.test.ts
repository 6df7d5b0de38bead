import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Classifier, layersDownTo, type RandomizedDepth } from '@/lib/explainers/classifier'
import type { Evidence, FloatTensor, Json } from '@/lib/explainers/evidence'
import { buildRequest, computeEvidence, evidenceId } from '@/lib/explainers/request'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { type TrustMeasurements, trustMeasurementsSchema } from '@/lib/explainers/trust/measurements'
import { readReference, referencePictures } from '../reference-arrays'

let classifier: Classifier
beforeAll(async () => {
  classifier = await openClassifier('models/food-cnn', { provider: 'cpu' })
})
afterAll(() => classifier.close())

const number = 5
const { label: target } = referencePictures.find(({ picture }) => picture === number)!
const picture = readReference(number, 'input')
const left: FloatTensor = {
  data: Float32Array.from({ length: 128 * 128 }, (_, i) => (i % 128 < 64 ? 1 : 0)),
  shape: [128, 128],
}
const regions = [
  { name: { zh: '左半', en: 'left half' }, coverage: left, explained: true },
  { name: { zh: '全部', en: 'everything' }, coverage: { data: left.data.map(() => 1), shape: [128, 128] } },
]

async function test(
  method: string,
  parameters: { readonly [name: string]: Json } = {},
  signal?: AbortSignal,
) {
  const request = buildRequest({
    method: `trust-${method}`,
    model: classifier,
    picture: { name: '5.png', sha256: 'a'.repeat(64) },
    target,
    variant: 'homework',
    seed: 16,
    parameters,
  })
  const evidence = await computeEvidence(request, { classifier, picture, regions, ...(signal && { signal }) })
  return { evidence, measured: trustMeasurementsSchema.parse(evidence.measurements) }
}

const tested = new Map<string, Promise<{ evidence: Evidence; measured: TrustMeasurements }>>()
const once = (method: string, parameters: { readonly [name: string]: Json } = {}) => {
  const known = tested.get(method) ?? test(method, parameters)
  tested.set(method, known)
  return known
}

describe('the tests of a map of the bundled classifier', () => {
  it('measure integrated gradients: what they say matters, matters', async () => {
    const { measured, evidence } = await once('integrated-gradients')
    expect(measured.deletion.area).toBeLessThan(measured.deletion.random)
    expect(measured.insertion.area).toBeGreaterThan(measured.insertion.random)
    expect(measured.completeness!.relative).toBeLessThan(0.2)
    expect(measured.seeds).toBeNull()
    for (const name of ['deletion', 'insertion', 'randomDeletion', 'randomInsertion']) {
      const { data } = evidence.arrays[name]!
      expect(data).toHaveLength(41)
      for (const probability of data) expect(probability).toBeGreaterThanOrEqual(0)
      for (const probability of data) expect(probability).toBeLessThanOrEqual(1)
    }
    // Both curves have the whole picture at one end.
    expect(evidence.arrays.deletion!.data[0]).toBeCloseTo(evidence.arrays.insertion!.data[40]!, 5)
  })

  it('tell LIME’s seeds apart, and nothing of completeness where it has no meaning', async () => {
    const lime = await once('lime', { samples: 60 })
    expect(lime.measured.seeds).toMatchObject({ seeds: [16, 0, 1] })
    expect(lime.measured.seeds!.correlation).toBeLessThan(0.99)
    expect(lime.measured.completeness).not.toBeNull()
    const saliency = await once('saliency')
    expect(saliency.measured.completeness).toBeNull()
  })

  it('find another map in a model without training', async () => {
    const { measured, evidence } = await once('saliency')
    expect(measured.randomization.map(({ depth }) => depth)).toEqual(['output', 'linear', 'all'])
    expect(Math.abs(measured.randomization[2]!.correlation!)).toBeLessThan(0.5)
    expect(evidence.manifest.otherModels).toHaveLength(3)
    expect(new Set(evidence.manifest.otherModels!.map(({ sha256 }) => sha256)).size).toBe(3)
  })

  it('play the pointing game with what the class names only', async () => {
    const { measured } = await once('saliency')
    expect(measured.pointing).toHaveLength(1)
    expect(measured.pointing[0]).toMatchObject({ object: { en: 'left half' } })
    // Half of the picture, and four columns that are near enough.
    expect(measured.pointing[0]!.chance).toBeCloseTo(68 / 128, 10)
  })

  it('give the same evidence again, under the same name', async () => {
    const [one, other] = [(await once('saliency')).evidence, (await test('saliency')).evidence]
    expect(other.measurements).toEqual(one.measurements)
    expect(evidenceId(other)).toBe(evidenceId(one))
  })

  it('stop when they are told to', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(test('lime', {}, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a classifier with random weights', () => {
  const logitsOf = async (depth: RandomizedDepth, seed: number) => {
    const random = classifier.randomized(layersDownTo(depth, classifier.weighted), seed, depth)
    const { data } = await random.logits({ data: picture.data, shape: [1, ...picture.shape] })
    await random.close()
    return { logits: [...data], sha256: random.sha256 }
  }

  it('is the same for the same seed, another for another, and none is the trained one', async () => {
    const one = await logitsOf('all', 1)
    expect(await logitsOf('all', 1)).toEqual(one)
    const other = await logitsOf('all', 2)
    expect(other.sha256).not.toBe(one.sha256)
    expect(other.logits).not.toEqual(one.logits)
    const trained = await classifier.logits({ data: picture.data, shape: [1, ...picture.shape] })
    expect(one.logits).not.toEqual([...trained.data])
    expect(one.sha256).not.toBe(classifier.sha256)
  })

  it('keeps what lies below its depth', async () => {
    const pictures = { data: picture.data, shape: [1, ...picture.shape] }
    const before = await classifier.activation(pictures, 37)
    for (const [depth, isSame] of [
      ['linear', true],
      ['all', false],
    ] as const) {
      const random = classifier.randomized(layersDownTo(depth, classifier.weighted), 1, depth)
      const after = await random.activation(pictures, 37)
      await random.close()
      expect(Buffer.from(after.data.buffer).equals(Buffer.from(before.data.buffer)), depth).toBe(isSame)
    }
  })
})
