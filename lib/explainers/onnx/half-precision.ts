import { toFloat16 } from '../float16'
import type { Constant, Graph, GraphNode } from './graph'

const ONNX_FLOAT = 1
const ONNX_FLOAT16 = 10

/**
 * @returns the graph with all arithmetic on float16. Its inputs and outputs keep their types: a node behind each
 * float32 input narrows it, one before each output widens it.
 *
 * Casts to float32 inside the graph would stay; forward graphs have none.
 */
export function inHalfPrecision(graph: Graph): Graph {
  const inputs = new Map(
    graph.inputs.filter(({ type }) => type === 'float32').map(({ name }) => [name, `${name} in float16`]),
  )
  const outputs = new Map(graph.outputs.map(({ name }) => [name, `${name} in float16`]))
  const nodes = graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => inputs.get(name) ?? outputs.get(name) ?? name),
    outputs: node.outputs.map((name) => outputs.get(name) ?? name),
  }))
  return {
    ...graph,
    name: `${graph.name} in float16`,
    constants: new Map([...graph.constants].map(([name, constant]) => [name, narrow(constant)])),
    nodes: [
      ...[...inputs].map(([wide, half]) => cast(wide, half, ONNX_FLOAT16)),
      ...nodes,
      ...[...outputs].map(([wide, half]) => cast(half, wide, ONNX_FLOAT)),
    ],
  }
}

function narrow(constant: Constant): Constant {
  if (constant.type !== 'float32') return constant
  return { type: 'float16', shape: constant.shape, data: Uint16Array.from(constant.data, toFloat16) }
}

function cast(from: string, into: string, to: number): GraphNode {
  return {
    name: `Cast:${into}`,
    operator: 'Cast',
    inputs: [from],
    outputs: [into],
    attributes: { to },
    domain: '',
  }
}
