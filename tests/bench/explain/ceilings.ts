import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { inHalfPrecision } from '@/lib/explainers/onnx/half-precision'
import { GraphSession } from '@/lib/explainers/runtime/graph-session'
import type { Provider } from '@/lib/explainers/runtime/provider'
import { medianSeconds } from './timing'

export interface Ceilings {
  /** Operations a second of a large matrix product. */
  readonly operations: number
  /** Bytes a second, read and written, of a long elementwise operator. */
  readonly bytes: number
}

/** Links of a chain: enough that what one costs stands out of the noise of starting a run. */
const CHAIN = 8
const LONG_CHAIN = 64

/** Measures what this device can do at most, through onnxruntime itself. */
export async function measureCeilings(provider: Provider, isHalf = false): Promise<Ceilings> {
  const size = provider === 'cpu' ? 1024 : 8192
  const product = await secondsOf(provider, size, isHalf, CHAIN, (builder, value) =>
    builder.node('MatMul', [value, value]),
  )
  const stream = await secondsOf(provider, size, isHalf, LONG_CHAIN, (builder, value) =>
    builder.node('Neg', [value]),
  )
  const width = isHalf ? 2 : 4
  return { operations: (2 * size ** 3) / product, bytes: (2 * width * size ** 2) / stream }
}

/** @returns seconds of one step in a chain on a size × size matrix that is made on the device. */
async function secondsOf(
  provider: Provider,
  size: number,
  isHalf: boolean,
  chain: number,
  step: (builder: GraphBuilder, value: string) => string,
): Promise<number> {
  const lengthOf = async (links: number) => {
    const builder = new GraphBuilder('ceiling')
    const column = builder.input('column', 'float32', [size, 1])
    const row = builder.input('row', 'float32', [1, size])
    // Values of about 1/√size: powers of such a matrix neither vanish nor overflow soon.
    let value = builder.node('Mul', [
      builder.node('Sin', [builder.node('Mul', [column, row])]),
      builder.scalar(1 / Math.sqrt(size)),
    ])
    for (let link = 0; link < links; link++) value = step(builder, value)
    const sum = builder.node('ReduceMax', [value], { attributes: { keepdims: 0 }, output: 'largest' })
    builder.output(sum, 'float32', [])
    const graph = isHalf ? inHalfPrecision(builder.build()) : builder.build()
    const session = await GraphSession.create(graph, { provider })
    const wave = (shape: number[]) =>
      ({
        type: 'float32',
        shape,
        data: Float32Array.from({ length: size }, (_, i) => (i * 0.7) % 3),
      }) as const
    const seconds = await medianSeconds(
      () => session.run({ column: wave([size, 1]), row: wave([1, size]) }),
      5,
    )
    await session.close()
    return seconds
  }
  return ((await lengthOf(chain + 1)) - (await lengthOf(1))) / chain
}
