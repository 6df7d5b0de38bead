import { elementCount } from '../graph'
import type { GradientStep, NodeReader, OperatorRule, Shape } from './rule'
import { readWindows, transposedWindows, type Windows } from './windows'

/** Convolution with weights [out, in/group, …kernel]. Its gradient by x is the transposed convolution. */
export const conv: OperatorRule = {
  shape(node) {
    return [node.inputShape(0)[0]!, node.inputShape(1)[0]!, ...windowsOf(node).to]
  },
  gradient(step) {
    if (step.wants(1) || step.wants(2)) throw step.unsupported('has weights that depend on the input')
    const windows = windowsOf(step)
    return [flippedConvolution(step, windows) ?? transposedConvolution(step, windows), null, null]
  },
}

function windowsOf(node: NodeReader): Windows {
  return readWindows(node, node.inputShape(1).slice(2))
}

function transposedConvolution(step: GradientStep, windows: Windows): string {
  return step.add('ConvTranspose', [step.cotangent, step.input(1)], {
    attributes: { ...transposedWindows(windows), group: step.integer('group', 1) },
  })
}

/**
 * With stride 1 the transposed convolution is an ordinary one with the kernel turned round and its channel axes
 * swapped. onnxruntime's CPU kernels for Conv are several times as fast as those for ConvTranspose.
 */
function flippedConvolution(step: GradientStep, windows: Windows): string | undefined {
  const weights = step.constant(1)
  const { kernel, strides, dilations, padBegin, padEnd } = windows
  if (weights?.type !== 'float32' || strides.some((stride) => stride !== 1)) return undefined
  const reach = kernel.map((size, axis) => (size - 1) * dilations[axis]!)
  const pads = [padBegin, padEnd].flatMap((pad) => reach.map((size, axis) => size - pad[axis]!))
  if (pads.some((pad) => pad < 0)) return undefined
  const group = step.integer('group', 1)
  const flipped = flipKernel(weights.data, weights.shape, group)
  return step.add('Conv', [step.cotangent, step.builder.float32(flipped.data, flipped.shape)], {
    attributes: { kernel_shape: kernel, strides, dilations, pads, group },
  })
}

/** [group·out, in, …k] → [group·in, out, …k], each kernel in reverse order. */
function flipKernel(data: Float32Array, [channelsOut, perGroupIn, ...kernel]: Shape, group: number) {
  const perGroupOut = channelsOut! / group
  const size = elementCount(kernel)
  const flipped = new Float32Array(data.length)
  for (let g = 0; g < group; g++) {
    for (let o = 0; o < perGroupOut; o++) {
      for (let i = 0; i < perGroupIn!; i++) {
        const source = ((g * perGroupOut + o) * perGroupIn! + i) * size
        const sink = ((g * perGroupIn! + i) * perGroupOut + o) * size
        for (let k = 0; k < size; k++) flipped[sink + k] = data[source + size - 1 - k]!
      }
    }
  }
  return { data: flipped, shape: [group * perGroupIn!, perGroupOut, ...kernel] }
}
