import { ExplainerError } from '../../errors'
import { conv } from './convolution'
import { add, div, erf, gelu, identity, mul, relu, sigmoid, sub, tanh } from './elementwise'
import { flatten, reshape, transpose } from './layout'
import { gemm, matMul } from './linear'
import { batchNormalization, layerNormalization, softmax } from './normalization'
import { averagePool, globalAveragePool, maxPool } from './pooling'
import type { OperatorRule } from './rule'

/** Every standard operator through which a gradient can go. */
const RULES: ReadonlyMap<string, OperatorRule> = new Map(
  Object.entries({
    Add: add,
    AveragePool: averagePool,
    BatchNormalization: batchNormalization,
    Conv: conv,
    Div: div,
    Dropout: identity,
    Erf: erf,
    Flatten: flatten,
    Gelu: gelu,
    Gemm: gemm,
    GlobalAveragePool: globalAveragePool,
    Identity: identity,
    LayerNormalization: layerNormalization,
    MatMul: matMul,
    MaxPool: maxPool,
    Mul: mul,
    Relu: relu,
    Reshape: reshape,
    Sigmoid: sigmoid,
    Softmax: softmax,
    Sub: sub,
    Tanh: tanh,
    Transpose: transpose,
  }),
)

export const differentiableOperators: readonly string[] = [...RULES.keys()]

export function findRule(operator: string, domain: string): OperatorRule | undefined {
  return domain === '' ? RULES.get(operator) : undefined
}

export function operatorWithoutGradient(operator: string, domain: string): ExplainerError {
  const name = domain ? `${domain}.${operator}` : operator
  return new ExplainerError(
    'operator-without-gradient',
    name,
    `the operator ${name} has no gradient rule; there are rules for ${differentiableOperators.join(', ')}`,
  )
}
