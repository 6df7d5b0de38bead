import type { WeightedLayer } from '../classifier'
import { RandomStream } from '../random'
import { elementCount, type Graph, type GraphNode } from './graph'
import { draw } from './random-weights'

/** An input of a node that holds what was learned, and what becomes of it: it is drawn, or gets one value everywhere. */
interface LearnedInput {
  readonly node: GraphNode
  readonly place: number
  readonly becomes: 'drawn' | 0 | 1
}

interface GraphLayer extends WeightedLayer {
  /** Of the convolution or matrix product. */
  readonly node: GraphNode
  readonly learned: LearnedInput[]
}

/** Operators that hold learned constants beside a layer's weights, by their inputs: with these values they do nothing. */
const IDLE: { readonly [operator: string]: { readonly [place: number]: 0 | 1 } } = {
  BatchNormalization: { 1: 1, 2: 0, 3: 0, 4: 1 },
  LayerNormalization: { 1: 1, 2: 0 },
  Add: { 0: 0, 1: 0 },
  Sub: { 1: 0 },
  Mul: { 0: 1, 1: 1 },
  Div: { 1: 1 },
}

/** @returns the layers whose weights can be drawn anew, in the graph's order. See `layersIn`. */
export function weightedLayersOf(graph: Graph): readonly WeightedLayer[] {
  return layersIn(graph).map(({ name, kind }) => ({ name, kind }))
}

/**
 * As `randomizeWeights`, for any graph: the weights of these layers are drawn, biases become 0, and normalizations do
 * nothing. A constant that other nodes use too is replaced for the layer alone.
 *
 * @param drawn places in `weightedLayersOf(graph)`
 */
export function randomizeGraph(graph: Graph, drawn: readonly number[], seed: number): Graph {
  const constants = new Map(graph.constants)
  const inputs = new Map(graph.nodes.map((node) => [node, [...node.inputs]]))
  const uses = countUses(graph)
  const layers = layersIn(graph)
  for (const place of drawn) {
    const { node: own, learned } = layers[place]!
    const random = new RandomStream(seed, 'random weights', `node ${own.name}`)
    for (const { node, place: input, becomes } of learned) {
      const name = node.inputs[input]!
      const { shape } = graph.constants.get(name)!
      const length = elementCount(shape)
      const data =
        becomes === 'drawn'
          ? draw(length, length / outputsOf(node, shape), random)
          : new Float32Array(length).fill(becomes)
      const target = uses.get(name)! > 1 ? `${name} of ${node.name}, ${input}` : name
      constants.set(target, { type: 'float32', shape, data })
      inputs.get(node)![input] = target
    }
  }
  const nodes = graph.nodes.map((node) => ({ ...node, inputs: inputs.get(node)! }))
  return { ...graph, constants, nodes }
}

/**
 * A layer begins with a convolution or matrix product whose second input is a constant. To it belongs what stands behind
 * it, before the next: its normalization, and constants that are added to its values or multiply them, such as the biases
 * of a matrix product. Single numbers are parts of operators, and what comes before the first layer prepares the picture:
 * neither was learned. Only a normalization that stands there belongs to the first layer.
 */
function layersIn({ nodes, constants }: Graph): readonly GraphLayer[] {
  const constantOf = (name: string) => {
    const constant = constants.get(name)
    return constant?.type === 'float32' ? constant : undefined
  }
  const layers: GraphLayer[] = []
  const early: LearnedInput[] = []
  /** The last layer that a value depends on, by its place; none yet: −1. */
  const layerOf = new Map<string, number>()
  for (const node of nodes) {
    let behind = Math.max(-1, ...node.inputs.map((name) => layerOf.get(name) ?? -1))
    const [, weights = '', biases = ''] = node.inputs
    if (isWeighted(node) && constantOf(weights)) {
      const learned: LearnedInput[] = [{ node, place: 1, becomes: 'drawn' }]
      if (constantOf(biases)) learned.push({ node, place: 2, becomes: 0 })
      behind = layers.length
      const kind = node.operator === 'Conv' ? 'convolution' : 'linear'
      layers.push({ name: nameOf(node), kind, node, learned })
    }
    const isNormalization = node.operator.endsWith('Normalization')
    const idle = node.domain === '' ? IDLE[node.operator] : undefined
    for (const [place, name] of node.inputs.entries()) {
      const [constant, becomes] = [constantOf(name), idle?.[place]]
      if (!constant || becomes === undefined) continue
      if (!isNormalization && (behind < 0 || elementCount(constant.shape) === 1)) continue
      const { learned } = layers[behind] ?? { learned: early }
      learned.push({ node, place, becomes })
    }
    for (const value of node.outputs) layerOf.set(value, behind)
  }
  layers[0]?.learned.push(...early)
  return layers
}

function isWeighted({ operator, domain }: GraphNode): boolean {
  return domain === '' && ['Conv', 'Gemm', 'MatMul'].includes(operator)
}

/** PyTorch's name of the module, where the export kept it. */
function nameOf({ name, inputs }: GraphNode): string {
  return /^(.+)\.weight$/.exec(inputs[1]!)?.[1] ?? name
}

/** Rows of the weights that each give one output. */
function outputsOf({ operator, attributes }: GraphNode, shape: readonly number[]): number {
  return operator === 'Conv' || attributes.transB === 1 ? shape[0]! : shape.at(-1)!
}

/** @returns how many inputs of nodes take each value. */
function countUses({ nodes }: Graph): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const name of nodes.flatMap(({ inputs }) => inputs)) uses.set(name, (uses.get(name) ?? 0) + 1)
  return uses
}
