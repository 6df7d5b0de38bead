import type { Graph } from '@/lib/explainers/onnx/graph'
import { GraphBuilder } from '@/lib/explainers/onnx/graph-builder'
import { RandomStream } from '@/lib/explainers/random'

/** Preprocessing of a network that takes pictures as they are. */
export const plain = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const satisfies {
  mean: readonly [number, number, number]
  deviation: readonly [number, number, number]
}

export interface TinyOptions {
  readonly side?: number
  readonly channels?: number
  readonly classes?: number
  /** ONNX operator of one input. */
  readonly activation?: string
  /** Operator behind the logits. */
  readonly ending?: string
}

/** A classifier with random weights: convolution, activation, pooling, mean over the picture, linear. */
export function tinyGraph(options: TinyOptions = {}): Graph {
  const { side = 16, channels = 3, classes = 3, activation = 'Relu', ending } = options
  const random = new RandomStream(5, 'tiny classifier')
  const builder = new GraphBuilder('tiny', 17)
  const weights = (...shape: number[]) => {
    const length = shape.reduce((a, b) => a * b, 1)
    return builder.float32(
      Float32Array.from({ length }, () => random.normal() / 3),
      shape,
    )
  }
  const input = builder.input('input', 'float32', ['N', channels, side, side])
  const convolved = builder.node('Conv', [input, weights(8, channels, 3, 3), weights(8)], {
    attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
  })
  const active = builder.node(activation, [convolved])
  const pooled = builder.node('MaxPool', [active], { attributes: { kernel_shape: [2, 2], strides: [2, 2] } })
  const flat = builder.node('Flatten', [builder.node('GlobalAveragePool', [pooled])])
  const logits = builder.node('Gemm', [flat, weights(classes, 8), weights(classes)], {
    attributes: { transB: 1 },
  })
  builder.output(ending ? builder.node(ending, [logits]) : logits, 'float32', ['N', classes])
  return builder.build()
}
