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
  /** Frees the sessions. */
  close(): Promise<void>
}
