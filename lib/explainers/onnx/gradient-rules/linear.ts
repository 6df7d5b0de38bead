import { broadcastShape, type GradientStep, type OperatorRule, type Shape } from './rule'

/** y = α·A′B′ + β·C, where ′ is a transposition if `transA`, `transB` say so. A and B have two axes. */
export const gemm: OperatorRule = {
  shape(node) {
    const [a, b] = [node.inputShape(0), node.inputShape(1)]
    return [a[node.integer('transA', 0) ? 1 : 0]!, b[node.integer('transB', 0) ? 0 : 1]!]
  },
  gradient(step) {
    const alpha = { float: step.float('alpha', 1) }
    const [transA, transB] = [step.integer('transA', 0), step.integer('transB', 0)]
    const product = (left: string, transLeft: number, right: string, transRight: number) =>
      step.add('Gemm', [left, right], { attributes: { alpha, transA: transLeft, transB: transRight } })
    const [a, b, g] = [step.input(0), step.input(1), step.cotangent]
    const byA = () => (transA ? product(b, transB, g, 1) : product(g, 0, b, 1 - transB))
    const byB = () => (transB ? product(g, 1, a, transA) : product(a, 1 - transA, g, 0))
    const byC = () => {
      const scaled = step.add('Mul', [g, step.builder.scalar(step.float('beta', 1))])
      return step.sumTo(scaled, step.outputShape, step.inputShape(2))
    }
    return [step.wants(0) ? byA() : null, step.wants(1) ? byB() : null, step.wants(2) ? byC() : null]
  },
}

/** y = A·B on the last two axes, the others broadcast. A vector stands for a matrix of one row (A) or column (B). */
export const matMul: OperatorRule = {
  shape(node) {
    const [a, b] = [node.inputShape(0), node.inputShape(1)]
    const { rows, columns, y } = matrixShapes(a, b)
    return y.filter((_, axis) => !(axis === rows && a.length === 1) && !(axis === columns && b.length === 1))
  },
  gradient(step) {
    const [shapeA, shapeB] = [step.inputShape(0), step.inputShape(1)]
    const { a, b, y } = matrixShapes(shapeA, shapeB)
    const g = step.reshape(step.cotangent, step.outputShape, y)
    const byA = () => {
      const right = swapLastAxes(step, step.reshape(step.input(1), shapeB, b), b.length)
      const gradient = step.add('MatMul', [g, right])
      return step.reshape(step.sumTo(gradient, [...y.slice(0, -1), a.at(-1)!], a), a, shapeA)
    }
    const byB = () => {
      const left = swapLastAxes(step, step.reshape(step.input(0), shapeA, a), a.length)
      const gradient = step.add('MatMul', [left, g])
      return step.reshape(step.sumTo(gradient, [...y.slice(0, -2), b.at(-2)!, y.at(-1)!], b), b, shapeB)
    }
    return [step.wants(0) ? byA() : null, step.wants(1) ? byB() : null]
  },
}

function matrixShapes(shapeA: Shape, shapeB: Shape) {
  const a = shapeA.length === 1 ? [1, ...shapeA] : shapeA
  const b = shapeB.length === 1 ? [...shapeB, 1] : shapeB
  const y = [...broadcastShape(a.slice(0, -2), b.slice(0, -2)), a.at(-2)!, b.at(-1)!]
  return { a, b, y, rows: y.length - 2, columns: y.length - 1 }
}

function swapLastAxes(step: GradientStep, matrix: string, rank: number): string {
  const perm = Array.from({ length: rank }, (_, axis) => axis)
  perm.push(perm.splice(rank - 2, 1)[0]!)
  return step.add('Transpose', [matrix], { attributes: { perm } })
}
