import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Classifier } from '@/lib/explainers/classifier'
import type { FloatTensor, Json, Variant } from '@/lib/explainers/evidence'
import type { Explainer, Explanation, Parameters } from '@/lib/explainers/explainer'
import { filterActivation } from '@/lib/explainers/methods/filter-activation'
import { filterVisualization } from '@/lib/explainers/methods/filter-visualization'
import { integratedGradients } from '@/lib/explainers/methods/integrated-gradients'
import { saliency } from '@/lib/explainers/methods/saliency'
import { smoothGrad } from '@/lib/explainers/methods/smooth-grad'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { relativeDistance } from '../onnx/gradient-check'
import { pearson, readReference, referencePictures } from '../reference-arrays'

let classifier: Classifier
beforeAll(async () => {
  classifier = await openClassifier('models/food-cnn', { provider: 'cpu' })
})
afterAll(() => classifier.close())

interface Settings {
  readonly variant?: Variant
  readonly parameters?: { readonly [name: string]: Json }
  readonly number?: number
  readonly seed?: number
  readonly signal?: AbortSignal
  readonly picture?: FloatTensor
  readonly progress?: (step: string, done: number, total: number) => void
}

function explain<P extends Parameters>(
  explainer: Explainer<P>,
  settings: Settings = {},
): Promise<Explanation> {
  const { variant = 'homework', number = 2, parameters = {}, seed = 16, ...rest } = settings
  const { label } = referencePictures.find(({ picture }) => picture === number)!
  return explainer.explain({
    classifier,
    picture: readReference(number, 'input'),
    target: label,
    variant,
    parameters: explainer.parameters(variant, classifier).parse(parameters),
    seed,
    ...rest,
  })
}

const array = ({ arrays }: Explanation, name: string) => arrays[name] as FloatTensor

describe('against PyTorch', () => {
  const maps = [
    { explainer: saliency, variant: 'homework', file: 'saliency_ce' },
    { explainer: integratedGradients, variant: 'homework', file: 'ig_left10_logit_gradient' },
    { explainer: integratedGradients, variant: 'paper', file: 'ig_gausslegendre50_logit_times_input' },
  ] as const
  for (const { explainer, variant, file } of maps) {
    for (const { picture } of referencePictures) {
      test(`${explainer.method} (${variant}) of picture ${picture}`, async () => {
        const explanation = await explain(explainer as Explainer<Parameters>, { variant, number: picture })
        const attribution = array(explanation, 'attribution')
        const expected = readReference(picture, file)
        expect(attribution.shape).toEqual(expected.shape)
        expect(relativeDistance(attribution.data, expected.data)).toBeLessThan(3e-2)
        expect(pearson(attribution.data, expected.data)).toBeGreaterThan(0.999)
        expect(
          relativeDistance(array(explanation, 'logits').data, readReference(picture, 'logits').data),
        ).toBeLessThan(1e-4)
        expect(array(explanation, 'input').data).toEqual(readReference(picture, 'input').data)
      })
    }
  }
})

describe('saliency', () => {
  test('of one cross-entropy alone is ten times that of the mean over ten', async () => {
    const ten = array(await explain(saliency), 'attribution').data
    const one = array(await explain(saliency, { parameters: { picturesInLoss: 1 } }), 'attribution').data
    expect(
      relativeDistance(
        one,
        ten.map((value) => 10 * value),
      ),
    ).toBeLessThan(1e-6)
  })

  test('is the largest size of the gradient over the channels, in the paper of the logit', async () => {
    const explanation = await explain(saliency, { variant: 'paper' })
    const { gradient } = await classifier.inputGradient(
      { data: readReference(2, 'input').data, shape: [1, 3, 128, 128] },
      { kind: 'logit', target: 1 },
    )
    const plane = 128 * 128
    const expected = Float32Array.from({ length: plane }, (_, i) =>
      Math.max(...[0, 1, 2].map((channel) => Math.abs(gradient.data[channel * plane + i]!))),
    )
    expect(array(explanation, 'attribution').data).toEqual(expected)
    expect(explanation.measurements.largest).toBe(expected.reduce((a, b) => Math.max(a, b)))
  })
})

describe('SmoothGrad', () => {
  const few = { samples: 6 }

  test('gives equal bits for equal seeds, others for other seeds', async () => {
    const [first, again, other] = [
      array(await explain(smoothGrad, { parameters: few }), 'attribution').data,
      array(await explain(smoothGrad, { parameters: few }), 'attribution').data,
      array(await explain(smoothGrad, { parameters: few, seed: 17 }), 'attribution').data,
    ]
    expect(again).toEqual(first)
    expect(relativeDistance(other, first)).toBeGreaterThan(0.05)
  })

  test('is the mean of the gradients of its copies, whose noise has the deviation of the variant', async () => {
    const { data: picture } = readReference(2, 'input')
    const range = picture.reduce((a, b) => Math.max(a, b)) - picture.reduce((a, b) => Math.min(a, b))
    const deviations = { homework: (0.4 / range) ** 2, paper: 0.15 * range }
    for (const variant of ['homework', 'paper'] as const) {
      const explanation = await explain(smoothGrad, { variant, parameters: few })
      const [copies, gradients] = [array(explanation, 'noisyCopies'), array(explanation, 'noisyGradients')]
      expect(copies.shape).toEqual([6, 3, 128, 128])
      const size = picture.length
      const variance =
        copies.data.reduce((sum, value, i) => sum + (value - picture[i % size]!) ** 2, 0) / copies.data.length
      expect(Math.sqrt(variance) / deviations[variant]).toBeCloseTo(1, 2)
      expect(explanation.measurements.deviation).toBeCloseTo(deviations[variant], 12)
      const mean = Float64Array.from({ length: size }, (_, i) => {
        return [0, 1, 2, 3, 4, 5].reduce((sum, copy) => sum + gradients.data[copy * size + i]!, 0) / 6
      })
      expect(relativeDistance(array(explanation, 'attribution').data, mean)).toBeLessThan(1e-6)
      expect(gradients.data.some((value) => value < 0)).toBe(variant === 'paper')
    }
  })

  test('without noise is the size of the plain gradient', async () => {
    const smooth = await explain(smoothGrad, { parameters: { samples: 2, noise: 0 } })
    const plain = await explain(saliency, { parameters: { picturesInLoss: 1 } })
    const expected = array(plain, 'gradient').data.map(Math.abs)
    expect(relativeDistance(array(smooth, 'attribution').data, expected)).toBeLessThan(1e-3)
  })

  test('of a picture of one colour: the homework has no deviation for it', async () => {
    const picture = { data: new Float32Array(3 * 128 * 128).fill(0.5), shape: [3, 128, 128] }
    const failure = { code: 'invalid-parameter', message: expect.stringContaining('one value everywhere') }
    await expect(explain(smoothGrad, { picture, parameters: few })).rejects.toMatchObject(failure)
    const paper = await explain(smoothGrad, { picture, parameters: few, variant: 'paper' })
    expect(array(paper, 'attribution').data.every(Number.isFinite)).toBe(true)
  })

  test('reports each run and stops at the next when cancelled', async () => {
    const abort = new AbortController()
    const seen: number[] = []
    const running = explain(smoothGrad, {
      parameters: { samples: 40 },
      signal: abort.signal,
      progress(step, done, total) {
        expect([step, total]).toEqual(['noisy-copies', 40])
        seen.push(done)
        if (done === 8) abort.abort()
      },
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toEqual([0, 4, 8])
  })
})

describe('integrated gradients', () => {
  test('sum to the change of the logit, the more steps the closer', async () => {
    const deltas = []
    for (const steps of [3, 50]) {
      const { measurements, arrays } = await explain(integratedGradients, {
        variant: 'paper',
        parameters: { steps },
        number: 5,
      })
      const { change, sum, convergenceDelta } = measurements as Record<string, number>
      const total = (arrays.attribution!.data as Float32Array).reduce((a, b) => a + b, 0)
      expect(total).toBeCloseTo(sum!, 3)
      expect(sum! - change!).toBeCloseTo(convergenceDelta!, 6)
      deltas.push(Math.abs(convergenceDelta!) / Math.abs(change!))
    }
    expect(deltas[1]!).toBeLessThan(0.01)
    expect(deltas[1]!).toBeLessThan(deltas[0]!)
  })

  test('of the homework start at black and do not reach the picture', async () => {
    const explanation = await explain(integratedGradients, { parameters: { steps: 4 } })
    expect([...array(explanation, 'path').data]).toEqual([0, 0.25, 0.5, 0.75])
    const black = { data: new Float32Array(3 * 128 * 128), shape: [1, 3, 128, 128] }
    const logit = (await classifier.logits(black)).data[1]!
    expect(array(explanation, 'pathLogits').data[0]).toBeCloseTo(logit, 4)
  })
})

describe('filters', () => {
  test('activation is one channel of the layer', async () => {
    const explanation = await explain(filterActivation, { parameters: { layer: 15, filter: 3 } })
    const { data: input } = readReference(2, 'input')
    const layer = await classifier.activation({ data: input, shape: [1, 3, 128, 128] }, 15)
    const activation = array(explanation, 'activation')
    expect(activation.shape).toEqual([64, 64])
    expect(activation.data).toEqual(layer.data.slice(3 * 4096, 4 * 4096))
    const positive = activation.data.filter((value) => value > 0).length
    expect(explanation.measurements.active).toBe(positive / 4096)
  })

  test('visualisation of the homework begins at the picture; its first step is Adam’s', async () => {
    const explanation = await explain(filterVisualization, { parameters: { layer: 15, filter: 0, steps: 1 } })
    const { data: input } = readReference(2, 'input')
    const { gradient } = await classifier.inputGradient(
      { data: input, shape: [1, 3, 128, 128] },
      { kind: 'filter', layer: 15, filter: 0 },
    )
    // Adam's first step has the length of the learning rate in every place, against the gradient's sign.
    const expected = input.map(
      (value, i) => value - (0.1 * gradient.data[i]!) / (Math.abs(gradient.data[i]!) + 1e-8),
    )
    expect(relativeDistance(array(explanation, 'image').data, expected)).toBeLessThan(1e-6)
    expect(array(explanation, 'start').data).toEqual(input)
  })

  test('visualisation raises the activation; in the paper it begins at noise and stays a picture', async () => {
    for (const variant of ['homework', 'paper'] as const) {
      const explanation = await explain(filterVisualization, {
        variant,
        parameters: { layer: 22, filter: 5, steps: 15 },
      })
      const { activationBefore, activationAfter } = explanation.measurements as Record<string, number>
      expect(activationAfter!).toBeGreaterThan(1.2 * activationBefore!)
      const { data } = array(explanation, 'image')
      const isPicture = data.every((value) => value >= 0 && value <= 1)
      expect(isPicture).toBe(variant === 'paper')
    }
  })
})

describe('parameters', () => {
  const issues = (explainer: Explainer<Parameters>, parameters: object, variant: Variant = 'homework') =>
    explainer
      .parameters(variant, classifier)
      .safeParse(parameters)
      .error?.issues.map(({ path, message }) => [path[0], message]) ?? []
  const all = [
    saliency,
    smoothGrad,
    integratedGradients,
    filterActivation,
    filterVisualization,
  ] as unknown as Explainer<Parameters>[]

  test('have the defaults of the homework and of the papers', () => {
    const defaults = (variant: Variant) =>
      all.map((explainer) => explainer.parameters(variant, classifier).parse({}))
    expect(defaults('homework')).toEqual([
      { picturesInLoss: 10 },
      { samples: 500, noise: 0.4 },
      { steps: 10 },
      { layer: 15, filter: 0 },
      { layer: 15, filter: 0, steps: 100, learningRate: 0.1 },
    ])
    expect(defaults('paper').slice(0, 4)).toEqual([
      {},
      { samples: 50, noise: 0.15 },
      { steps: 50 },
      { layer: 15, filter: 0 },
    ])
  })

  test('that do not exist or lie outside are refused', () => {
    for (const explainer of all) expect(issues(explainer, { nonsense: 1 })).toHaveLength(1)
    const [, smooth, , activation] = all as [Explainer, Explainer, Explainer, Explainer]
    expect(issues(smooth, { samples: 0 })[0]![0]).toBe('samples')
    expect(issues(activation, { layer: 38 })[0]![0]).toBe('layer')
    expect(issues(activation, { layer: 15, filter: 32 })).toEqual([
      ['filter', 'layer 15 has the filters 0 to 31'],
    ])
    expect(issues(activation, { layer: 37, filter: 127 })).toEqual([])
  })

  test('a class that the classifier has not', async () => {
    const parameters = saliency.parameters('paper', classifier).parse({})
    const picture = readReference(0, 'input')
    const request = { classifier, picture, target: 11, variant: 'paper', parameters, seed: 0 } as const
    await expect(saliency.explain(request)).rejects.toMatchObject({
      code: 'invalid-parameter',
      subject: 'target',
    })
  })
})

describe('integrated gradients from the white baseline', () => {
  const input = readReference(2, 'input')
  test('add up to the change of the logit from white, and give nothing to what is white', async () => {
    const white = { ...input, data: input.data.map((value, place) => (place % 128 < 20 ? 1 : value)) }
    const explanation = await explain(integratedGradients, {
      variant: 'paper',
      picture: white,
      parameters: { baseline: 'white' },
    })
    const { sum, change } = explanation.measurements
    expect(Math.abs(Number(sum) - Number(change))).toBeLessThan(0.02 * Math.abs(Number(change)))
    const { data } = array(explanation, 'attribution')
    expect(data.every((value, place) => place % 128 >= 20 || value === 0)).toBe(true)
    // The start of the path, asked for by itself.
    const ends = new Float32Array(2 * white.data.length).fill(1)
    ends.set(white.data)
    const { data: logits, shape } = await classifier.logits({ data: ends, shape: [2, ...white.shape] })
    const { label } = referencePictures.find(({ picture }) => picture === 2)!
    expect(Number(change)).toBeCloseTo(logits[label]! - logits[shape[1]! + label]!, 4)
  })

  test('are no parameter of the homework’s variant, and leave the names of other maps as they were', () => {
    expect(
      integratedGradients.parameters('homework', classifier).safeParse({ baseline: 'white' }).success,
    ).toBe(false)
    expect(integratedGradients.parameters('paper', classifier).parse({})).toEqual({ steps: 50 })
  })
})
