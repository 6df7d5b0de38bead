import { elementCount } from '../graph'
import type { GradientStep, NodeReader, OperatorRule } from './rule'
import { readWindows, transposedWindows, type Windows } from './windows'

/**
 * The gradient goes to the first largest value of each window in row-major order, as PyTorch sends it. Comparing
 * the input with the up-sampled output would give it to all that tie, which on flat pictures are many.
 */
export const maxPool: OperatorRule = {
  shape: pooledShape,
  gradient(step) {
    const windows = windowsOf(step)
    if (!isTiling(windows)) return [byScatter(step)]
    return [step.maxPool === 'planes' ? byFirstHit(step, windows) : byUnpooling(step, windows)]
  },
}

/** Each value of a window had the same share of its mean. */
export const averagePool: OperatorRule = {
  shape: pooledShape,
  gradient(step) {
    const windows = windowsOf(step)
    const channels = step.inputShape(0)[1]!
    const shares = step.builder.float32(
      averageShares(windows, step.integer('count_include_pad', 0) === 1),
      windows.to,
    )
    const ones = new Float32Array(channels * elementCount(windows.kernel)).fill(1)
    const kernel = step.builder.float32(ones, [channels, 1, ...windows.kernel])
    return [
      step.add('ConvTranspose', [step.add('Mul', [step.cotangent, shares]), kernel], {
        attributes: { ...transposedWindows(windows), group: channels },
      }),
    ]
  },
}

export const globalAveragePool: OperatorRule = {
  shape: (node) => node.inputShape(0).map((size, axis) => (axis < 2 ? size : 1)),
  gradient(step) {
    const shape = step.inputShape(0)
    const share = step.add('Mul', [step.cotangent, step.builder.scalar(1 / elementCount(shape.slice(2)))])
    return [step.add('Expand', [share, step.builder.int64(shape)])]
  },
}

function windowsOf(node: NodeReader): Windows {
  return readWindows(node, node.integers('kernel_shape', []))
}

function pooledShape(node: NodeReader) {
  return [...node.inputShape(0).slice(0, 2), ...windowsOf(node).to]
}

/** Square windows that cover a two-dimensional picture once, with nothing left over. */
function isTiling({ kernel, strides, dilations, padBegin, padEnd, from }: Windows): boolean {
  return (
    kernel.length === 2 &&
    kernel[0] === kernel[1] &&
    kernel.every((size, axis) => size === strides[axis] && from[axis]! % size === 0) &&
    dilations.every((dilation) => dilation === 1) &&
    [...padBegin, ...padEnd].every((pad) => pad === 0)
  )
}

/**
 * Without indices, so that it runs on every execution provider: the picture as one plane for each place in a window;
 * what is left of the cotangent is given to a plane where that plane equals the maximum, first plane first.
 */
function byFirstHit(step: GradientStep, { kernel }: Windows): string {
  const blocksize = kernel[0]!
  const places = blocksize * blocksize
  const deep = step.add('SpaceToDepth', [step.input(0)], { attributes: { blocksize } })
  const planes = step.builder.nodes('Split', [deep], places, { attributes: { axis: 1, num_outputs: places } })
  const zero = step.builder.scalar(0)
  let left = step.cotangent
  const given = planes.map((plane, place) => {
    if (place === places - 1) return left
    const hit = step.add('Where', [step.add('Equal', [plane, step.output]), left, zero])
    left = step.add('Sub', [left, hit])
    return hit
  })
  const together = step.add('Concat', given, { attributes: { axis: 1 } })
  return step.add('DepthToSpace', [together], { attributes: { blocksize, mode: 'DCR' } })
}

/** Windows that do not overlap: every cotangent goes to a place of its own. */
function byUnpooling(step: GradientStep, { kernel, strides }: Windows): string {
  return step.add('MaxUnpool', [step.cotangent, indicesOf(step)], {
    attributes: { kernel_shape: kernel, strides },
  })
}

/** Windows that overlap, leave gaps or are padded: a place adds up what its windows send. */
function byScatter(step: GradientStep): string {
  const shape = step.inputShape(0)
  const count = elementCount(shape)
  const flat = step.builder.int64([-1])
  const zeros = step.add('Expand', [step.builder.float32([0], [1]), step.builder.int64([count])])
  const places = step.add('Reshape', [indicesOf(step), flat])
  const values = step.add('Reshape', [step.cotangent, flat])
  const scattered = step.add('ScatterElements', [zeros, places, values], {
    attributes: { axis: 0, reduction: 'add' },
  })
  return step.reshape(scattered, [count], shape)
}

/** MaxPool's second output: where in the flat input each maximum was. */
function indicesOf(step: GradientStep): string {
  if (step.integer('storage_order', 0) === 1) {
    throw step.unsupported('counts its indices by column; only by row is known')
  }
  return step.node.outputs[1] || step.builder.furtherOutput(step.output)
}

/** @returns 1 ÷ the number of values in the mean of each window, [to]. */
function averageShares(windows: Windows, countPadding: boolean): number[] {
  const { kernel, strides, dilations, padBegin, padEnd, from, to } = windows
  const counts = to.map((size, axis) =>
    Array.from({ length: size }, (_, place) => {
      let count = 0
      for (let k = 0; k < kernel[axis]!; k++) {
        const at = place * strides[axis]! + k * dilations[axis]! - padBegin[axis]!
        const [low, high] = countPadding ? [-padBegin[axis]!, from[axis]! + padEnd[axis]!] : [0, from[axis]!]
        if (at >= low && at < high) count++
      }
      return count
    }),
  )
  return counts.reduce<number[]>((all, axis) => all.flatMap((count) => axis.map((next) => count / next)), [1])
}
