import type { Graph } from '../onnx/graph'
import { GraphBuilder } from '../onnx/graph-builder'
import { GraphSession } from './graph-session'
import type { Provider } from './provider'

/** Side of the square matrices, and products in a row: 8.6 GFLOP, long enough to be timed and over in a second. */
const SIDE = 1024
const PRODUCTS = 4
const RUNS = 3

/** @returns a graph of one input `factor` [side, side] and the output `mean` [1, 1] of its power. */
export function speedGraph(): Graph {
  const builder = new GraphBuilder('speed')
  const factor = builder.input('factor', 'float32', [SIDE, SIDE])
  let product = factor
  for (let index = 0; index < PRODUCTS; index++) product = builder.node('MatMul', [product, factor])
  builder.output(builder.node('ReduceMean', [product], { output: 'mean' }), 'float32', [1, 1])
  return builder.build()
}

/**
 * Measures a device by products of square matrices that stay on it.
 * @returns floating-point operations a second in float32, the best of three runs
 * @throws ProviderFailure where the device fails
 */
export async function measureSpeed(provider: Provider): Promise<number> {
  const session = await GraphSession.create(speedGraph(), { provider }, 'measurement of speed')
  // Rows that add up to one, so that no product grows.
  const data = new Float32Array(SIDE * SIDE).fill(1 / SIDE)
  const inputs = { factor: { type: 'float32' as const, shape: [SIDE, SIDE], data } }
  try {
    await session.run(inputs)
    let shortest = Number.POSITIVE_INFINITY
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now()
      await session.run(inputs)
      shortest = Math.min(shortest, (performance.now() - start) / 1000)
    }
    return (2 * SIDE ** 3 * PRODUCTS) / shortest
  } finally {
    await session.close()
  }
}
