import { broadcastShape, type GradientStep, type NodeReader, type OperatorRule } from './rule'

const sameAsInput = (node: NodeReader) => node.inputShape(0)
const broadcastOfInputs = (node: NodeReader) => broadcastShape(node.inputShape(0), node.inputShape(1))

/** A function of one input, of each element alone: g · f′, where `derivative` adds f′. */
function unary(derivative: (step: GradientStep) => string): OperatorRule {
  return {
    shape: sameAsInput,
    gradient: (step) => [step.add('Mul', [step.cotangent, derivative(step)])],
  }
}

/** A function of two broadcast inputs: `partials` add g · ∂f/∂a and g · ∂f/∂b, summed to each input's shape here. */
function binary(...partials: [(step: GradientStep) => string, (step: GradientStep) => string]): OperatorRule {
  return {
    shape: broadcastOfInputs,
    gradient: (step) =>
      partials.map((partial, input) =>
        step.wants(input) ? step.sumTo(partial(step), step.outputShape, step.inputShape(input)) : null,
      ),
  }
}

export const add = binary(
  (step) => step.cotangent,
  (step) => step.cotangent,
)

export const sub = binary(
  (step) => step.cotangent,
  (step) => step.add('Neg', [step.cotangent]),
)

export const mul = binary(
  (step) => step.add('Mul', [step.cotangent, step.input(1)]),
  (step) => step.add('Mul', [step.cotangent, step.input(0)]),
)

/** y = a/b: ∂y/∂a = 1/b, ∂y/∂b = −y/b. */
export const div = binary(
  (step) => step.add('Div', [step.cotangent, step.input(1)]),
  (step) =>
    step.add('Neg', [step.add('Div', [step.add('Mul', [step.cotangent, step.output]), step.input(1)])]),
)

/** Also Dropout, which does nothing outside training. */
export const identity: OperatorRule = {
  shape: sameAsInput,
  gradient: (step) => [step.cotangent],
}

/** y = max(x, 0): the cotangent where y > 0, else 0, also at x = 0 as in PyTorch. */
export const relu: OperatorRule = {
  shape: sameAsInput,
  gradient(step) {
    const zero = step.builder.scalar(0)
    return [step.add('Where', [step.add('Greater', [step.output, zero]), step.cotangent, zero])]
  },
}

/** 2/√π · exp(−x²) */
export const erf = unary((step) => {
  const { builder } = step
  const square = step.add('Mul', [step.input(0), step.input(0)])
  return step.add('Mul', [
    step.add('Exp', [step.add('Neg', [square])]),
    builder.scalar(2 / Math.sqrt(Math.PI)),
  ])
})

/** 1 − y² */
export const tanh = unary((step) =>
  step.add('Sub', [step.builder.scalar(1), step.add('Mul', [step.output, step.output])]),
)

/** y (1 − y) */
export const sigmoid = unary((step) =>
  step.add('Mul', [step.output, step.add('Sub', [step.builder.scalar(1), step.output])]),
)

/** Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016: exact x·Φ(x), or its approximation by tanh. */
export const gelu = unary((step) =>
  step.text('approximate', 'none') === 'tanh' ? tanhGelu(step) : exactGelu(step),
)

/** Φ(x) + x · φ(x) */
function exactGelu(step: GradientStep): string {
  const { builder } = step
  const x = step.input(0)
  const scaled = step.add('Mul', [x, builder.scalar(Math.SQRT1_2)])
  const onePlusErf = step.add('Add', [step.add('Erf', [scaled]), builder.scalar(1)])
  const cumulative = step.add('Mul', [onePlusErf, builder.scalar(0.5)])
  const halfSquare = step.add('Mul', [step.add('Mul', [x, x]), builder.scalar(-0.5)])
  const density = step.add('Mul', [step.add('Exp', [halfSquare]), builder.scalar(1 / Math.sqrt(2 * Math.PI))])
  return step.add('Add', [cumulative, step.add('Mul', [x, density])])
}

/** y = x/2 · (1 + t), t = tanh(c(x + a·x³)): y′ = (1 + t)/2 + x/2 · (1 − t²) · c(1 + 3a·x²) */
function tanhGelu(step: GradientStep): string {
  const { builder } = step
  const [a, c] = [0.044715, Math.sqrt(2 / Math.PI)]
  const x = step.input(0)
  const one = builder.scalar(1)
  const half = builder.scalar(0.5)
  const square = step.add('Mul', [x, x])
  const polynomial = step.add('Add', [step.add('Mul', [square, builder.scalar(c * a)]), builder.scalar(c)])
  const t = step.add('Tanh', [step.add('Mul', [x, polynomial])])
  const inner = step.add('Add', [step.add('Mul', [square, builder.scalar(3 * c * a)]), builder.scalar(c)])
  const slope = step.add('Mul', [step.add('Sub', [one, step.add('Mul', [t, t])]), inner])
  const first = step.add('Mul', [half, step.add('Add', [one, t])])
  return step.add('Add', [first, step.add('Mul', [step.add('Mul', [half, x]), slope])])
}
