import type { EvidenceManifest, FloatTensor } from './evidence'
import type { PictureCopies } from './picture-copies'

export interface LayerDescription {
  /** The homework's `cnnid`; for other networks, the place among the values with a height and a width. */
  readonly index: number
  /** 'Conv2d', 'BatchNorm2d', 'ReLU', 'MaxPool2d' as PyTorch says, any other by ONNX's operator. */
  readonly type: string
  readonly channels: number
}

/** The scalar whose gradient by the input is asked for. */
export type Objective =
  | { readonly kind: 'logit'; readonly target: number }
  | { readonly kind: 'cross-entropy'; readonly label: number }
  /** −Σ over the layer's output of one filter (channel). */
  | { readonly kind: 'filter'; readonly layer: number; readonly filter: number }

/** What is learned together: a convolution or a matrix product, with the normalization and the biases behind it. */
export interface WeightedLayer {
  /** As the file of the weights calls it, for example `cnn.36`, `fc.3`, `layer4.1.conv2`. */
  readonly name: string
  readonly kind: 'convolution' | 'linear'
}

/** How much of a classifier loses what it has learned, from its output downwards: each holds the ones before it. */
export const randomizedDepths = ['output', 'linear', 'all'] as const
export type RandomizedDepth = (typeof randomizedDepths)[number]

/** @returns the places of the weighted layers that lose what they have learned. */
export function layersDownTo(depth: RandomizedDepth, weighted: readonly WeightedLayer[]): readonly number[] {
  return [...weighted.keys()].filter(
    (place) =>
      depth === 'all' ||
      place === weighted.length - 1 ||
      (depth === 'linear' && weighted[place]!.kind === 'linear'),
  )
}

/** [count,3,height,width] float32, RGB, 0 to 1, row-major; or copies of one picture, made where the classifier runs. */
export type Pictures = FloatTensor | PictureCopies

/** Of the gradients of several pictures, their weighted sum. */
export interface GradientSum {
  /** One for each picture. */
  readonly weights: Float32Array
  /** Sums absolute values. */
  readonly absolute: boolean
  /** Whether each gradient is wanted too. */
  readonly each?: boolean
}

/** A picture classifier ready to run. Implementations split the pictures into their fixed batch. */
export interface Classifier {
  readonly name: string
  /** SHA-256 of the weights. */
  readonly sha256: string
  readonly classes: readonly string[]
  readonly layers: readonly LayerDescription[]
  /** In the order of the graph, from the picture to the logits. */
  readonly weighted: readonly WeightedLayer[]
  readonly inputSize: { readonly height: number; readonly width: number }
  readonly provider: EvidenceManifest['provider']
  /** In which gradients, and logits of given pictures, are computed. */
  readonly precision: EvidenceManifest['precision']
  /**
   * @param asked where the device has it
   * @returns in which logits of copies with hidden superpixels are computed
   */
  copyPrecision(asked?: 'float16'): EvidenceManifest['precision']
  /** @returns the batch in which `count` pictures are run: inputs per run of the graph, for the manifest. */
  batchOf(count: number): number
  /** @param asked as of `copyPrecision` @returns logits [count, classes]. */
  logits(pictures: Pictures, asked?: 'float16'): Promise<FloatTensor>
  /** @returns the gradient of the objective by each picture [count,3,height,width], and logits where the objective has them. */
  inputGradient(
    pictures: Pictures,
    objective: Objective,
  ): Promise<{ gradient: FloatTensor; logits?: FloatTensor }>
  /** @returns `sum` [3,height,width] of the objective's gradients; `gradient` [count,3,height,width] if each is wanted. */
  summedGradient(
    pictures: Pictures,
    objective: Exclude<Objective, { kind: 'filter' }>,
    sum: GradientSum,
  ): Promise<{ sum: FloatTensor; logits: FloatTensor; gradient?: FloatTensor }>
  /** @returns the layer's output [count, channels, height', width']. */
  activation(pictures: FloatTensor, layer: number): Promise<FloatTensor>
  /**
   * @param layers places in `weighted`
   * @param what which these are, for its name
   * @returns the same network with the weights of these layers drawn anew, on the same device; close it for itself. A
   * layer gets the same numbers from the same seed, whichever others are drawn. `sha256` is of all its numbers.
   */
  randomized(layers: readonly number[], seed: number, what: string): Classifier
  /** @returns the same network on the processor, in float32; close it for itself. */
  onProcessor(): Classifier
  /** Frees the sessions. */
  close(): Promise<void>
}
