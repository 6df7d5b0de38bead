import { createHash } from 'node:crypto'
import type { RandomizedDepth } from '../classifier'
import { RandomStream } from '../random'
import type { ClassifierWeights, ConvolutionBlock, LinearLayer } from './classifier-weights'

/**
 * The network as before any training, down to a depth: `output` draws the last linear layer anew, `linear` the hidden
 * one too, `all` the convolutions as well. What is drawn is normal with deviation √(2/inputs), which keeps the size of
 * the signal (K. He et al., "Delving Deep into Rectifiers", ICCV 2015); biases are 0, and normalizations do nothing.
 *
 * Each layer has a random stream of its own, so that it gets the same numbers whatever else is drawn.
 */
export function randomizeWeights(
  weights: ClassifierWeights,
  depth: RandomizedDepth,
  seed: number,
): ClassifierWeights {
  const head = randomLinear(weights.head, new RandomStream(seed, 'random weights', 'output'))
  if (depth === 'output') return { ...weights, head }
  const hidden = randomLinear(weights.hidden, new RandomStream(seed, 'random weights', 'hidden'))
  if (depth === 'linear') return { ...weights, hidden, head }
  // A convolution and its normalization share one block.
  const blocks = new Map<ConvolutionBlock, ConvolutionBlock>()
  const layers = weights.layers.map((layer, index) => {
    if (!('block' in layer)) return layer
    const stream = new RandomStream(seed, 'random weights', `layer ${index}`)
    const block = blocks.get(layer.block) ?? randomBlock(layer.block, stream)
    blocks.set(layer.block, block)
    return { ...layer, block }
  })
  return { ...weights, layers, hidden, head }
}

function randomLinear(layer: LinearLayer, random: RandomStream): LinearLayer {
  return {
    ...layer,
    weight: draw(layer.weight.length, layer.inputs, random),
    bias: new Float32Array(layer.outputs),
  }
}

function randomBlock(block: ConvolutionBlock, random: RandomStream): ConvolutionBlock {
  const { channelsIn, channelsOut } = block
  return {
    ...block,
    weight: draw(block.weight.length, 9 * channelsIn, random),
    bias: new Float32Array(channelsOut),
    normalization: {
      scale: new Float32Array(channelsOut).fill(1),
      shift: new Float32Array(channelsOut),
      mean: new Float32Array(channelsOut),
      variance: new Float32Array(channelsOut).fill(1),
    },
  }
}

/** @returns normal numbers with deviation √(2/inputs). */
export function draw(length: number, inputs: number, random: RandomStream): Float32Array {
  const deviation = Math.sqrt(2 / inputs)
  return Float32Array.from({ length }, () => deviation * random.normal())
}

/** @returns SHA-256 of all numbers of a network, layer after layer. */
export function hashOfWeights({ layers, hidden, head }: ClassifierWeights): string {
  const hash = createHash('sha256')
  const add = (values: Float32Array) =>
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  for (const layer of layers) {
    if (layer.type !== 'Conv2d') continue
    const { weight, bias, normalization } = layer.block
    for (const values of [weight, bias, ...Object.values(normalization)]) add(values)
  }
  for (const { weight, bias } of [hidden, head]) {
    add(weight)
    add(bias)
  }
  return hash.digest('hex')
}
