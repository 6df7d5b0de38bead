import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Classifier } from '@/lib/explainers/classifier'
import type {
  Evidence,
  EvidenceRequest,
  FloatTensor,
  Json,
  ReportProgress,
  Tensor,
  Variant,
} from '@/lib/explainers/evidence'
import type { Graph } from '@/lib/explainers/onnx/graph'
import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { encodeGraph } from '@/lib/explainers/onnx/graph-encoding'
import { draw } from '@/lib/explainers/onnx/random-weights'
import { RandomStream } from '@/lib/explainers/random'
import { buildRequest, computeEvidence, evidenceId } from '@/lib/explainers/request'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { layerRandomizationSchema } from '@/lib/explainers/trust/layer-randomization'
import { relativeDistance } from '../onnx/gradient-check'
import { plain } from '../onnx/tiny-classifier'
import { readReference, referencePictures } from '../reference-arrays'

const SIDE = 16
const [INPUTS, HIDDEN, CLASSES] = [3 * SIDE * SIDE, 5, 2]

let folder: string
let bundled: Classifier
let small: Classifier
beforeAll(async () => {
  bundled = await openClassifier('models/food-cnn', { provider: 'cpu' })
  folder = await mkdtemp(join(tmpdir(), 'vitrine-layers-'))
  await writeFile(join(folder, 'model.onnx'), encodeGraph(twoProducts.graph))
  await writeFile(join(folder, 'classifier.json'), JSON.stringify({ ...plain, classes: ['a', 'b'] }))
  small = await openClassifier(folder, { provider: 'cpu' })
})
afterAll(async () => {
  await Promise.all([bundled.close(), small.close()])
  await rm(folder, { recursive: true })
})

/** logits = B·(A·picture): its gradient by the picture is a row of B·A. */
const twoProducts = (() => {
  const random = new RandomStream(8, 'two products')
  const matrix = (length: number) => Float32Array.from({ length }, () => random.normal())
  const [a, b] = [matrix(HIDDEN * INPUTS), matrix(CLASSES * HIDDEN)]
  const builder = new GraphBuilder('two products', 17)
  const flat = builder.node('Flatten', [builder.input('input', 'float32', ['N', 3, SIDE, SIDE])])
  const attributes = { transB: 1 }
  const hidden = builder.node('Gemm', [flat, builder.float32(a, [HIDDEN, INPUTS], 'first.weight')], {
    attributes,
  })
  const logits = builder.node('Gemm', [hidden, builder.float32(b, [CLASSES, HIDDEN], 'second.weight')], {
    attributes,
  })
  builder.output(logits, 'float32', ['N', CLASSES])
  return { a, b, graph: builder.build() }
})()

/** What the layers become, by the stream that belongs to each node. */
function redrawn({ nodes }: Graph, seed: number) {
  const [first, second] = nodes
    .filter(({ operator }) => operator === 'Gemm')
    .map(({ name }) => new RandomStream(seed, 'random weights', `node ${name}`))
  return { a: draw(HIDDEN * INPUTS, INPUTS, first!), b: draw(CLASSES * HIDDEN, HIDDEN, second!) }
}

/** The paper's saliency of class 1 by hand: the largest over RGB of |row of B·A|. */
function saliencyByHand(a: Float32Array, b: Float32Array): Float32Array {
  const gradient = (input: number) => {
    let sum = 0
    for (let k = 0; k < HIDDEN; k++) sum += b[HIDDEN + k]! * a[k * INPUTS + input]!
    return sum
  }
  const plane = SIDE * SIDE
  return Float32Array.from({ length: plane }, (_, i) =>
    Math.max(...[0, 1, 2].map((channel) => Math.abs(gradient(channel * plane + i)))),
  )
}

const smallPicture: FloatTensor = {
  data: Float32Array.from({ length: INPUTS }, (_, i) => (Math.sin(i) + 1) / 2),
  shape: [3, SIDE, SIDE],
}

interface Asked {
  readonly classifier: Classifier
  readonly picture: FloatTensor
  readonly target: number
  readonly method?: string
  readonly variant?: Variant
  readonly parameters?: { readonly [name: string]: Json }
  readonly signal?: AbortSignal
  readonly progress?: ReportProgress
  readonly knownEvidence?: (request: EvidenceRequest) => Promise<Evidence | undefined>
}

function compute({ classifier, picture, target, ...asked }: Asked): Promise<Evidence> {
  const {
    method = 'layer-randomization-saliency',
    variant = 'paper',
    parameters = {},
    ...environment
  } = asked
  const named = { name: 'picture', sha256: 'a'.repeat(64) }
  const request = buildRequest({
    method,
    model: classifier,
    picture: named,
    target,
    variant,
    seed: 16,
    parameters,
  })
  return computeEvidence(request, { classifier, picture, ...environment })
}

const ofSmall = (parameters: Asked['parameters'], classifier = small) =>
  compute({ classifier, picture: smallPicture, target: 1, ...(parameters && { parameters }) })

const mapAt = ({ data, shape }: Tensor, place: number) => {
  const size = data.length / shape[0]!
  return data.subarray(place * size, (place + 1) * size)
}

describe('the layers of a network of two matrix products, drawn anew', () => {
  const { a, b, graph } = twoProducts
  const drawn = redrawn(graph, 16)
  const expected = {
    cascading: [saliencyByHand(a, drawn.b), saliencyByHand(drawn.a, drawn.b)],
    independent: [saliencyByHand(a, drawn.b), saliencyByHand(drawn.a, b)],
  }

  it.each(['cascading', 'independent'] as const)(
    '%s: give the maps that are computed by hand',
    async (order) => {
      const { arrays, measurements } = await ofSmall({ order, draws: 1 })
      const { stages } = layerRandomizationSchema.parse(measurements)
      expect(stages.map(({ layer, map }) => [layer, map])).toEqual([
        ['second', 0],
        ['first', 1],
      ])
      for (const [place, map] of expected[order].entries())
        expect(relativeDistance(mapAt(arrays.maps!, place), map)).toBeLessThan(1e-5)
      expect(relativeDistance(arrays.attribution!.data, saliencyByHand(a, b))).toBeLessThan(1e-5)
    },
  )

  it('are told from those of a cascade that forgets a layer', async () => {
    const randomized: Classifier['randomized'] = (layers, ...others) =>
      small.randomized(
        layers.filter((layer) => layer !== 0),
        ...others,
      )
    const forgetful = new Proxy(small, {
      get(target, name) {
        if (name === 'randomized') return randomized
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const { arrays } = await ofSmall({ draws: 1 }, forgetful)
    expect(relativeDistance(mapAt(arrays.maps!, 1), expected.cascading[1]!)).toBeGreaterThan(0.1)
  })

  it('have as many numbers as draws, the first of them that of a single draw', async () => {
    const [one, three] = [await ofSmall({ draws: 1 }), await ofSmall({ draws: 3 })].map(({ measurements }) =>
      layerRandomizationSchema.parse(measurements),
    )
    for (const [place, stage] of three!.stages.entries()) {
      expect(stage.draws).toHaveLength(3)
      expect(stage.draws[0]).toEqual(one!.stages[place]!.draws[0])
      expect(new Set(stage.draws.map(({ absolute }) => absolute)).size).toBe(3)
      // The picture is too small for a block of cells.
      expect(stage.draws.map(({ hog }) => hog)).toEqual([null, null, null])
    }
  })

  it('ask for the method’s own map by the method’s own parameters', async () => {
    const asked: EvidenceRequest[] = []
    await compute({
      classifier: small,
      picture: smallPicture,
      target: 1,
      variant: 'homework',
      parameters: { draws: 1, order: 'independent', picturesInLoss: 1 },
      knownEvidence: async (request) => {
        asked.push(request)
        return undefined
      },
    })
    expect(asked.map(({ method, parameters }) => [method, parameters])).toEqual([
      ['saliency', { target: 1, picturesInLoss: 1 }],
    ])
  })

  it('refuse parameters that are not theirs, and say which', () => {
    const build = (parameters: Asked['parameters']) => () => ofSmall(parameters)
    expect(build({ draws: 11 })).toThrow(/draws/)
    expect(build({ order: 'upwards' })).toThrow(/order/)
    expect(build({ steps: 3 })).toThrow(/steps/)
  })

  it('stop when they are told to', async () => {
    const stop = new AbortController()
    const asked = { classifier: small, picture: smallPicture, target: 1, signal: stop.signal }
    const progress: ReportProgress = (step, done) => {
      if (step === 'testing-map' && done === 1) stop.abort()
    }
    await expect(compute({ ...asked, progress })).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('the layers of the bundled classifier, drawn anew', () => {
  const number = 5
  const { label: target } = referencePictures.find(({ picture }) => picture === number)!
  const asked = () => ({
    classifier: bundled,
    picture: readReference(number, 'input'),
    target,
    variant: 'homework' as const,
  })

  it('pass through the stages that claims know: output, linear layers, everything', async () => {
    const [layers, cascade] = [
      await compute({ ...asked(), parameters: { draws: 1 } }),
      await compute({ ...asked(), method: 'cascade-saliency' }),
    ]
    const { stages } = layerRandomizationSchema.parse(layers.measurements)
    expect(stages.map(({ layer }) => layer)).toEqual([
      'fc.3',
      'fc.0',
      ...[34, 30, 26, 23, 20, 16, 13, 10, 6, 3, 0].map((index) => `cnn.${index}`),
    ])
    const { maps } = layers.arrays
    for (const [place, depth] of [
      [0, 'output'],
      [1, 'linear'],
      [12, 'all'],
    ] as const)
      expect(mapAt(maps!, place)).toEqual(cascade.arrays[depth]!.data)
    for (const { draws } of stages)
      for (const value of Object.values(draws[0]!)) expect(Math.abs(value!)).toBeLessThanOrEqual(1)
    expect(stages.at(-1)!.draws[0]!.absolute!).toBeLessThan(stages[0]!.draws[0]!.absolute!)
    const again = await compute({ ...asked(), parameters: { draws: 1 } })
    expect(evidenceId(again)).toBe(evidenceId(layers))
    expect(again.measurements).toEqual(layers.measurements)
  })
})
