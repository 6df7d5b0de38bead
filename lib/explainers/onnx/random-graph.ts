import type { RandomizedDepth } from '../classifier'
import { RandomStream } from '../random'
import { type Constant, elementCount, type Graph, type GraphNode } from './graph'
import { draw } from './random-weights'

/**
 * As `randomizeWeights`, for any graph. `output`: the last node with weights; `linear`: every matrix product as well;
 * `all`: every node with weights, and normalizations do nothing. A node's weights are its second input, where that is a
 * constant; its third, where there is one, becomes 0.
 */
export function randomizeGraph(graph: Graph, depth: RandomizedDepth, seed: number): Graph {
  const constants = new Map(graph.constants)
  const weighted = graph.nodes.filter((node) => isWeighted(node) && constants.has(node.inputs[1]!))
  const last = weighted.at(-1)
  for (const node of weighted) {
    if (depth === 'all' || node === last || (depth === 'linear' && node.operator !== 'Conv'))
      randomizeNode(node, constants, new RandomStream(seed, 'random weights', `node ${node.name}`))
  }
  if (depth === 'all')
    for (const { operator, inputs } of graph.nodes)
      if (operator === 'BatchNormalization')
        for (const [place, value] of [1, 0, 0, 1].entries()) fill(constants, inputs[place + 1], value)
  return { ...graph, constants }
}

function isWeighted({ operator, domain }: GraphNode): boolean {
  return domain === '' && ['Conv', 'Gemm', 'MatMul'].includes(operator)
}

function randomizeNode(node: GraphNode, constants: Map<string, Constant>, random: RandomStream): void {
  const name = node.inputs[1]!
  const { type, shape } = constants.get(name)!
  if (type !== 'float32') return
  const length = elementCount(shape)
  constants.set(name, { type, shape, data: draw(length, length / outputsOf(node, shape), random) })
  fill(constants, node.inputs[2], 0)
}

/** Rows of the weights that each give one output. */
function outputsOf({ operator, attributes }: GraphNode, shape: readonly number[]): number {
  return operator === 'Conv' || attributes.transB === 1 ? shape[0]! : shape.at(-1)!
}

function fill(constants: Map<string, Constant>, name: string | undefined, value: number): void {
  const constant = constants.get(name ?? '')
  if (constant?.type !== 'float32') return
  constants.set(name!, { ...constant, data: new Float32Array(constant.data.length).fill(value) })
}
