import { createHash } from 'node:crypto'
import type { LayerDescription } from '../classifier'
import { ExplainerError } from '../errors'
import { findRule } from './gradient-rules/registry'
import type { Shape } from './gradient-rules/rule'
import type { Graph, GraphNode, GraphValue } from './graph'
import type { GraphBuilder } from './graph-builder'
import { inferShapes } from './input-gradient'
import type { Network } from './network'
import { randomizeGraph, weightedLayersOf } from './random-graph'

/** What a graph takes of a picture of 0 to 1: (value − mean) / deviation, by channel. */
export interface Preprocessing {
  readonly mean: readonly [number, number, number]
  readonly deviation: readonly [number, number, number]
}

/** Operators that only turn logits into probabilities; one at the end is left out. */
const NORMALIZATIONS = ['Softmax', 'LogSoftmax']

/** PyTorch's names, which the homework counts layers by. */
const LAYER_NAMES: Readonly<Record<string, string>> = {
  Conv: 'Conv2d',
  BatchNormalization: 'BatchNorm2d',
  Relu: 'ReLU',
  MaxPool: 'MaxPool2d',
}

/** A classifier that came as an ONNX graph: one input [1 or any,3,H,W], logits [1 or any,classes] as its output. */
export class GraphNetwork implements Network {
  readonly allowsHalfPrecision = false

  private constructor(
    private readonly graph: Graph,
    private readonly input: GraphValue,
    /** Value of the graph that holds the logits. */
    private readonly logits: string,
    private readonly preprocessing: Preprocessing,
    readonly size: { readonly height: number; readonly width: number },
    readonly outputs: number,
    readonly layers: readonly (LayerDescription & { readonly value: string })[],
    readonly fixedBatch: 1 | null,
  ) {}

  /**
   * @throws ExplainerError 'model-unsupported' that says what the graph would have to be. Operators without a gradient
   * are no reason: such a network can be asked for logits.
   */
  static of(graph: Graph, preprocessing: Preprocessing): GraphNetwork {
    const input = pictureInput(graph)
    const [batch, , height, width] = input.shape as [number | string, number, number, number]
    const logits = logitsValue(graph)
    const alone = shapesOf(graph, input, 1)
    const declared = graph.outputs[0]!.shape
    const found = alone.get(logits) ?? declared
    const outputs = found.at(-1)
    if (found.length !== 2 || typeof outputs !== 'number' || (found[0] !== 1 && typeof found[0] === 'number'))
      throw unsupported(
        graph,
        `gives '${graph.outputs[0]!.name}' [${found.join(', ')}]; logits are [1, classes]`,
      )
    const isFree = typeof batch === 'string' && shapesOf(graph, input, 2).get(logits)?.[0] === 2
    return new GraphNetwork(
      graph,
      input,
      logits,
      preprocessing,
      { height, width },
      outputs,
      layersOf(graph, alone),
      isFree ? null : 1,
    )
  }

  get opset() {
    return this.graph.opset
  }

  get weighted() {
    return weightedLayersOf(this.graph)
  }

  addLogits(builder: GraphBuilder, pictures: string): void {
    this.#add(builder, pictures, this.logits, 'logits')
  }

  addLayer(builder: GraphBuilder, pictures: string, batch: number, layer: number) {
    const { value } = this.layers[layer]!
    const shape = shapesOf(this.graph, this.input, batch).get(value)!
    return { value: this.#add(builder, pictures, value, `layer ${layer}`), shape }
  }

  randomized(layers: readonly number[], seed: number): Network {
    return new GraphNetwork(
      randomizeGraph(this.graph, layers, seed),
      this.input,
      this.logits,
      this.preprocessing,
      this.size,
      this.outputs,
      this.layers,
      this.fixedBatch,
    )
  }

  hash(): string {
    const hash = createHash('sha256')
    for (const { data } of this.graph.constants.values())
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    return hash.digest('hex')
  }

  /** Adds the nodes that lead to `wanted`, which is called `output` then. Every other name gets a prefix of its own. */
  #add(builder: GraphBuilder, pictures: string, wanted: string, output: string): string {
    const prepared = this.#prepare(builder, pictures)
    const names = new Map([
      [this.input.name, prepared],
      [wanted, output],
    ])
    builder.include(leadingTo(this.graph, wanted), (name) => names.get(name) ?? `model/${name}`)
    return output
  }

  #prepare(builder: GraphBuilder, pictures: string): string {
    const { mean, deviation } = this.preprocessing
    const perChannel = (values: readonly number[]) => builder.float32(values, [1, 3, 1, 1])
    const centred = mean.some((value) => value !== 0)
      ? builder.node('Sub', [pictures, perChannel(mean)])
      : pictures
    return deviation.some((value) => value !== 1)
      ? builder.node('Div', [centred, perChannel(deviation)])
      : centred
  }
}

/** A node whose operator stands in the way of gradients. */
export interface Obstacle {
  readonly operator: string
  readonly node: string
  readonly reason: 'no-rule' | 'shape-unknown'
}

/** @returns why gradients of the logits by the picture cannot be had, in the graph's order; empty: they can. */
export function findObstacles(graph: Graph): readonly Obstacle[] {
  const shapes = shapesOf(graph, pictureInput(graph), 1)
  const dependent = new Set([pictureInput(graph).name])
  const obstacles: Obstacle[] = []
  for (const node of leadingTo(graph, logitsValue(graph)).nodes) {
    if (!node.inputs.some((name) => dependent.has(name))) continue
    for (const name of node.outputs) dependent.add(name)
    const operator = operatorOf(node)
    if (!findRule(node.operator, node.domain))
      obstacles.push({ operator, node: node.name, reason: 'no-rule' })
    else if (!shapes.has(node.outputs[0]!))
      obstacles.push({ operator, node: node.name, reason: 'shape-unknown' })
  }
  // What comes behind an operator without a rule has no known shape, which is not its own fault.
  const first = obstacles.findIndex(({ reason }) => reason === 'no-rule')
  return first < 0
    ? obstacles
    : obstacles.filter(({ reason }, place) => reason === 'no-rule' || place < first)
}

export function operatorOf({ operator, domain }: GraphNode): string {
  return domain ? `${domain}.${operator}` : operator
}

/** @throws ExplainerError 'model-unsupported' */
function pictureInput(graph: Graph): GraphValue {
  const [input, ...others] = graph.inputs
  if (!input || others.length > 0) {
    const names = graph.inputs.map(({ name }) => `'${name}'`).join(', ')
    throw unsupported(graph, `has ${graph.inputs.length} inputs (${names}); expected one, the picture`)
  }
  const [batch, channels, ...sides] = input.shape
  const isPicture =
    input.type === 'float32' &&
    (batch === 1 || typeof batch === 'string') &&
    channels === 3 &&
    sides.length === 2 &&
    sides.every((side) => typeof side === 'number' && side >= 1)
  if (isPicture) return input
  const what = `${input.type} [${input.shape.join(', ')}]`
  throw unsupported(graph, `takes '${input.name}' as ${what}; expected float32 [1 or N, 3, height, width]`)
}

/** @throws ExplainerError 'model-unsupported' */
function logitsValue(graph: Graph): string {
  const [output, ...others] = graph.outputs
  if (!output || others.length > 0)
    throw unsupported(graph, `has ${graph.outputs.length} outputs; expected one, the logits`)
  const last = graph.nodes.find(({ outputs }) => outputs.includes(output.name))
  if (!last) throw unsupported(graph, `gives '${output.name}', which no node computes`)
  return NORMALIZATIONS.includes(last.operator) && last.domain === '' ? last.inputs[0]! : output.name
}

/** Whether probabilities were the graph's output, so that what they are made of is taken instead. */
export function endsInProbabilities(graph: Graph): boolean {
  return logitsValue(graph) !== graph.outputs[0]!.name
}

/** Shapes that can be known without running the graph; those behind what cannot be known are left out. */
function shapesOf(graph: Graph, input: GraphValue, batch: number): ReadonlyMap<string, Shape> {
  const shape = [batch, ...(input.shape.slice(1) as number[])]
  return inferShapes({ ...graph, inputs: [{ ...input, shape }] }, [], () => undefined)
}

function layersOf(graph: Graph, shapes: ReadonlyMap<string, Shape>) {
  const values = graph.nodes.flatMap(({ operator, outputs }) => {
    const value = outputs[0]!
    const shape = shapes.get(value)
    return shape?.length === 4
      ? [{ type: LAYER_NAMES[operator] ?? operator, channels: shape[1]!, value }]
      : []
  })
  return values.map((layer, index) => ({ index, ...layer }))
}

function leadingTo(graph: Graph, wanted: string): Pick<Graph, 'constants' | 'nodes'> {
  const needed = new Set([wanted])
  const nodes = graph.nodes
    .toReversed()
    .filter(({ outputs, inputs }) => {
      if (!outputs.some((name) => needed.has(name))) return false
      for (const name of inputs) needed.add(name)
      return true
    })
    .toReversed()
  const constants = new Map([...graph.constants].filter(([name]) => needed.has(name)))
  return { constants, nodes }
}

function unsupported(graph: Graph, what: string): ExplainerError {
  return new ExplainerError('model-unsupported', graph.name, `${graph.name} ${what}`)
}
