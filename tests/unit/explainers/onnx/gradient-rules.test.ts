import { describe, expect, test } from 'vitest'
import { differentiableOperators } from '@/lib/explainers/onnx/gradient-rules/registry'
import {
  checkGradient,
  distinctNumbers,
  type GradientCase,
  positiveNumbers,
  randomNumbers,
} from './gradient-check'
import {
  alongAxis,
  at,
  convolution,
  elementwise,
  erf,
  gemm,
  generate,
  matrixProduct,
  type Operator,
  pooling,
  reshaped,
  transposed,
} from './reference-operators'

const x = randomNumbers
const picture = x('picture', 2, 3, 7, 6)
const tanhGelu = (v: number) => (v / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))
const softmax = (values: number[], place: number) =>
  Math.exp(values[place]!) / values.reduce((sum, value) => sum + Math.exp(value), 0)

const batchNormalization: Operator = (value, scale, shift, mean, variance) =>
  generate(value!.shape, (index) => {
    const c = index[1]!
    const normal = (at(value!, index) - mean!.data[c]!) / Math.sqrt(variance!.data[c]! + 1e-5)
    return scale!.data[c]! * normal + shift!.data[c]!
  })

/** Over the last axis. */
const layerNormalization: Operator = (value, scale, shift) => {
  const last = value!.shape.length - 1
  const normal = alongAxis(last, (values, place) => {
    const mean = values.reduce((a, b) => a + b) / values.length
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length
    return (values[place]! - mean) / Math.sqrt(variance + 1e-5)
  })(value!)
  return generate(value!.shape, (index) => at(normal, index) * at(scale!, index) + at(shift!, index))
}

/** Each case is checked by every input named in `by`. */
const cases: Record<string, GradientCase & { by?: number[] }> = {
  Add: {
    operator: 'Add',
    inputs: [x('a', 2, 3, 4), x('b', 3, 1)],
    reference: elementwise((a, b) => a + b),
    by: [0, 1],
  },
  Sub: {
    operator: 'Sub',
    inputs: [x('a', 4), x('b', 2, 3, 4)],
    reference: elementwise((a, b) => a - b),
    by: [0, 1],
  },
  Mul: {
    operator: 'Mul',
    inputs: [x('a', 2, 1, 4), x('b', 3, 4)],
    reference: elementwise((a, b) => a * b),
    by: [0, 1],
  },
  Div: {
    operator: 'Div',
    inputs: [x('a', 2, 3, 4), positiveNumbers('b', 1, 4)],
    reference: elementwise((a, b) => a / b),
    by: [0, 1],
  },
  Identity: { operator: 'Identity', inputs: [x('a', 2, 3)], reference: elementwise((a) => a) },
  Dropout: { operator: 'Dropout', inputs: [x('a', 2, 3)], reference: elementwise((a) => a) },
  Relu: {
    operator: 'Relu',
    inputs: [distinctNumbers('a', 4, 5)],
    reference: elementwise((a) => Math.max(a, 0)),
  },
  Erf: { operator: 'Erf', inputs: [x('a', 4, 5)], reference: elementwise(erf) },
  Tanh: { operator: 'Tanh', inputs: [x('a', 4, 5)], reference: elementwise(Math.tanh) },
  Sigmoid: {
    operator: 'Sigmoid',
    inputs: [x('a', 4, 5)],
    reference: elementwise((a) => 1 / (1 + Math.exp(-a))),
  },
  Gelu: {
    operator: 'Gelu',
    inputs: [x('a', 4, 5)],
    reference: elementwise((a) => (a / 2) * (1 + erf(a / Math.SQRT2))),
  },
  'Gelu by tanh': {
    operator: 'Gelu',
    inputs: [x('a', 4, 5)],
    attributes: { approximate: 'tanh' },
    reference: elementwise(tanhGelu),
  },
  Softmax: {
    operator: 'Softmax',
    inputs: [x('a', 3, 5)],
    reference: alongAxis(1, softmax),
  },
  'Softmax over a middle axis': {
    operator: 'Softmax',
    inputs: [x('a', 2, 4, 3)],
    attributes: { axis: 1 },
    reference: alongAxis(1, softmax),
  },
  LayerNormalization: {
    operator: 'LayerNormalization',
    inputs: [x('a', 3, 8), positiveNumbers('scale', 8), x('shift', 8)],
    reference: layerNormalization,
    by: [0, 1, 2],
  },
  'LayerNormalization in operator set 17': {
    operator: 'LayerNormalization',
    inputs: [x('a', 3, 8), positiveNumbers('scale', 8), x('shift', 8)],
    reference: layerNormalization,
    opset: 17,
  },
  BatchNormalization: {
    operator: 'BatchNormalization',
    inputs: [
      picture,
      positiveNumbers('scale', 3),
      x('shift', 3),
      x('mean', 3),
      positiveNumbers('variance', 3),
    ],
    reference: batchNormalization,
  },
  Flatten: { operator: 'Flatten', inputs: [x('a', 2, 3, 4)], reference: reshaped([2, 12]) },
  Reshape: {
    operator: 'Reshape',
    inputs: [x('a', 2, 3, 4)],
    integers: [0, -1, 2],
    reference: reshaped([2, 6, 2]),
  },
  Transpose: {
    operator: 'Transpose',
    inputs: [x('a', 2, 3, 4)],
    attributes: { perm: [1, 2, 0] },
    reference: transposed([1, 2, 0]),
  },
  'Transpose, reversed': {
    operator: 'Transpose',
    inputs: [x('a', 2, 3, 4)],
    reference: transposed([2, 1, 0]),
  },
  Gemm: {
    operator: 'Gemm',
    inputs: [x('a', 3, 4), x('b', 4, 5), x('c', 5)],
    attributes: { alpha: { float: 0.5 }, beta: { float: 2 } },
    reference: gemm({ alpha: 0.5, beta: 2 }),
    by: [0, 1, 2],
  },
  'Gemm, both transposed': {
    operator: 'Gemm',
    inputs: [x('a', 4, 3), x('b', 5, 4)],
    attributes: { transA: 1, transB: 1 },
    reference: gemm({ transA: 1, transB: 1 }),
    by: [0, 1],
  },
  'Gemm, one transposed': {
    operator: 'Gemm',
    inputs: [x('a', 3, 4), x('b', 5, 4), x('c', 3, 1)],
    attributes: { transB: 1 },
    reference: gemm({ transB: 1 }),
    by: [0, 1, 2],
  },
  MatMul: {
    operator: 'MatMul',
    inputs: [x('a', 2, 1, 3, 4), x('b', 5, 4, 2)],
    reference: matrixProduct,
    by: [0, 1],
  },
  'MatMul of a vector and a matrix': {
    operator: 'MatMul',
    inputs: [x('a', 4), x('b', 4, 3)],
    reference: matrixProduct,
    by: [0, 1],
  },
  'MatMul of matrices and a vector': {
    operator: 'MatMul',
    inputs: [x('a', 2, 3, 4), x('b', 4)],
    reference: matrixProduct,
    by: [0, 1],
  },
  Conv: {
    operator: 'Conv',
    inputs: [picture, x('weight', 4, 3, 3, 2), x('bias', 4)],
    attributes: { pads: [1, 0, 2, 1] },
    reference: convolution({ pads: [1, 0, 2, 1] }),
  },
  'Conv with strides that leave a rest': {
    operator: 'Conv',
    inputs: [picture, x('weight', 4, 3, 2, 3)],
    attributes: { strides: [3, 2] },
    reference: convolution({ strides: [3, 2] }),
  },
  'Conv, dilated, in groups': {
    operator: 'Conv',
    inputs: [x('a', 1, 4, 8, 8), x('weight', 6, 2, 3, 3)],
    attributes: { dilations: [2, 1], group: 2, pads: [2, 1, 1, 1] },
    reference: convolution({ dilations: [2, 1], group: 2, pads: [2, 1, 1, 1] }),
  },
  'Conv, strided, in groups': {
    operator: 'Conv',
    inputs: [x('a', 1, 4, 8, 8), x('weight', 6, 2, 3, 3)],
    attributes: { strides: [2, 2], group: 2, pads: [1, 1, 1, 1] },
    reference: convolution({ strides: [2, 2], group: 2, pads: [1, 1, 1, 1] }),
  },
  'Conv with more padding than kernel': {
    operator: 'Conv',
    inputs: [picture, x('weight', 2, 3, 2, 2)],
    attributes: { pads: [3, 2, 2, 3] },
    reference: convolution({ pads: [3, 2, 2, 3] }),
  },
  'Conv padded to the same size': {
    operator: 'Conv',
    inputs: [picture, x('weight', 2, 3, 4, 4)],
    attributes: { auto_pad: 'SAME_LOWER' },
    reference: convolution({ pads: [2, 2, 1, 1] }),
  },
  AveragePool: {
    operator: 'AveragePool',
    inputs: [picture],
    attributes: { kernel_shape: [3, 2], strides: [2, 2], pads: [1, 0, 1, 0] },
    reference: pooling({ kernel: [3, 2], strides: [2, 2], pads: [1, 0, 1, 0] }, 'mean'),
  },
  'AveragePool that counts padding': {
    operator: 'AveragePool',
    inputs: [picture],
    attributes: { kernel_shape: [3, 3], strides: [1, 2], pads: [1, 1, 1, 1], count_include_pad: 1 },
    reference: pooling({ kernel: [3, 3], strides: [1, 2], pads: [1, 1, 1, 1], countPadding: true }, 'mean'),
  },
  'AveragePool with sizes rounded up': {
    operator: 'AveragePool',
    inputs: [picture],
    attributes: { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 },
    reference: pooling({ kernel: [2, 2], strides: [2, 2], size: [4, 3] }, 'mean'),
  },
  GlobalAveragePool: {
    operator: 'GlobalAveragePool',
    inputs: [picture],
    reference: pooling({ kernel: [7, 6] }, 'mean'),
  },
  MaxPool: {
    operator: 'MaxPool',
    inputs: [distinctNumbers('a', 2, 3, 6, 8)],
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    reference: pooling({ kernel: [2, 2], strides: [2, 2] }, 'largest'),
  },
  'MaxPool by planes': {
    operator: 'MaxPool',
    inputs: [distinctNumbers('a', 2, 3, 6, 9)],
    attributes: { kernel_shape: [3, 3], strides: [3, 3] },
    reference: pooling({ kernel: [3, 3], strides: [3, 3] }, 'largest'),
    maxPool: 'planes',
  },
  'MaxPool, overlapping and padded': {
    operator: 'MaxPool',
    inputs: [distinctNumbers('a', 2, 3, 7, 8)],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: pooling({ kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }, 'largest'),
  },
  'MaxPool with a rest': {
    operator: 'MaxPool',
    inputs: [distinctNumbers('a', 1, 2, 7, 5)],
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    reference: pooling({ kernel: [2, 2], strides: [2, 2] }, 'largest'),
  },
}

describe('each gradient rule agrees with central differences', () => {
  for (const [name, { by = [0], ...check }] of Object.entries(cases)) {
    for (const which of by) {
      test(`${name}, by input ${which}`, async () => {
        const { shape, outputError, gradientError } = await checkGradient(check, which)
        expect(shape).toEqual(check.inputs[which]!.shape)
        // First that the reference computes the same operator, without which its differences say nothing.
        expect(outputError).toBeLessThan(2e-6)
        expect(gradientError).toBeLessThan(1e-5)
      })
    }
  }

  test('no rule is left out', () => {
    const checked = new Set(Object.values(cases).map(({ operator }) => operator))
    expect([...checked].sort()).toEqual([...differentiableOperators].sort())
  })
})
