import type { LayerDescription } from '../classifier'
import { ExplainerError } from '../errors'
import type { StateDict } from './safetensors'

/** Numbers of one block: convolution 3×3 (stride 1, padding 1), then batch normalization with stored statistics. */
export interface ConvolutionBlock {
  /** [out, in, 3, 3] */
  readonly weight: Float32Array
  readonly bias: Float32Array
  readonly channelsIn: number
  readonly channelsOut: number
  readonly normalization: {
    readonly scale: Float32Array
    readonly shift: Float32Array
    readonly mean: Float32Array
    readonly variance: Float32Array
  }
}

export interface LinearLayer {
  /** [out, in] */
  readonly weight: Float32Array
  readonly bias: Float32Array
  readonly inputs: number
  readonly outputs: number
}

export type Layer =
  | { readonly type: 'Conv2d'; readonly block: ConvolutionBlock }
  | { readonly type: 'BatchNorm2d'; readonly block: ConvolutionBlock }
  | { readonly type: 'ReLU' }
  | { readonly type: 'MaxPool2d' }

/**
 * The homework's CNN: `cnn`, stacks of blocks Conv → BatchNorm → ReLU with a 2×2 MaxPool after each stack, and `fc`:
 * Linear, ReLU, Dropout, Linear.
 */
export interface ClassifierWeights {
  /** By the homework's `cnnid`. */
  readonly layers: readonly Layer[]
  readonly descriptions: readonly LayerDescription[]
  readonly hidden: LinearLayer
  readonly head: LinearLayer
  readonly size: { readonly height: number; readonly width: number }
}

const PICTURE_SIZE = 128
const EPSILON = 1e-5

/**
 * Finds the stacks in a state dict with the names `cnn.N.weight` …, `fc.0…`, `fc.3…` (PyTorch's `nn.Sequential`).
 * Which index is a convolution and which a normalization shows in the tensors; ReLU and MaxPool have none and fill
 * the gaps: Conv, BatchNorm, ReLU, and MaxPool where a further index is skipped. Widths come from the tensors.
 * @throws ExplainerError 'model-damaged' that names the tensor, or 'model-unsupported' when this is another network.
 */
export function readClassifierWeights(state: StateDict): ClassifierWeights {
  const layers: Layer[] = []
  const descriptions: LayerDescription[] = []
  const append = (layer: Layer, channels: number) => {
    descriptions.push({ index: layers.length, type: layer.type, channels })
    layers.push(layer)
  }
  const convolutions = convolutionIndices(state)
  let channels = 3
  for (const [place, index] of convolutions.entries()) {
    if (index !== layers.length)
      throw unsupported(state, `has a convolution at cnn.${index}; expected at cnn.${layers.length}`)
    const block = readBlock(state, index, channels)
    channels = block.channelsOut
    append({ type: 'Conv2d', block }, channels)
    append({ type: 'BatchNorm2d', block }, channels)
    append({ type: 'ReLU' }, channels)
    const isLast = place === convolutions.length - 1
    if (isLast || convolutions[place + 1] === layers.length + 1) append({ type: 'MaxPool2d' }, channels)
  }
  const pools = layers.filter(({ type }) => type === 'MaxPool2d').length
  const side = PICTURE_SIZE / 2 ** pools
  if (!Number.isInteger(side))
    throw unsupported(state, `halves a picture of ${PICTURE_SIZE} pixels ${pools} times`)
  const hidden = readLinear(state, 'fc.0', channels * side * side)
  const head = readLinear(state, 'fc.3', hidden.outputs)
  return { layers, descriptions, hidden, head, size: { height: PICTURE_SIZE, width: PICTURE_SIZE } }
}

/** Indices N of `cnn.N.weight` with four axes, in order. */
function convolutionIndices(state: StateDict): number[] {
  const indices = state.names
    .map((name) => /^cnn\.(\d+)\.weight$/.exec(name))
    .filter((match) => match !== null && state.shapeOf(match[0]).length === 4)
    .map((match) => Number(match![1]))
    .sort((a, b) => a - b)
  if (indices.length === 0) throw unsupported(state, "has no tensor 'cnn.N.weight' of a convolution")
  return indices
}

function readBlock(state: StateDict, index: number, channelsIn: number): ConvolutionBlock {
  const weight = state.float32(`cnn.${index}.weight`, [null, channelsIn, 3, 3])
  const channelsOut = weight.shape[0]!
  const vector = (name: string) => state.float32(`cnn.${name}`, [channelsOut]).data
  const variance = vector(`${index + 1}.running_var`)
  if (variance.some((value) => value < 0)) {
    throw new ExplainerError(
      'model-damaged',
      state.model,
      `${state.model}: tensor 'cnn.${index + 1}.running_var' holds a negative value; a variance is 0 or more`,
    )
  }
  return {
    weight: weight.data,
    bias: vector(`${index}.bias`),
    channelsIn,
    channelsOut,
    normalization: {
      scale: vector(`${index + 1}.weight`),
      shift: vector(`${index + 1}.bias`),
      mean: vector(`${index + 1}.running_mean`),
      variance,
    },
  }
}

function readLinear(state: StateDict, name: string, inputs: number): LinearLayer {
  const weight = state.float32(`${name}.weight`, [null, inputs])
  const outputs = weight.shape[0]!
  return { weight: weight.data, bias: state.float32(`${name}.bias`, [outputs]).data, inputs, outputs }
}

/**
 * Convolution and normalization as one convolution: W·s, (b − μ)·s + β with s = γ/√(σ² + ε). Computed in float64,
 * rounded once.
 */
export function foldNormalization(block: ConvolutionBlock): { weight: Float32Array; bias: Float32Array } {
  const { scale, shift, mean, variance } = block.normalization
  const perChannel = block.weight.length / block.channelsOut
  const factors = Array.from(scale, (value, channel) => value / Math.sqrt(variance[channel]! + EPSILON))
  return {
    weight: block.weight.map((value, place) => value * factors[Math.floor(place / perChannel)]!),
    bias: block.bias.map((value, channel) => (value - mean[channel]!) * factors[channel]! + shift[channel]!),
  }
}

function unsupported(state: StateDict, what: string): ExplainerError {
  return new ExplainerError(
    'model-unsupported',
    state.model,
    `${state.model} is not the homework's classifier: it ${what}`,
  )
}
