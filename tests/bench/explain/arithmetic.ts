import { elementCount, type Graph } from '@/lib/explainers/onnx/graph'
import { inferShapes } from '@/lib/explainers/onnx/input-gradient'

export interface Work {
  /** Additions and multiplications of convolutions and matrix products, each counted. */
  readonly operations: number
  /** Each value read once by the node that takes it and written once by the node that makes it, in float32. */
  readonly bytes: number
}

/** Counts what one run of a forward graph must do. */
export function countWork(graph: Graph): Work {
  const shapes = inferShapes(graph)
  let [operations, bytes] = [0, 0]
  for (const node of graph.nodes) {
    const output = shapes.get(node.outputs[0]!)
    const weights = shapes.get(node.inputs[1] ?? '')
    const sizes = [...node.inputs, node.outputs[0]!].map((name) => elementCount(shapes.get(name) ?? [0]))
    bytes += 4 * sizes.reduce((a, b) => a + b, 0)
    if (!output || !weights) continue
    // Each output of a convolution is a dot product over [in/group, …kernel]; of a product over the shared axis.
    if (node.operator === 'Conv') operations += 2 * elementCount(output) * elementCount(weights.slice(1))
    else if (node.operator === 'Gemm' || node.operator === 'MatMul') {
      const shared = elementCount(weights) / output.at(-1)!
      operations += 2 * elementCount(output) * shared
    }
  }
  return { operations, bytes }
}
