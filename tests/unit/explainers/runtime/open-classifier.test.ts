import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Classifier } from '@/lib/explainers/classifier'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { RandomStream } from '@/lib/explainers/random'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { chooseProvider } from '@/lib/explainers/runtime/provider'
import { relativeDistance } from '../onnx/gradient-check'
import { randomTensors, saveClassifier } from '../onnx/random-classifier'
import { float32Tensor } from '../onnx/safetensors-file'
import { readReference, referencePictures } from '../reference-arrays'

let folder: string
let classifier: Classifier
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-classifier-'))
  classifier = await openClassifier('models/food-cnn', { provider: 'cpu' })
})
afterAll(async () => {
  await classifier.close()
  await rm(folder, { recursive: true })
})

/** The three reference pictures as one batch. */
function referenceBatch(): FloatTensor {
  const inputs = referencePictures.map(({ picture }) => readReference(picture, 'input'))
  const data = new Float32Array(inputs.length * inputs[0]!.data.length)
  for (const [i, input] of inputs.entries()) data.set(input.data, i * input.data.length)
  return { data, shape: [inputs.length, ...inputs[0]!.shape] }
}

function randomPicture(): FloatTensor {
  const random = new RandomStream(3, 'picture')
  return {
    data: Float32Array.from({ length: 3 * 128 * 128 }, () => random.uniform()),
    shape: [1, 3, 128, 128],
  }
}

describe('the bundled classifier', () => {
  test('describes its 38 layers', () => {
    expect(classifier.layers).toHaveLength(38)
    const pools = classifier.layers.filter(({ type }) => type === 'MaxPool2d').map(({ index }) => index)
    expect(pools).toEqual([9, 19, 29, 33, 37])
    expect(classifier.layers[0]).toEqual({ index: 0, type: 'Conv2d', channels: 32 })
    expect(classifier.layers[15]).toEqual({ index: 15, type: 'ReLU', channels: 32 })
    expect(classifier.layers[21]).toEqual({ index: 21, type: 'BatchNorm2d', channels: 64 })
    expect(classifier.classes.slice(0, 2)).toEqual(['Bread', 'Dairy product'])
    expect(classifier.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('gives the logits of PyTorch, one by one and in a batch that is filled up', async () => {
    const together = await classifier.logits(referenceBatch())
    expect(together.shape).toEqual([3, 11])
    for (const [i, { picture }] of referencePictures.entries()) {
      const { data, shape } = readReference(picture, 'input')
      const alone = await classifier.logits({ data, shape: [1, ...shape] })
      const expected = readReference(picture, 'logits').data
      expect(relativeDistance(alone.data, expected)).toBeLessThan(1e-5)
      expect(relativeDistance(together.data.subarray(11 * i, 11 * (i + 1)), expected)).toBeLessThan(1e-5)
    }
  })

  test('gives each picture of a batch its own gradient, also when there are more than one run takes', async () => {
    const small = await openClassifier('models/food-cnn', { provider: 'cpu', batch: 2 })
    const batch = referenceBatch()
    const size = batch.data.length / 3
    const { gradient, logits } = await small.inputGradient(batch, { kind: 'logit', target: 3 })
    expect(gradient.shape).toEqual([3, 3, 128, 128])
    expect(logits!.shape).toEqual([3, 11])
    const last = { data: batch.data.slice(2 * size), shape: [1, 3, 128, 128] }
    const alone = await small.inputGradient(last, { kind: 'logit', target: 3 })
    await small.close()
    expect(relativeDistance(gradient.data.subarray(2 * size), alone.gradient.data)).toBeLessThan(1e-4)
    expect(relativeDistance(gradient.data.subarray(0, size), alone.gradient.data)).toBeGreaterThan(0.1)
  })

  test('computes the layers from each other: normalization, rectification, pooling', async () => {
    const picture = randomPicture()
    const [conv, norm, relu, pool] = await Promise.all(
      [6, 7, 8, 9].map((layer) => classifier.activation(picture, layer)),
    )
    expect(conv!.shape).toEqual([1, 32, 128, 128])
    expect(pool!.shape).toEqual([1, 32, 64, 64])
    // Within a channel, normalization is a straight line: the same slope between any two places.
    const plane = 128 * 128
    for (const channel of [0, 31]) {
      const [a, b] = [conv!, norm!].map(({ data }) => data.subarray(channel * plane, (channel + 1) * plane))
      const slope = (i: number, j: number) => (b![i]! - b![j]!) / (a![i]! - a![j]!)
      const reference = slope(indexOfSmallest(a!), indexOfLargest(a!))
      expect(reference).not.toBeCloseTo(1, 2)
      expect(slope(indexOfSmallest(a!), 5000) / reference).toBeCloseTo(1, 3)
    }
    expect(
      relativeDistance(
        relu!.data,
        norm!.data.map((value) => Math.max(value, 0)),
      ),
    ).toBeLessThan(1e-6)
    expect(pool!.data[0]).toBe(Math.max(relu!.data[0]!, relu!.data[1]!, relu!.data[128]!, relu!.data[129]!))
  })

  test('gives the gradient of a filter that its activation shows', async () => {
    const picture = randomPicture()
    const [layer, filter] = [4, 7]
    const { gradient } = await classifier.inputGradient(picture, { kind: 'filter', layer, filter })
    const objective = async (data: Float32Array) => {
      const { data: values } = await classifier.activation({ data, shape: picture.shape }, layer)
      const plane = 128 * 128
      return -values.subarray(filter * plane, (filter + 1) * plane).reduce((a, b) => a + b, 0)
    }
    const along = async (step: number) =>
      objective(picture.data.map((value, i) => value + step * Math.sign(gradient.data[i]!)))
    const measured = ((await along(1e-3)) - (await along(-1e-3))) / 2e-3
    const computed = gradient.data.reduce((sum, value) => sum + Math.abs(value), 0)
    expect(measured / computed).toBeCloseTo(1, 2)
  })

  test('keeps a cross-entropy gradient far below the rounding of 1 − p', async () => {
    // Logits so far apart that p of the label is 1 in float32: the gradient is still that of the other classes.
    const tensors = randomTensors({ widths: [4, 4, 4, 4, 4], hidden: 8, classes: 3 })
    tensors['fc.3.bias'] = float32Tensor([3], [40, 0, 1])
    await saveClassifier(join(folder, 'sure'), tensors, 3)
    const sure = await openClassifier(join(folder, 'sure'), { provider: 'cpu' })
    const picture = randomPicture()
    const entropy = await sure.inputGradient(picture, { kind: 'cross-entropy', label: 0 })
    const logits = [...entropy.logits!.data]
    const parts: Float32Array[] = []
    for (const target of [0, 1, 2])
      parts.push((await sure.inputGradient(picture, { kind: 'logit', target })).gradient.data)
    await sure.close()
    const shares = logits.map((logit) => Math.exp(logit - logits[0]!))
    const total = shares.reduce((a, b) => a + b)
    const others = (shares[1]! + shares[2]!) / total
    const expected = Float64Array.from(parts[0]!, (value, i) => {
      return -others * value + (shares[1]! / total) * parts[1]![i]! + (shares[2]! / total) * parts[2]![i]!
    })
    expect(others).toBeLessThan(1e-12)
    expect(relativeDistance(entropy.gradient.data, expected)).toBeLessThan(1e-4)
  })

  test('refuses pictures, classes, layers and filters that do not exist', async () => {
    const picture = randomPicture()
    const invalid = (subject: string) => ({ code: 'invalid-parameter', subject })
    await expect(classifier.logits({ ...picture, shape: [3, 128, 128] })).rejects.toMatchObject(
      invalid('pictures'),
    )
    await expect(classifier.activation(picture, 38)).rejects.toMatchObject(invalid('layer'))
    const gradient = (objective: Parameters<Classifier['inputGradient']>[1]) =>
      classifier.inputGradient(picture, objective)
    await expect(gradient({ kind: 'logit', target: 11 })).rejects.toMatchObject(invalid('target'))
    await expect(gradient({ kind: 'cross-entropy', label: -1 })).rejects.toMatchObject(invalid('label'))
    await expect(gradient({ kind: 'filter', layer: 15, filter: 32 })).rejects.toMatchObject(invalid('filter'))
  })
})

test("the course's widths build, run, and have the slope that the logits show", {
  timeout: 300_000,
}, async () => {
  const tensors = randomTensors({ widths: [128, 128, 256, 512, 512], hidden: 1024, classes: 11 })
  const parameters = Object.entries(tensors).filter(([name]) => !name.includes('running'))
  expect(parameters.reduce((sum, [, { bytes }]) => sum + bytes.length / 4, 0)).toBe(14_162_827)
  await saveClassifier(join(folder, 'course'), tensors, 11)
  const course = await openClassifier(join(folder, 'course'), { provider: 'cpu' })
  expect(course.layers.at(-1)).toEqual({ index: 37, type: 'MaxPool2d', channels: 512 })
  const picture = randomPicture()
  const { gradient } = await course.inputGradient(picture, { kind: 'logit', target: 2 })
  const norm = Math.sqrt(gradient.data.reduce((sum, value) => sum + value * value, 0))
  const along = async (step: number) => {
    const data = picture.data.map((value, i) => value + (step * gradient.data[i]!) / norm)
    return (await course.logits({ data, shape: picture.shape })).data[2]!
  }
  const measured = ((await along(0.05)) - (await along(-0.05))) / 0.1
  await course.close()
  expect(measured / norm).toBeGreaterThan(0.95)
  expect(measured / norm).toBeLessThan(1.05)
})

describe('a model folder', () => {
  const tensors = randomTensors({ widths: [4, 4, 4, 4, 4], hidden: 8, classes: 3 })

  test('that is not there', async () => {
    await expect(openClassifier(join(folder, 'nothing'))).rejects.toMatchObject({
      code: 'model-missing',
      subject: 'nothing',
    })
  })

  test('that is cut off', async () => {
    await saveClassifier(join(folder, 'cut'), tensors, 3)
    const file = join(folder, 'cut', 'model.safetensors')
    await writeFile(file, (await readFile(file)).subarray(0, 5000))
    await expect(openClassifier(join(folder, 'cut'))).rejects.toMatchObject({ code: 'model-damaged' })
  })

  test.each([
    [
      'a tensor of another shape',
      { 'cnn.13.weight': float32Tensor([4, 4, 3, 1], new Float32Array(48)) },
      3,
      /cnn\.13\.weight.*\[4, 4, 3, 1\].*\[any, 4, 3, 3\]/,
    ],
    ['a bias of another length', { 'fc.3.bias': float32Tensor([2], [0, 0]) }, 3, /fc\.3\.bias.*\[2\].*\[3\]/],
    [
      'a negative variance',
      { 'cnn.1.running_var': float32Tensor([4], [1, 1, -1, 1]) },
      3,
      /cnn\.1\.running_var.*negative/,
    ],
    ['other classes than outputs', {}, 4, /4 classes.*3 outputs/],
  ])('with %s', async (name, changes, classes, message) => {
    const path = join(folder, name.replaceAll(' ', '-'))
    await saveClassifier(path, { ...tensors, ...changes }, classes)
    await expect(openClassifier(path)).rejects.toMatchObject({
      code: 'model-damaged',
      message: expect.stringMatching(message),
    })
  })

  test('of another network', async () => {
    await saveClassifier(join(folder, 'other'), { 'layer1.weight': float32Tensor([1], [1]) }, 1)
    await expect(openClassifier(join(folder, 'other'))).rejects.toMatchObject({ code: 'model-unsupported' })
  })
})

describe('the execution provider', () => {
  test('is one that works, with the reason for it', async () => {
    const { provider, reason } = await chooseProvider('')
    expect(['cuda', 'webgpu', 'cpu']).toContain(provider)
    expect(reason).toContain(provider)
  })

  test('that does not exist is an error that names those there are', async () => {
    await expect(chooseProvider('abacus')).rejects.toMatchObject({
      code: 'provider-unavailable',
      message: expect.stringContaining('cuda, webgpu, cpu'),
    })
  })
})

function indexOfSmallest(values: Float32Array): number {
  return values.indexOf(values.reduce((a, b) => Math.min(a, b)))
}

function indexOfLargest(values: Float32Array): number {
  return values.indexOf(values.reduce((a, b) => Math.max(a, b)))
}
