import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Classifier, layersDownTo } from '@/lib/explainers/classifier'
import { ExplainerError } from '@/lib/explainers/errors'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { readModelHash, readNetwork } from '@/lib/explainers/onnx/classifier-folder'
import { logitsGraph } from '@/lib/explainers/onnx/classifier-graph'
import type { Graph } from '@/lib/explainers/onnx/graph'
import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { encodeGraph } from '@/lib/explainers/onnx/graph-encoding'
import { findObstacles, GraphNetwork } from '@/lib/explainers/onnx/graph-network'
import { readGraph } from '@/lib/explainers/onnx/graph-reading'
import { RandomStream } from '@/lib/explainers/random'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { relativeDistance } from './gradient-check'
import { plain, tinyGraph } from './tiny-classifier'

const close = 1e-4
let folder: string
let bundled: Classifier
let classes: readonly string[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-graph-'))
  bundled = await openClassifier('models/food-cnn', { provider: 'cpu' })
  classes = bundled.classes
})
afterAll(async () => {
  await bundled.close()
  await rm(folder, { recursive: true })
})

function picture(side: number, count = 1): FloatTensor {
  const random = new RandomStream(3, 'picture')
  const data = Float32Array.from({ length: count * 3 * side * side }, () => random.uniform())
  return { data, shape: [count, 3, side, side] }
}

async function opened(graph: Graph, facts: object): Promise<Classifier> {
  await writeFile(join(folder, 'model.onnx'), encodeGraph(graph))
  await writeFile(join(folder, 'classifier.json'), JSON.stringify(facts))
  return openClassifier(folder, { provider: 'cpu' })
}

describe('the bundled network as an ONNX file', () => {
  test('gives the logits, gradients and activations that it gives by its weights', async () => {
    const { network } = await readNetwork('models/food-cnn')
    const classifier = await opened(logitsGraph(network, 1), { ...plain, classes })
    const input = picture(128, 2)
    const same = (one: FloatTensor, other: FloatTensor) =>
      expect(relativeDistance(one.data, other.data)).toBeLessThan(close)
    same(await classifier.logits(input), await bundled.logits(input))
    const objective = { kind: 'cross-entropy', label: 3 } as const
    same(
      (await classifier.inputGradient(input, objective)).gradient,
      (await bundled.inputGradient(input, objective)).gradient,
    )
    // Its layers are those of the graph, in which normalizations are folded into convolutions.
    expect(new Set(classifier.layers.map(({ type }) => type))).toEqual(
      new Set(['Conv2d', 'ReLU', 'MaxPool2d']),
    )
    const pooled = classifier.layers.findIndex(({ type }) => type === 'MaxPool2d')
    same(
      await classifier.activation(input, pooled + 1),
      await bundled.activation(
        input,
        bundled.layers.findIndex(({ type }) => type === 'MaxPool2d'),
      ),
    )
    const filter = { kind: 'filter', layer: 3, filter: 5 } as const
    expect((await classifier.inputGradient(picture(128), filter)).gradient.shape).toEqual([1, 3, 128, 128])
    await classifier.close()
  })

  test('loses what it has learned from the output downwards', async () => {
    const { network } = await readNetwork('models/food-cnn')
    const graph = GraphNetwork.of(logitsGraph(network, 1), plain)
    const hashes = (['output', 'linear', 'all'] as const).map((depth) =>
      graph.randomized(layersDownTo(depth, graph.weighted), 1).hash(),
    )
    expect(new Set([graph.hash(), ...hashes]).size).toBe(4)
    expect(graph.randomized([...graph.weighted.keys()], 1).hash()).toBe(hashes[2])
  })
})

describe('a small graph of any kind', () => {
  test('takes pictures of its own size, many at once, as its preprocessing says', async () => {
    const facts = { classes: ['a', 'b', 'c'], mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.4] }
    const classifier = await opened(tinyGraph(), facts)
    expect(classifier.inputSize).toEqual({ height: 16, width: 16 })
    expect(classifier.batchOf(9)).toBe(4)
    const input = picture(16, 5)
    const unprepared = await opened(tinyGraph(), { ...plain, classes: ['a', 'b', 'c'] })
    const prepared = input.data.map((value, place) => {
      const channel = Math.floor(place / 256) % 3
      return (value - facts.mean[channel]!) / facts.deviation[channel]!
    })
    const expected = await unprepared.logits({ data: prepared, shape: input.shape })
    expect(relativeDistance((await classifier.logits(input)).data, expected.data)).toBeLessThan(close)
    expect(await readModelHash(folder)).toBe(unprepared.sha256)
    expect(classifier.sha256).not.toBe(unprepared.sha256)
    await classifier.close()
    await unprepared.close()
  })

  test('has its probabilities left out', async () => {
    const ending = await opened(tinyGraph({ ending: 'Softmax' }), { ...plain, classes: ['a', 'b', 'c'] })
    const without = await opened(tinyGraph(), { ...plain, classes: ['a', 'b', 'c'] })
    const input = picture(16)
    expect(await ending.logits(input)).toEqual(await without.logits(input))
    await ending.close()
    await without.close()
  })

  test('with an operator that has no gradient rule answers LIME, and names it to the others', async () => {
    const graph = tinyGraph({ activation: 'HardSwish' })
    expect(findObstacles(graph)).toEqual([
      { operator: 'HardSwish', node: expect.stringContaining('HardSwish'), reason: 'no-rule' },
    ])
    const classifier = await opened(graph, { ...plain, classes: ['a', 'b', 'c'] })
    expect((await classifier.logits(picture(16))).shape).toEqual([1, 3])
    const gradient = classifier.inputGradient(picture(16), { kind: 'logit', target: 0 })
    await expect(gradient).rejects.toMatchObject({ code: 'operator-without-gradient', subject: 'HardSwish' })
    await classifier.close()
  })

  test('is refused with what it would have to be', () => {
    const refused = (graph: Graph) => () => GraphNetwork.of(graph, plain)
    expect(refused(tinyGraph({ channels: 1 }))).toThrow(/\[N, 1, 16, 16\]; expected float32 \[1 or N, 3/)
    expect(refused({ ...tinyGraph(), outputs: [] })).toThrow(/0 outputs/)
    const two = GraphBuilder.from(tinyGraph())
    two.input('mask', 'float32', [1])
    expect(refused(two.build())).toThrow(/2 inputs/)
  })
})

describe('an ONNX file from outside', () => {
  const bytes = encodeGraph(tinyGraph())

  test('is read or refused, whatever its bytes', () => {
    const reads = (given: Uint8Array) => {
      try {
        GraphNetwork.of(readGraph(given, 'graph').graph, plain)
      } catch (error) {
        expect(error).toBeInstanceOf(ExplainerError)
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), reads))
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, byte) => {
        const changed = Uint8Array.from(bytes)
        changed[place] = byte
        reads(changed)
        reads(bytes.subarray(0, place))
      }),
    )
  })

  test('may not hold weights that are no numbers', () => {
    const graph = tinyGraph()
    const [name, constant] = [...graph.constants].find(([, { data }]) => data.length > 100)!
    const data = Float32Array.from(constant.data as Float32Array)
    data[7] = Number.NaN
    const broken = { ...graph, constants: new Map(graph.constants).set(name, { ...constant, data } as never) }
    expect(() => readGraph(encodeGraph(broken), 'graph')).toThrow(`tensor '${name}' holds NaN at place 7`)
  })

  test('may not hold more nodes than are read, nor nest without end', () => {
    const field = (number: number, content: Buffer) => {
      const length: number[] = []
      for (let rest = content.byteLength; ; rest >>= 7) {
        length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest)
        if (rest <= 0x7f) break
      }
      return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), content])
    }
    const nodes = Buffer.concat(Array.from({ length: 6000 }, () => field(1, Buffer.alloc(0))))
    expect(() => readGraph(field(7, nodes), 'graph')).toThrow(/more than 5000 nodes/)
    let nested = Buffer.alloc(0)
    for (let depth = 0; depth < 2000; depth++) nested = field(1, field(5, field(6, nested)))
    expect(() => readGraph(field(7, nested), 'graph')).toThrow(/not a readable ONNX model/)
  })
})
