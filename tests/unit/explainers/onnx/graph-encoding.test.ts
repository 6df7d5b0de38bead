import onnxProto from 'onnx-proto'
import { describe, expect, test } from 'vitest'
import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { decodeGraph, encodeGraph } from '@/lib/explainers/onnx/graph-encoding'

function everyKind(): GraphBuilder {
  const builder = new GraphBuilder('every kind', 17)
  const x = builder.input('x', 'float32', ['N', 3])
  const weight = builder.float32([1, 2, 3, 4, 5, 6], [3, 2], 'weight')
  const attributes = {
    alpha: { float: 0.5 },
    transB: 0,
    perm: [1, 0],
    mode: 'linear',
    scales: { floats: [0.5, 2] },
    value: { constant: { type: 'int64', shape: [2], data: BigInt64Array.of(3n, -1n) } },
  } as const
  builder.constant({ type: 'bool', shape: [2], data: Uint8Array.of(1, 0) }, 'flags')
  builder.constant({ type: 'float64', shape: [1], data: Float64Array.of(Math.PI) }, 'pi')
  builder.constant({ type: 'int32', shape: [], data: Int32Array.of(-7) }, 'seven')
  builder.output(builder.node('Gemm', [x, weight, ''], { attributes, output: 'y' }), 'float32', ['N', 2])
  return builder
}

test('a graph survives being written and read', () => {
  const graph = everyKind().build()
  expect(decodeGraph(encodeGraph(graph))).toEqual(graph)
})

test('values in typed fields and Constant nodes are read too', () => {
  const { onnx } = onnxProto
  const bytes = onnx.ModelProto.encode({
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: 'typed fields',
      input: [{ name: 'w', type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 2 }] } } } }],
      initializer: [{ name: 'w', dataType: 1, dims: [2], floatData: [1.5, -2] }],
      node: [
        {
          opType: 'Constant',
          output: ['shape'],
          attribute: [{ name: 'value', type: 4, t: { dataType: 7, dims: [1], int64Data: [-1] } }],
        },
      ],
    },
  }).finish()
  const graph = decodeGraph(bytes)
  expect([...graph.constants.get('w')!.data]).toEqual([1.5, -2])
  expect(graph.constants.get('shape')).toEqual({ type: 'int64', shape: [1], data: BigInt64Array.of(-1n) })
  expect(graph.inputs).toEqual([])
  expect(graph.nodes).toEqual([])
})

describe('errors', () => {
  test('bytes that are no ONNX model', () => {
    const damaged = expect.objectContaining({ code: 'model-damaged' })
    expect(() => decodeGraph(new Uint8Array(50).fill(255))).toThrowError(damaged)
    expect(() => decodeGraph(new Uint8Array())).toThrowError(damaged)
    expect(() => decodeGraph(encodeGraph(everyKind().build()).subarray(0, 200))).toThrowError(damaged)
  })

  test('an operator set that cannot be read is named', () => {
    const graph = { ...everyKind().build(), opset: 22 }
    expect(() => decodeGraph(encodeGraph(graph))).toThrowError(/operator set 22/)
    expect(() => new GraphBuilder('new', 22)).toThrowError(/at most 21/)
  })

  test('a builder refuses unknown inputs, names used twice, wrong sizes and no outputs', () => {
    const builder = everyKind()
    expect(() => builder.node('Relu', ['missing'])).toThrowError(/'missing'/)
    expect(() => builder.node('Relu', ['x'], { output: 'y' })).toThrowError(/used twice/)
    expect(() => builder.float32([1, 2, 3], [2, 2])).toThrowError(/\[2,2\]/)
    expect(() => new GraphBuilder('empty').build()).toThrowError(/no output/)
  })
})
