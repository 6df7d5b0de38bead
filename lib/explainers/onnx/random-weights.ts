import { createHash } from 'node:crypto'
import type { WeightedLayer } from '../classifier'
import { RandomStream } from '../random'
import type { ClassifierWeights, ConvolutionBlock, LinearLayer } from './classifier-weights'

/** The convolutions with their normalizations by the homework's `cnnid`, then the two linear layers. */
export function weightedLayersOf({ layers }: ClassifierWeights): readonly WeightedLayer[] {
  const convolutions = layers.flatMap(({ type }, index) => (type === 'Conv2d' ? [`cnn.${index}`] : []))
  return [
    ...convolutions.map((name) => ({ name, kind: 'convolution' as const })),
    { name: 'fc.0', kind: 'linear' },
    { name: 'fc.3', kind: 'linear' },
  ]
}

/**
 * The network with these layers as before any training. What is drawn is normal with deviation √(2/inputs), which keeps
 * the size of the signal (K. He et al., "Delving Deep into Rectifiers", ICCV 2015); biases are 0, and normalizations do
 * nothing.
 *
 * Each layer has a random stream of its own, so that it gets the same numbers whatever else is drawn.
 *
 * @param drawn places in `weightedLayersOf(weights)`
 */
export function randomizeWeights(
  weights: ClassifierWeights,
  drawn: readonly number[],
  seed: number,
): ClassifierWeights {
  const isDrawn = (place: number) => drawn.includes(place)
  const stream = (name: string) => new RandomStream(seed, 'random weights', name)
  // A convolution and its normalization share one block.
  const blocks = new Map<ConvolutionBlock, ConvolutionBlock>()
  for (const [index, layer] of weights.layers.entries()) {
    if (layer.type !== 'Conv2d') continue
    const { block } = layer
    blocks.set(block, isDrawn(blocks.size) ? randomBlock(block, stream(`layer ${index}`)) : block)
  }
  const layers = weights.layers.map((layer) =>
    'block' in layer ? { ...layer, block: blocks.get(layer.block)! } : layer,
  )
  const { hidden, head } = weights
  return {
    ...weights,
    layers,
    hidden: isDrawn(blocks.size) ? randomLinear(hidden, stream('hidden')) : hidden,
    head: isDrawn(blocks.size + 1) ? randomLinear(head, stream('output')) : head,
  }
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
