import { type ClassifierWeights, foldNormalization, type LinearLayer } from './classifier-weights'
import { MAXIMUM_OPSET } from './graph'
import type { GraphBuilder } from './graph-builder'
import type { Network } from './network'
import { hashOfWeights, randomizeWeights, weightedLayersOf } from './random-weights'

/** The homework's classifier, built from its weights. */
export class WeightsNetwork implements Network {
  readonly opset = MAXIMUM_OPSET
  readonly fixedBatch = null
  readonly allowsHalfPrecision = true

  constructor(private readonly weights: ClassifierWeights) {}

  get size() {
    return this.weights.size
  }

  get layers() {
    return this.weights.descriptions
  }

  get weighted() {
    return weightedLayersOf(this.weights)
  }

  get outputs() {
    return this.weights.head.outputs
  }

  addLogits(builder: GraphBuilder, pictures: string): void {
    const { layers, hidden, head } = this.weights
    const { value } = addLayers(builder, this.weights, pictures, layers.length - 1)
    const flat = builder.node('Flatten', [value], { attributes: { axis: 1 } })
    addLinear(builder, builder.node('Relu', [addLinear(builder, flat, hidden)]), head, 'logits')
  }

  addLayer(builder: GraphBuilder, pictures: string, batch: number, layer: number) {
    const { value, shape } = addLayers(builder, this.weights, pictures, layer)
    return { value, shape: [batch, ...shape] }
  }

  randomized(layers: readonly number[], seed: number): Network {
    return new WeightsNetwork(randomizeWeights(this.weights, layers, seed))
  }

  hash(): string {
    return hashOfWeights(this.weights)
  }
}

/** Adds the layers 0 to `last`. A normalization is folded into its convolution unless the convolution is the last. */
function addLayers(builder: GraphBuilder, weights: ClassifierWeights, pictures: string, last: number) {
  let { height, width } = weights.size
  let channels = 3
  let value = pictures
  for (const [index, layer] of weights.layers.slice(0, last + 1).entries()) {
    const isBeforePool = index < last && weights.layers[index + 1]?.type === 'MaxPool2d'
    if (layer.type === 'Conv2d') {
      const { block } = layer
      const { weight, bias } = index === last ? block : foldNormalization(block)
      const inputs = [
        value,
        builder.float32(weight, [block.channelsOut, block.channelsIn, 3, 3]),
        builder.float32(bias, [block.channelsOut]),
      ]
      value = builder.node('Conv', inputs, { attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] } })
      channels = block.channelsOut
    } else if (layer.type === 'ReLU' && !isBeforePool) {
      value = builder.node('Relu', [value])
    } else if (layer.type === 'MaxPool2d') {
      // Pooling first and rectifying a quarter of the values gives the same output and gradient, ties included.
      const pooled = builder.node('MaxPool', [value], {
        attributes: { kernel_shape: [2, 2], strides: [2, 2] },
      })
      value = builder.node('Relu', [pooled])
      height /= 2
      width /= 2
    }
  }
  return { value, shape: [channels, height, width] }
}

function addLinear(builder: GraphBuilder, value: string, layer: LinearLayer, output?: string): string {
  const inputs = [
    value,
    builder.float32(layer.weight, [layer.outputs, layer.inputs]),
    builder.float32(layer.bias, [layer.outputs]),
  ]
  return builder.node('Gemm', inputs, { attributes: { transB: 1 }, ...(output ? { output } : {}) })
}
