import { describe, expect, test } from 'vitest'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { addPictures, pictureInputs } from '@/lib/explainers/onnx/copies-graph'
import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { inHalfPrecision } from '@/lib/explainers/onnx/half-precision'
import { type PictureCopies, pictureCopies } from '@/lib/explainers/picture-copies'
import { RandomBits, RandomStream } from '@/lib/explainers/random'
import { GraphSession } from '@/lib/explainers/runtime/graph-session'

const [COUNT, HEIGHT, WIDTH] = [3, 4, 5]
const shape = [3, HEIGHT, WIDTH]

function random(name: string, ...sizes: number[]): FloatTensor {
  const stream = new RandomStream(5, name)
  const data = Float32Array.from({ length: sizes.reduce((a, b) => a * b) }, () => stream.uniform())
  return { data, shape: sizes }
}

/** The ends of the range among them, where logarithms are in danger. */
function extremeBits(): Int32Array {
  const bits = new RandomBits(5, 'bits').fill(new Int32Array(COUNT * 60))
  bits.set([-(2 ** 31), 2 ** 31 - 1, 0, 1, -1])
  return bits
}

const picture = random('picture', ...shape)
const copies: readonly PictureCopies[] = [
  {
    kind: 'hidden',
    picture,
    filled: random('filled', ...shape),
    labels: { data: Int32Array.from({ length: 20 }, (_, i) => 1 + (i % 6)), shape: [HEIGHT, WIDTH] },
    shown: { data: Float32Array.from({ length: COUNT * 6 }, (_, i) => (i * 7) % 2), shape: [COUNT, 6] },
  },
  { kind: 'noisy', picture, bits: { data: extremeBits(), shape: [COUNT, 2, 30] }, deviation: 0.3 },
  { kind: 'scaled', picture, factors: random('factors', COUNT) },
]

async function madeInGraph(asked: PictureCopies, isHalf = false): Promise<FloatTensor> {
  const { source, varied, shared } = pictureInputs(asked)
  const builder = new GraphBuilder('copies')
  const made = addPictures(builder, source, [COUNT, 3, HEIGHT, WIDTH])
  builder.output(builder.node('Identity', [made], { output: 'out' }), 'float32', [COUNT, ...shape])
  const graph = isHalf ? inHalfPrecision(builder.build()) : builder.build()
  const session = await GraphSession.create(graph, { provider: 'cpu' })
  const { data, shape: sizes } = varied.values
  const values =
    data instanceof Int32Array
      ? ({ type: 'int32', shape: sizes, data } as const)
      : ({ type: 'float32', shape: sizes, data } as const)
  const { out } = await session.run({ ...shared, [varied.name]: values })
  await session.close()
  return out!
}

describe.each(copies)('$kind copies', (asked) => {
  test('made in the graph are those made here', async () => {
    const here = pictureCopies(asked)
    const there = await madeInGraph(asked)
    expect(there.shape).toEqual([COUNT, ...shape])
    const difference = Math.max(...there.data.map((value, i) => Math.abs(value - here.data[i]!)))
    expect(difference).toBeLessThan(1e-5)
    expect(new Set(there.data).size).toBeGreaterThanOrEqual(60)
  })
})

test('hidden copies differ by a rounding in float16', async () => {
  const here = pictureCopies(copies[0]!)
  const there = await madeInGraph(copies[0]!, true)
  const difference = Math.max(...there.data.map((value, i) => Math.abs(value - here.data[i]!)))
  // The CPU has no float16 arithmetic and may leave out the roundings between two operators.
  expect(difference).toBeLessThan(2e-3)
})
