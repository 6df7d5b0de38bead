import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClassifierWeights, readClassifierWeights } from '@/lib/explainers/onnx/classifier-weights'
import type { Graph } from '@/lib/explainers/onnx/graph'
import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { weightedLayersOf as layersOfGraph, randomizeGraph } from '@/lib/explainers/onnx/random-graph'
import { draw, randomizeWeights, weightedLayersOf } from '@/lib/explainers/onnx/random-weights'
import { readStateDict } from '@/lib/explainers/onnx/safetensors'
import { RandomStream } from '@/lib/explainers/random'

/** What is learned in each layer of a network, in the order of its weighted layers. */
type Learned = readonly (readonly Float32Array[])[]

function learnedOf({ layers, hidden, head }: ClassifierWeights): Learned {
  const convolutions = layers.flatMap((layer) => {
    if (layer.type !== 'Conv2d') return []
    const { weight, bias, normalization } = layer.block
    return [[weight, bias, ...Object.values(normalization)]]
  })
  return [...convolutions, [hidden.weight, hidden.bias], [head.weight, head.bias]]
}

const isSame = (one: Float32Array, other: Float32Array) =>
  Buffer.from(one.buffer, one.byteOffset, one.byteLength).equals(
    Buffer.from(other.buffer, other.byteOffset, other.byteLength),
  )

/** @returns the places of layers in which any number differs, bit by bit. */
function changedLayers(before: Learned, after: Learned): number[] {
  return [...before.keys()].filter((place) =>
    before[place]!.some((values, index) => !isSame(values, after[place]![index]!)),
  )
}

const weights = readClassifierWeights(await readStateDict('models/food-cnn'))
const trained = learnedOf(weights)
const places = [...trained.keys()]
const subset = fc.subarray(places)
const seeds = fc.integer({ min: 0, max: 1000 })

describe('weights of the bundled classifier that are drawn anew', () => {
  it('are of thirteen layers, in the order of the network', () => {
    expect(weightedLayersOf(weights).map(({ name }) => name)).toEqual([
      ...[0, 3, 6, 10, 13, 16, 20, 23, 26, 30, 34].map((index) => `cnn.${index}`),
      'fc.0',
      'fc.3',
    ])
  })

  it('change in exactly the layers that are named, bit by bit', () => {
    fc.assert(
      fc.property(subset, seeds, (drawn, seed) => {
        expect(changedLayers(trained, learnedOf(randomizeWeights(weights, drawn, seed)))).toEqual(drawn)
      }),
      { numRuns: 12 },
    )
  })

  it('are the same for a layer, whichever others are drawn, and others for another seed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), subset, seeds, (place, others, seed) => {
        const alone = learnedOf(randomizeWeights(weights, [place], seed))[place]!
        const among = learnedOf(randomizeWeights(weights, [...others, place], seed))[place]!
        for (const [index, values] of alone.entries()) expect(isSame(values, among[index]!)).toBe(true)
        const other = learnedOf(randomizeWeights(weights, [place], seed + 1))[place]!
        expect(isSame(alone[0]!, other[0]!)).toBe(false)
      }),
      { numRuns: 8 },
    )
  })

  it('keep nothing of the trained network once all are drawn: no number of a weight is where it was', () => {
    const everything = learnedOf(randomizeWeights(weights, places, 16))
    for (const [place, tensors] of trained.entries()) {
      const [weight] = tensors as [Float32Array]
      const equal = weight.filter((value, index) => value === everything[place]![0]![index])
      expect(equal.length, `layer ${place}`).toBe(0)
      for (const values of everything[place]!.slice(1)) expect(new Set(values).size).toBe(1)
    }
  })

  it('have the deviation that keeps the size of the signal', () => {
    const everything = learnedOf(randomizeWeights(weights, places, 1))
    for (const [place, [weight]] of everything.entries()) {
      const outputs = everything[place]![1]!.length
      const mean = weight!.reduce((a, b) => a + b, 0) / weight!.length
      const variance = weight!.reduce((sum, value) => sum + (value - mean) ** 2, 0) / weight!.length
      // Of n normal numbers, the sample's variance is off by √(2/n) of itself; five times that never happens.
      expect(Math.abs((variance * weight!.length) / outputs / 2 - 1)).toBeLessThan(
        5 * Math.sqrt(2 / weight!.length),
      )
    }
  })

  it('are checked by what finds a layer that was forgotten', () => {
    const forgetful = learnedOf(
      randomizeWeights(
        weights,
        places.filter((place) => place !== 7),
        16,
      ),
    )
    expect(changedLayers(trained, forgetful)).not.toEqual(places)
    expect(changedLayers(trained, forgetful)).not.toContain(7)
  })
})

/** Preparation, convolution with normalization and shared zeros, then a matrix product with biases, a norm, a scale. */
function smallGraph(): { readonly graph: Graph; readonly learned: readonly (readonly string[])[] } {
  const random = new RandomStream(4, 'small graph')
  const builder = new GraphBuilder('small', 17)
  const constant = (name: string, shape: number[], value = () => random.normal()) => {
    const length = shape.reduce((a, b) => a * b, 1)
    return builder.float32(Float32Array.from({ length }, value), shape, name)
  }
  const zeros = constant('zeros', [4], () => 0)
  const input = builder.input('input', 'float32', ['N', 3, 8, 8])
  const prepared = builder.node('Sub', [input, constant('mean', [1, 3, 1, 1])])
  const convolved = builder.node('Conv', [prepared, constant('stem.conv.weight', [4, 3, 3, 3]), zeros], {
    attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
  })
  const normal = [
    constant('bn.scale', [4]),
    zeros,
    constant('bn.mean', [4]),
    constant('bn.var', [4], () => 1 + random.uniform()),
  ]
  const active = builder.node('Relu', [builder.node('BatchNormalization', [convolved, ...normal])])
  const again = builder.node('Conv', [active, constant('body.conv.weight', [4, 4, 1, 1]), zeros], {
    attributes: { kernel_shape: [1, 1] },
  })
  const halved = builder.node('Mul', [again, builder.scalar(0.5)])
  const flat = builder.node('Flatten', [builder.node('GlobalAveragePool', [halved])])
  const product = builder.node('MatMul', [flat, constant('head', [4, 3])], { output: 'product' })
  const biased = builder.node('Add', [constant('bias', [3]), product])
  const scale = [constant('ln.scale', [3]), constant('ln.shift', [3])]
  const logits = builder.node('LayerNormalization', [biased, ...scale], { attributes: { axis: 1 } })
  builder.output(logits, 'float32', ['N', 3])
  return {
    graph: builder.build(),
    learned: [
      ['stem.conv.weight', 'bn.scale', 'bn.mean', 'bn.var'],
      ['body.conv.weight'],
      ['head', 'bias', 'ln.scale', 'ln.shift'],
    ],
  }
}

describe('weights of any graph that are drawn anew', () => {
  const { graph, learned } = smallGraph()
  const data = ({ constants }: Graph, name: string) => constants.get(name)!.data as Float32Array
  const changed = (after: Graph) =>
    learned.map((names) => names.filter((name) => !isSame(data(graph, name), data(after, name))))

  it('are of convolutions and matrix products in the graph’s order, by PyTorch’s names where it has them', () => {
    const [stem, body, head] = layersOfGraph(graph)
    expect([stem, body]).toEqual([
      { name: 'stem.conv', kind: 'convolution' },
      { name: 'body.conv', kind: 'convolution' },
    ])
    expect(head!.kind).toBe('linear')
  })

  it('take normalization, biases and scales along, and leave the other layers and the preparation alone', () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2]), seeds, (drawn, seed) => {
        const after = randomizeGraph(graph, drawn, seed)
        expect(changed(after)).toEqual(learned.map((names, place) => (drawn.includes(place) ? names : [])))
        for (const name of ['mean', 'zeros']) expect(isSame(data(after, name), data(graph, name))).toBe(true)
      }),
    )
  })

  it('are what a hand-built network draws: each from its own stream, biases 0, normalizations idle', () => {
    const after = randomizeGraph(graph, [0, 1, 2], 16)
    const stream = (output: number) =>
      new RandomStream(
        16,
        'random weights',
        `node ${graph.nodes.filter(({ operator }) => ['Conv', 'MatMul'].includes(operator))[output]!.name}`,
      )
    expect(isSame(data(after, 'stem.conv.weight'), draw(108, 27, stream(0)))).toBe(true)
    expect(isSame(data(after, 'body.conv.weight'), draw(16, 4, stream(1)))).toBe(true)
    expect(isSame(data(after, 'head'), draw(12, 4, stream(2)))).toBe(true)
    for (const name of ['bias', 'bn.mean', 'ln.shift'])
      expect([...data(after, name)].every((value) => value === 0)).toBe(true)
    for (const name of ['bn.scale', 'bn.var', 'ln.scale'])
      expect([...data(after, name)].every((value) => value === 1)).toBe(true)
  })

  it('replace a constant that several nodes share for the layer alone', () => {
    const shared = { ...graph, constants: new Map(graph.constants) }
    const ones = new Float32Array(4).fill(1)
    shared.constants.set('zeros', { type: 'float32', shape: [4], data: ones })
    const after = randomizeGraph(shared, [1], 16)
    const [stem, body] = after.nodes.filter(({ operator }) => operator === 'Conv')
    expect(data(after, stem!.inputs[2]!)).toEqual(ones)
    expect(data(after, body!.inputs[2]!)).toEqual(new Float32Array(4))
  })
})
