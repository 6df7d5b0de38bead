import { type GradientStep, normalAxis, type OperatorRule, type Shape } from './rule'

/** y = γ(x − μ)/√(σ² + ε) + β with the stored μ and σ², as outside training: a constant factor for each channel. */
export const batchNormalization: OperatorRule = {
  shape: (node) => node.inputShape(0),
  gradient(step) {
    if ([1, 2, 3, 4].some((input) => step.wants(input)) || step.integer('training_mode', 0)) {
      throw step.unsupported('computes its own statistics; only stored ones have a gradient here')
    }
    const rank = step.inputShape(0).length
    const channels = step.inputShape(1)[0]!
    const epsilon = step.builder.scalar(step.float('epsilon', 1e-5))
    const deviation = step.add('Sqrt', [step.add('Add', [step.input(4), epsilon])])
    const factor = step.add('Div', [step.input(1), deviation])
    const perChannel = step.reshape(factor, [channels], [channels, ...Array(rank - 2).fill(1)])
    return [step.add('Mul', [step.cotangent, perChannel]), null, null, null, null]
  },
}

/**
 * y = γ·x̂ + β, x̂ = (x − μ)/σ over the axes from `axis` on (Ba, Kiros and Hinton, "Layer Normalization", 2016):
 * (gγ − mean(gγ) − x̂·mean(gγ·x̂))/σ.
 */
export const layerNormalization: OperatorRule = {
  shape: (node) => node.inputShape(0),
  gradient(step) {
    const shape = step.inputShape(0)
    const from = normalAxis(step.integer('axis', -1), shape.length)
    const axes = shape.map((_, axis) => axis).slice(from)
    const mean = (value: string) => meanOver(step, value, axes)
    const x = step.input(0)
    const centred = step.add('Sub', [x, mean(x)])
    const variance = mean(step.add('Mul', [centred, centred]))
    const epsilon = step.builder.scalar(step.float('epsilon', 1e-5))
    const deviation = step.add('Sqrt', [step.add('Add', [variance, epsilon])])
    const normalized = step.add('Div', [centred, deviation])
    const byX = () => {
      const scaled = step.add('Mul', [step.cotangent, step.input(1)])
      const along = step.add('Mul', [normalized, mean(step.add('Mul', [scaled, normalized]))])
      const rest = step.add('Sub', [step.add('Sub', [scaled, mean(scaled)]), along])
      return step.add('Div', [rest, deviation])
    }
    const byScale = () => sumToInput(step, step.add('Mul', [step.cotangent, normalized]), shape, 1)
    const byBias = () => sumToInput(step, step.cotangent, shape, 2)
    return [step.wants(0) ? byX() : null, step.wants(1) ? byScale() : null, step.wants(2) ? byBias() : null]
  },
}

/** y = softmax(x) along `axis`: y ⊙ (g − Σ g⊙y). */
export const softmax: OperatorRule = {
  shape: (node) => node.inputShape(0),
  gradient(step) {
    const axis = normalAxis(step.integer('axis', -1), step.inputShape(0).length)
    const along = step.add('Mul', [step.cotangent, step.output])
    const sum = step.add('ReduceSum', [along, step.builder.int64([axis])], { attributes: { keepdims: 1 } })
    return [step.add('Mul', [step.output, step.add('Sub', [step.cotangent, sum])])]
  },
}

/** ReduceMean takes its axes as an attribute below opset 18 and as an input from there on. */
function meanOver(step: GradientStep, value: string, axes: readonly number[]): string {
  return step.opset >= 18
    ? step.add('ReduceMean', [value, step.builder.int64(axes)], { attributes: { keepdims: 1 } })
    : step.add('ReduceMean', [value], { attributes: { axes, keepdims: 1 } })
}

function sumToInput(step: GradientStep, value: string, shape: Shape, input: number): string {
  return step.sumTo(value, shape, step.inputShape(input))
}
