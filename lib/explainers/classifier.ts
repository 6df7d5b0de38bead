import type { FloatTensor } from './evidence'

export interface LayerDescription {
  /** The homework's `cnnid`. */
  readonly index: number
  readonly type: 'Conv2d' | 'BatchNorm2d' | 'ReLU' | 'MaxPool2d'
  readonly channels: number
}

/** The scalar whose gradient by the input is asked for. */
export type Objective =
  | { readonly kind: 'logit'; readonly target: number }
  | { readonly kind: 'cross-entropy'; readonly label: number }
  /** −Σ over the layer's output of one filter (channel). */
  | { readonly kind: 'filter'; readonly layer: number; readonly filter: number }

/** How much of a classifier loses what it has learned, from its output downwards: each holds the ones before it. */
export const randomizedDepths = ['output', 'linear', 'all'] as const
export type RandomizedDepth = (typeof randomizedDepths)[number]

/**
 * A picture classifier ready to run. Pictures are [count,3,height,width] float32, RGB, 0 to 1, row-major.
 * Implementations split `count` into their fixed batch.
 */
export interface Classifier {
  readonly name: string
  /** SHA-256 of the weights. */
  readonly sha256: string
  readonly classes: readonly string[]
  readonly layers: readonly LayerDescription[]
  readonly inputSize: { readonly height: number; readonly width: number }
  readonly provider: 'cpu' | 'cuda' | 'webgpu'
  /** @returns the batch in which `count` pictures are run: inputs per run of the graph, for the manifest. */
  batchOf(count: number): number
  /** @returns logits [count, classes]. */
  logits(pictures: FloatTensor): Promise<FloatTensor>
  /** @returns the gradient of the objective by each picture [count,3,height,width], and logits where the objective has them. */
  inputGradient(
    pictures: FloatTensor,
    objective: Objective,
  ): Promise<{ gradient: FloatTensor; logits?: FloatTensor }>
  /** @returns the layer's output [count, channels, height', width']. */
  activation(pictures: FloatTensor, layer: number): Promise<FloatTensor>
  /**
   * @returns the same network with weights drawn anew down to that depth, on the same device; close it for itself.
   * Equal seeds give equal numbers, and a deeper one has those of the shallower ones. `sha256` is of its numbers.
   */
  randomized(depth: RandomizedDepth, seed: number): Classifier
  /** Frees the sessions. */
  close(): Promise<void>
}
