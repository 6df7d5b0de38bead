import type { Constant, Graph } from '../../onnx/graph'
import { GraphBuilder } from '../../onnx/graph-builder'
import { RandomStream } from '../../random'
import { relativeDistance } from '../../relative-distance'

/**
 * A convolution whose result tells in which arithmetic a server computes: CUDA's libraries round the factors of a
 * convolution to TF32 unless the server was started otherwise, and say so nowhere.
 */

const CHANNELS = 64
const SIDE = 18
const KERNEL = 3
const OUT = SIDE - KERNEL + 1
/** Relative L2 distance: float32 stays below 1e-6, TF32 is at 3e-4. */
const TOLERANCE = 2e-5

const numbers = (name: string, length: number) => {
  const random = new RandomStream(0, name)
  return Float32Array.from({ length }, () => random.normal())
}

export function arithmeticGraph(): Graph {
  const builder = new GraphBuilder('arithmetic')
  const picture = builder.input('picture', 'float32', [1, CHANNELS, SIDE, SIDE])
  const shape = [CHANNELS, CHANNELS, KERNEL, KERNEL]
  const weights = builder.float32(numbers('weights', CHANNELS * CHANNELS * KERNEL ** 2), shape)
  const attributes = { kernel_shape: [KERNEL, KERNEL] }
  builder.node('Conv', [picture, weights], { attributes, output: 'sums' })
  builder.output('sums', 'float32', [1, CHANNELS, OUT, OUT])
  return builder.build()
}

export function arithmeticInputs(): Readonly<Record<string, Constant>> {
  const data = numbers('picture', CHANNELS * SIDE ** 2)
  return { picture: { type: 'float32', shape: [1, CHANNELS, SIDE, SIDE], data } }
}

/** @param sums what a server gives @returns undefined when it computes in float32, else what is wrong */
export function findRounding(sums: Float32Array): string | undefined {
  const distance = relativeDistance(sums, convolve())
  if (distance < TOLERANCE) return undefined
  return `its products differ from float32 by ${distance.toExponential(1)}; start it with NVIDIA_TF32_OVERRIDE=0`
}

/** The same convolution in float64. */
function convolve(): Float64Array {
  const weights = numbers('weights', CHANNELS * CHANNELS * KERNEL ** 2)
  const picture = numbers('picture', CHANNELS * SIDE ** 2)
  const sums = new Float64Array(CHANNELS * OUT ** 2)
  for (let out = 0; out < CHANNELS; out++)
    for (let channel = 0; channel < CHANNELS; channel++)
      for (let tap = 0; tap < KERNEL ** 2; tap++) {
        const weight = weights[(out * CHANNELS + channel) * KERNEL ** 2 + tap]!
        const corner = channel * SIDE ** 2 + Math.floor(tap / KERNEL) * SIDE + (tap % KERNEL)
        for (let y = 0; y < OUT; y++)
          for (let x = 0; x < OUT; x++)
            sums[out * OUT ** 2 + y * OUT + x]! += weight * picture[corner + y * SIDE + x]!
      }
  return sums
}
