import type { MaxPoolStrategy } from '@/lib/explainers/onnx/gradient-rules/rule'
import type { Attribute, Graph } from '@/lib/explainers/onnx/graph'
import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { withInputGradient } from '@/lib/explainers/onnx/input-gradient'
import { RandomStream } from '@/lib/explainers/random'
import { GraphSession } from '@/lib/explainers/runtime/graph-session'
import type { Numbers, Operator } from './reference-operators'

export interface GradientCase {
  readonly operator: string
  readonly inputs: readonly Numbers[]
  readonly attributes?: { readonly [name: string]: Attribute }
  readonly reference: Operator
  /** Constants behind the tensors, such as Reshape's shape. */
  readonly integers?: readonly number[]
  readonly opset?: number
  readonly maxPool?: MaxPoolStrategy
}

/** Runs a graph once on the CPU. Inputs and outputs are float32. */
export async function runGraph(graph: Graph, inputs: Readonly<Record<string, Numbers>>) {
  const session = await GraphSession.create(graph, { provider: 'cpu', threads: 1 })
  const feeds = Object.entries(inputs).map(([name, { shape, data }]) => [
    name,
    { type: 'float32' as const, shape, data: Float32Array.from(data) },
  ])
  try {
    return await session.run(Object.fromEntries(feeds))
  } finally {
    await session.close()
  }
}

/** A graph of one node, in which input number `which` is the graph input `x` and the others are constants. */
export function graphOf(check: GradientCase, which: number): Graph {
  const builder = new GraphBuilder('one operator', check.opset)
  const names = check.inputs.map(({ shape, data }, place) =>
    place === which ? builder.input('x', 'float32', shape) : builder.float32(Float32Array.from(data), shape),
  )
  if (check.integers) names.push(builder.int64(check.integers))
  const y = builder.node(check.operator, names, { attributes: check.attributes ?? {}, output: 'y' })
  builder.output(y, 'float32', check.reference(...check.inputs).shape)
  return builder.build()
}

/**
 * @returns relative L2 distances: of the operator's output from the float64 reference, and of the gradient of
 * Σ y ⊙ v (v random) by input `which` from central differences of the reference.
 */
export async function checkGradient(check: GradientCase, which: number) {
  const expected = check.reference(...check.inputs)
  const random = new RandomStream(which, 'cotangent', check.operator)
  const v = { shape: expected.shape, data: expected.data.map(() => Math.fround(random.normal())) }
  const graph = withInputGradient(graphOf(check, which), {
    input: 'x',
    output: 'y',
    ...(check.maxPool ? { maxPool: check.maxPool } : {}),
  })
  const { y, gradient } = await runGraph(graph, { x: check.inputs[which]!, cotangent: v })
  const objective = (inputs: readonly Numbers[]) =>
    check.reference(...inputs).data.reduce((sum, value, i) => sum + value * v.data[i]!, 0)
  const differences = centralDifferences(objective, check.inputs, which)
  return {
    shape: gradient!.shape,
    outputError: relativeDistance(y!.data, expected.data),
    gradientError: relativeDistance(gradient!.data, differences),
  }
}

function centralDifferences(
  objective: (inputs: readonly Numbers[]) => number,
  inputs: readonly Numbers[],
  which: number,
): Float64Array {
  const step = 1e-5
  const { shape, data } = inputs[which]!
  return data.map((value, i) => {
    const moved = (by: number) => objective(inputs.with(which, { shape, data: data.with(i, value + by) }))
    return (moved(step) - moved(-step)) / (2 * step)
  })
}

/** @returns ‖a − b‖ ÷ ‖b‖ */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} values against ${b.length}`)
  let [difference, norm] = [0, 0]
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2
    norm += b[i]! ** 2
  }
  return Math.sqrt(difference / norm)
}

/** Standard normal values that float32 holds exactly. */
export function randomNumbers(name: string, ...shape: number[]): Numbers {
  const random = new RandomStream(1, name)
  const length = shape.reduce((a, b) => a * b, 1)
  return { shape, data: Float64Array.from({ length }, () => Math.fround(random.normal())) }
}

/** Values in random order with a distance of at least 2/n from each other and 1/n from 0: no step crosses a kink. */
export function distinctNumbers(name: string, ...shape: number[]): Numbers {
  const order = randomNumbers(name, ...shape)
  const ranks = [...order.data.keys()].sort((a, b) => order.data[a]! - order.data[b]!)
  const data = new Float64Array(ranks.length)
  for (const [rank, place] of ranks.entries()) {
    data[place] = Math.fround((2 * rank + 1 - ranks.length + (ranks.length % 2)) / ranks.length)
  }
  return { shape, data }
}

export function positiveNumbers(name: string, ...shape: number[]): Numbers {
  const { data } = randomNumbers(name, ...shape)
  return { shape, data: data.map((value) => Math.fround(0.5 + Math.abs(value))) }
}
