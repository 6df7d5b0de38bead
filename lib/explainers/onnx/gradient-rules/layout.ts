import { elementCount } from '../graph'
import { type GradientStep, type NodeReader, normalAxis, type OperatorRule } from './rule'

/** A change of shape that keeps the order of the values: the cotangent takes the input's shape back. */
const backToInputShape = (step: GradientStep) => [
  step.reshape(step.cotangent, step.outputShape, step.inputShape(0)),
  ...step.node.inputs.slice(1).map(() => null),
]

export const flatten: OperatorRule = {
  shape(node) {
    const shape = node.inputShape(0)
    const axis = normalAxis(node.integer('axis', 1), shape.length)
    return [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis))]
  },
  gradient: backToInputShape,
}

export const reshape: OperatorRule = {
  shape(node) {
    const from = node.inputShape(0)
    const keepZero = node.integer('allowzero', 0) === 1
    const sizes = node.constantIntegers(1).map((size, axis) => (size === 0 && !keepZero ? from[axis]! : size))
    const known = elementCount(sizes.filter((size) => size !== -1))
    return sizes.map((size) => (size === -1 ? elementCount(from) / known : size))
  },
  gradient: backToInputShape,
}

export const transpose: OperatorRule = {
  shape(node) {
    const shape = node.inputShape(0)
    return permutation(node).map((axis) => shape[axis]!)
  },
  gradient(step) {
    const perm = permutation(step)
    const inverse = perm.map((_, axis) => perm.indexOf(axis))
    return [step.add('Transpose', [step.cotangent], { attributes: { perm: inverse } })]
  },
}

function permutation(node: NodeReader): readonly number[] {
  const reversed = node.inputShape(0).map((_, axis, shape) => shape.length - 1 - axis)
  return node.integers('perm', reversed)
}
