import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Classifier } from '@/lib/explainers/classifier'
import { pictureCopies } from '@/lib/explainers/picture-copies'
import { RandomBits } from '@/lib/explainers/random'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { relativeDistance } from '../onnx/gradient-check'
import { readReference, referencePictures } from '../reference-arrays'

let classifier: Classifier
beforeAll(async () => {
  classifier = await openClassifier('models/food-cnn', { provider: 'cpu', batch: 4 })
})
afterAll(() => classifier.close())

describe('the sum of the gradients of copies', () => {
  const { data, shape } = readReference(referencePictures[0]!.picture, 'input')
  const picture = { data, shape }
  const bits = new RandomBits(3, 'noise').fill(new Int32Array(6 * data.length))
  const copies = {
    kind: 'noisy',
    picture,
    bits: { data: bits, shape: [6, 2, data.length / 2] },
    deviation: 0.05,
  } as const
  const weights = Float32Array.of(1, 0.5, 2, 0, 1, 0.25)

  test.each([true, false])(
    'is that of the gradients one by one, over batches (absolute: %s)',
    async (absolute) => {
      const objective = { kind: 'logit', target: 3 } as const
      const { sum, logits, gradient } = await classifier.summedGradient(copies, objective, {
        weights,
        absolute,
        each: true,
      })
      const alone = await classifier.inputGradient(pictureCopies(copies), objective)
      const expected = new Float64Array(data.length)
      for (let copy = 0; copy < 6; copy++) {
        for (let i = 0; i < data.length; i++) {
          const value = alone.gradient.data[copy * data.length + i]!
          expected[i]! += weights[copy]! * (absolute ? Math.abs(value) : value)
        }
      }
      expect(sum.shape).toEqual(shape)
      expect(relativeDistance(sum.data, Float32Array.from(expected))).toBeLessThan(1e-5)
      expect(relativeDistance(gradient!.data, alone.gradient.data)).toBeLessThan(1e-4)
      expect(relativeDistance(logits.data, alone.logits!.data)).toBeLessThan(1e-5)
    },
  )

  test('wants a weight for each', async () => {
    const sum = { weights: weights.subarray(1), absolute: true }
    await expect(classifier.summedGradient(copies, { kind: 'logit', target: 0 }, sum)).rejects.toThrow(
      '5 weights for 6',
    )
  })
})
