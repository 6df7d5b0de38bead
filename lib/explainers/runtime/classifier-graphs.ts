import {
  activationGraph,
  filterGradientGraph,
  logitsGradientGraph,
  logitsGraph,
  summedGradientGraph,
} from '../onnx/classifier-graph'
import type { PictureSource } from '../onnx/copies-graph'
import type { MaxPoolStrategy } from '../onnx/gradient-rules/rule'
import type { Graph } from '../onnx/graph'
import type { Network } from '../onnx/network'

/** What a graph of a classifier is for. */
export type GraphPurpose =
  | { readonly kind: 'logits' | 'gradient' | 'gradient sum'; readonly source: PictureSource }
  | { readonly kind: 'activation' | 'filter gradient'; readonly layer: number }

/** @returns the purpose in words, with the pictures a run: one graph of a model has these, and no other. */
export function describePurpose(purpose: GraphPurpose, batch: number): string {
  const about = 'source' in purpose ? `${purpose.source} pictures` : `layer ${purpose.layer}`
  return `${purpose.kind}, ${about}, ${batch} a run`
}

/** @returns the graph that a session of this purpose runs. */
export function graphFor(
  network: Network,
  purpose: GraphPurpose,
  batch: number,
  maxPool: MaxPoolStrategy,
): Graph {
  switch (purpose.kind) {
    case 'logits':
      return logitsGraph(network, batch, purpose.source)
    case 'gradient':
      return logitsGradientGraph(network, batch, maxPool, purpose.source)
    case 'gradient sum':
      return summedGradientGraph(network, batch, maxPool, purpose.source)
    case 'activation':
      return activationGraph(network, batch, purpose.layer)
    case 'filter gradient':
      return filterGradientGraph(network, batch, purpose.layer, maxPool)
  }
}

/** A server holds a graph for each batch: few, and the last run is filled up. */
const SERVED_BATCHES = [1, 10, 50] as const

/** Of a server's graphs: it may have any device, and every device has the operators of `planes`. */
export const SERVED_MAX_POOL: MaxPoolStrategy = 'planes'

/**
 * @param limit most pictures in a run
 * @returns the batch in which a server runs `count` pictures
 */
export function servedBatch(count: number, limit: number): number {
  const batches = SERVED_BATCHES.filter((batch) => batch <= limit)
  return batches.find((batch) => batch >= count) ?? batches.at(-1)!
}

/** What the registered explainers ask of a classifier; `kserve.test.ts` runs them on these alone. */
const SERVED_PURPOSES: readonly GraphPurpose[] = [
  { kind: 'logits', source: 'given' },
  { kind: 'logits', source: 'hidden' },
  { kind: 'gradient', source: 'given' },
  { kind: 'gradient sum', source: 'given' },
  { kind: 'gradient sum', source: 'scaled' },
  { kind: 'gradient sum', source: 'noisy' },
]

export interface ServedGraph {
  /** See `describePurpose`. */
  readonly purpose: string
  readonly graph: Graph
}

/**
 * Every graph with which a server can answer the explainers, made one at a time: each holds its weights.
 * @param layers whose filters can be looked at
 */
export function* servedGraphs(network: Network, layers: readonly number[]): Generator<ServedGraph> {
  const batches = SERVED_BATCHES.filter((batch) => batch <= (network.fixedBatch ?? Number.POSITIVE_INFINITY))
  const serve = (purpose: GraphPurpose, batch: number): ServedGraph => ({
    purpose: describePurpose(purpose, batch),
    graph: graphFor(network, purpose, batch, SERVED_MAX_POOL),
  })
  for (const purpose of SERVED_PURPOSES) for (const batch of batches) yield serve(purpose, batch)
  for (const layer of layers) {
    yield serve({ kind: 'activation', layer }, 1)
    yield serve({ kind: 'filter gradient', layer }, 1)
  }
}
