import { describe, expect, test } from 'vitest'
import type { Graph } from '@/lib/explainers/onnx/graph'
import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { decodeGraph, encodeGraph } from '@/lib/explainers/onnx/graph-encoding'
import { withInputGradient } from '@/lib/explainers/onnx/input-gradient'
import { randomNumbers, relativeDistance, runGraph } from './gradient-check'

const numbers = (shape: number[], values: number[]) => ({ shape, data: Float64Array.from(values) })

function maxPoolGraph(size: number, kernel: number, stride: number): Graph {
  const builder = new GraphBuilder('pool')
  const x = builder.input('x', 'float32', [1, 1, size, size])
  const attributes = { kernel_shape: [kernel, kernel], strides: [stride, stride] }
  const y = builder.node('MaxPool', [x], { attributes, output: 'y' })
  const out = (size - kernel) / stride + 1
  builder.output(y, 'float32', [1, 1, out, out])
  return builder.build()
}

/** Convolution, pooling, a residual connection and a linear layer: values are used twice. */
function smallNetwork(batch: number | string): Graph {
  const builder = new GraphBuilder('small network')
  const x = builder.input('x', 'float32', [batch, 2, 6, 6])
  const weight = (name: string, ...shape: number[]) =>
    builder.float32(Float32Array.from(randomNumbers(name, ...shape).data), shape)
  const padded = { attributes: { pads: [1, 1, 1, 1] } }
  const a = builder.node('Relu', [
    builder.node('Conv', [x, weight('a', 4, 2, 3, 3), weight('bias', 4)], padded),
  ])
  const b = builder.node('Tanh', [builder.node('Conv', [a, weight('b', 4, 4, 3, 3)], padded)])
  const sum = builder.node('Add', [a, builder.node('Mul', [b, b])])
  const pooled = builder.node('MaxPool', [sum], { attributes: { kernel_shape: [2, 2], strides: [2, 2] } })
  const flat = builder.node('Flatten', [pooled])
  const logits = builder.node('Gemm', [flat, weight('c', 3, 36)], {
    attributes: { transB: 1 },
    output: 'logits',
  })
  builder.output(logits, 'float32', [batch, 3])
  return builder.build()
}

describe('ties in MaxPool', () => {
  for (const maxPool of ['indices', 'planes'] as const) {
    test(`go to the first hit of each window (${maxPool})`, async () => {
      const graph = withInputGradient(maxPoolGraph(4, 2, 2), { input: 'x', output: 'y', maxPool })
      const x = numbers([1, 1, 4, 4], [0, 0, 1, 2, 0, 0, 2, 2, 3, 1, 0, 7, 3, 3, 7, 0])
      const { gradient } = await runGraph(graph, { x, cotangent: numbers([1, 1, 2, 2], [5, 6, 7, 8]) })
      expect([...gradient!.data]).toEqual([5, 0, 0, 6, 0, 0, 0, 0, 7, 0, 0, 8, 0, 0, 0, 0])
    })
  }

  test('of windows that overlap add up', async () => {
    const graph = withInputGradient(maxPoolGraph(3, 2, 1), { input: 'x', output: 'y' })
    const x = numbers([1, 1, 3, 3], [1, 1, 1, 1, 2, 1, 1, 1, 1])
    const { gradient } = await runGraph(graph, { x, cotangent: numbers([1, 1, 2, 2], [1, 2, 3, 4]) })
    expect([...gradient!.data]).toEqual([0, 0, 0, 0, 10, 0, 0, 0, 0])
  })
})

describe('a whole network', () => {
  const x = randomNumbers('x', 3, 2, 6, 6)
  const cotangent = randomNumbers('v', 3, 3)

  test('has the slope that its own output shows', async () => {
    const forward = smallNetwork(3)
    const { gradient } = await runGraph(withInputGradient(forward, { input: 'x', output: 'logits' }), {
      x,
      cotangent,
    })
    const direction = randomNumbers('direction', 3, 2, 6, 6).data
    const along = async (step: number) => {
      const moved = { shape: x.shape, data: x.data.map((value, i) => value + step * direction[i]!) }
      const { logits } = await runGraph(forward, { x: moved })
      return logits!.data.reduce((sum, value, i) => sum + value * cotangent.data[i]!, 0)
    }
    const measured = ((await along(1e-3)) - (await along(-1e-3))) / 2e-3
    const computed = gradient!.data.reduce((sum, value, i) => sum + value * direction[i]!, 0)
    expect(Math.abs(computed - measured) / Math.abs(measured)).toBeLessThan(5e-3)
  })

  test('gives the same gradient by planes, and when read from an ONNX file with a free batch', async () => {
    const options = { input: 'x', output: 'logits' } as const
    const first = await runGraph(withInputGradient(smallNetwork(3), options), { x, cotangent })
    const planes = await runGraph(withInputGradient(smallNetwork(3), { ...options, maxPool: 'planes' }), {
      x,
      cotangent,
    })
    const decoded = decodeGraph(encodeGraph(smallNetwork('N')))
    const fixed = await runGraph(withInputGradient(decoded, { ...options, sizes: { N: 3 } }), {
      x,
      cotangent,
    })
    expect(relativeDistance(planes.gradient!.data, first.gradient!.data)).toBeLessThan(1e-6)
    expect(relativeDistance(fixed.gradient!.data, first.gradient!.data)).toBeLessThan(1e-6)
    expect(fixed.logits!.shape).toEqual([3, 3])
  })
})

describe('errors', () => {
  const withOperator = (operator: string) => {
    const builder = new GraphBuilder('odd')
    const x = builder.input('x', 'float32', [1, 3, 4, 4])
    const odd = builder.node(operator, [x])
    const flat = builder.node('Flatten', [builder.node('Relu', [odd])], { output: 'y' })
    builder.output(flat, 'float32', [1, 48])
    return builder.build()
  }

  test('an operator without a rule is named, with the rules that there are', () => {
    expect(() => withInputGradient(withOperator('Selu'), { input: 'x', output: 'y' })).toThrowError(
      expect.objectContaining({
        code: 'operator-without-gradient',
        subject: 'Selu',
        message: expect.stringMatching(/Selu.*Conv, .*MaxPool/),
      }),
    )
  })

  test('an operator without a rule beside the path does not matter', async () => {
    const builder = GraphBuilder.from(withOperator('Identity'))
    builder.output(builder.node('Selu', ['x'], { output: 'aside' }), 'float32', [1, 3, 4, 4])
    expect(() => withInputGradient(builder.build(), { input: 'x', output: 'y' })).not.toThrow()
  })

  test('an input that does not exist or does not matter', () => {
    const graph = withOperator('Identity')
    const unsupported = expect.objectContaining({ code: 'model-unsupported' })
    expect(() => withInputGradient(graph, { input: 'z', output: 'y' })).toThrowError(unsupported)
    expect(() => withInputGradient(graph, { input: 'x', output: 'nothing' })).toThrowError(unsupported)
    expect(() => withInputGradient(smallNetwork('N'), { input: 'x', output: 'logits' })).toThrowError(
      unsupported,
    )
  })
})
