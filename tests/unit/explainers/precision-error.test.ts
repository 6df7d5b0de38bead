import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Classifier } from '@/lib/explainers/classifier'
import type { EvidenceManifest, FloatTensor } from '@/lib/explainers/evidence'
import { relativeDistance } from '@/lib/explainers/relative-distance'
import { buildRequest, computeEvidence } from '@/lib/explainers/request'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { readReference } from './reference-arrays'

const picture = readReference(2, 'input')
let exact: Classifier
beforeAll(async () => {
  exact = await openClassifier('models/food-cnn', { provider: 'cpu' })
})
afterAll(() => exact.close())

/** The bundled classifier as on a device that has both precisions, whose results are a little too large. */
function onRoughDevice(precision: EvidenceManifest['precision']): Classifier {
  const rough = ({ data, shape }: FloatTensor, by: number): FloatTensor => ({
    data: data.map((value) => value * (1 + by)),
    shape,
  })
  return {
    name: exact.name,
    sha256: exact.sha256,
    classes: exact.classes,
    layers: exact.layers,
    weighted: exact.weighted,
    inputSize: exact.inputSize,
    provider: 'cuda',
    precision,
    copyPrecision: (asked) => asked ?? precision,
    batchOf: (count) => exact.batchOf(count),
    logits: async (pictures, asked) => rough(await exact.logits(pictures), asked ? 0.002 : 0.0001),
    async inputGradient(pictures, objective) {
      const { gradient, ...others } = await exact.inputGradient(pictures, objective)
      return { ...others, gradient: rough(gradient, 0.03) }
    },
    summedGradient: (...given) => exact.summedGradient(...given),
    activation: (...given) => exact.activation(...given),
    randomized: (...given) => exact.randomized(...given),
    onProcessor: () => exact.onProcessor(),
    close: async () => undefined,
  }
}

function manifestOf(classifier: Classifier, method: string, parameters = {}): Promise<EvidenceManifest> {
  const named = { name: 'picture 2', sha256: '2'.repeat(64) }
  const parts = { method, model: classifier, picture: named, target: 1, seed: 16, parameters }
  const request = buildRequest({ ...parts, variant: 'homework' })
  return computeEvidence(request, { classifier, picture }).then(({ manifest }) => manifest)
}

describe('the relative distance', () => {
  test('is of gradients by pictures of any size', () => {
    const values = Float32Array.from({ length: 3 * 512 * 512 }, (_, i) => Math.sin(i))
    expect(
      relativeDistance(
        values.map((value) => 1.5 * value),
        values,
      ),
    ).toBeCloseTo(0.5, 6)
  })

  test('is 0 of equal numbers, also where all are 0', () => {
    expect(relativeDistance(new Float32Array(3), new Float32Array(3))).toBe(0)
    expect(() => relativeDistance([1], [1, 2])).toThrow('1 and 2 values')
  })
})

describe('evidence in another arithmetic than float32', () => {
  test('says how far the gradients of its picture are from float32', async () => {
    expect(await manifestOf(onRoughDevice('tf32'), 'saliency')).toMatchObject({
      precision: 'tf32',
      precisionError: 0.03,
    })
  })

  test('says how far the logits of copies are, where the map is made of those, and float16 was asked for', async () => {
    const manifest = await manifestOf(onRoughDevice('float32'), 'lime', { samples: 8, precision: 'float16' })
    expect(manifest).toMatchObject({ precision: 'float16', precisionError: 0.002 })
    expect(manifest.parameters.precision).toBe('float16')
  })

  test('is float32, and says so, where the device has no other', async () => {
    const manifest = await manifestOf(exact, 'lime', { samples: 8, precision: 'float16' })
    expect(manifest.precision).toBe('float32')
    expect(manifest).not.toHaveProperty('precisionError')
  })

  test('asking for float32 is asking for nothing: names of evidence stay', async () => {
    const manifest = await manifestOf(exact, 'lime', { samples: 8, precision: 'float32' })
    expect(manifest.parameters).not.toHaveProperty('precision')
  })
})
