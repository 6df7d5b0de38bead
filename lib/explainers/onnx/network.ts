import type { LayerDescription, WeightedLayer } from '../classifier'
import type { Shape } from './gradient-rules/rule'
import type { Graph } from './graph'
import type { GraphBuilder } from './graph-builder'

/** A picture classifier as something that adds itself to graphs. */
export interface Network {
  readonly size: { readonly height: number; readonly width: number }
  readonly layers: readonly LayerDescription[]
  /** In the order of the graph. */
  readonly weighted: readonly WeightedLayer[]
  /** Number of logits. */
  readonly outputs: number
  /** Operator set of the graphs that it is added to. */
  readonly opset: Graph['opset']
  /** The only number of pictures that a run can have; null: any. */
  readonly fixedBatch: number | null
  /** Whether logits of copies may be computed in float16, where that is chosen. */
  readonly allowsHalfPrecision: boolean
  /** Adds everything from `pictures` [batch,3,H,W], 0 to 1, to the value 'logits' [batch, outputs]. */
  addLogits(builder: GraphBuilder, pictures: string, batch: number): void
  /** Adds what leads to the output of a layer. @returns its value and its shape [batch, channels, h, w]. */
  addLayer(
    builder: GraphBuilder,
    pictures: string,
    batch: number,
    layer: number,
  ): { readonly value: string; readonly shape: Shape }
  /** @returns the network with the weights of these layers drawn anew, by their places; see `randomizeWeights`. */
  randomized(layers: readonly number[], seed: number): Network
  /** SHA-256 of its numbers. */
  hash(): string
}
