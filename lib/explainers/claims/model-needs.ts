import type { LayerDescription } from '../classifier'
import type { Measurement } from './measurement'

/** What a measurement names of a model: one that lacks it cannot be measured so. */
export type ModelNeed =
  /** Counted as the classifier's `layers`. */
  | { readonly kind: 'layer'; readonly layer: number }
  | { readonly kind: 'filter'; readonly layer: number; readonly filter: number }
  /** Of a language model, counted from 1; the state before the first is 0. */
  | { readonly kind: 'hidden-layer'; readonly layer: number }
  /** Of a language model, counted from 1. */
  | { readonly kind: 'head'; readonly head: number }
  /** Of the logits by the picture. */
  | { readonly kind: 'gradient' }

const layersOf = (layers: readonly number[]) => layers.map((layer) => ({ kind: 'layer', layer }) as const)
const filtersOf = (layers: readonly number[], filter: number) =>
  layers.map((layer) => ({ kind: 'filter', layer, filter }) as const)
const hiddenLayersOf = (layers: readonly number[]) =>
  layers.map((layer) => ({ kind: 'hidden-layer', layer }) as const)

export function needsOf(measurement: Measurement): readonly ModelNeed[] {
  switch (measurement.measure) {
    case 'map-disagreement':
    case 'region-enrichment':
    case 'food-enrichment':
    case 'map-overlap':
    case 'solid-likeness':
    case 'steps-likeness':
    case 'steps-contrast':
    case 'gradient-scale':
    case 'finite-differences':
    case 'normalization-effect':
    case 'cascade-likeness':
    case 'layer-likeness':
    case 'edge-likeness':
    case 'attribution-sum':
    case 'seed-agreement':
    case 'contribution-density':
      return [{ kind: 'gradient' }]
    case 'region-activation':
      return filtersOf([measurement.layer], measurement.filter)
    case 'activation-sharpness':
    case 'activation-likeness':
      return filtersOf(measurement.layers, measurement.filter)
    case 'layer-kind':
      return layersOf([measurement.layer])
    case 'head-focus':
      return [{ kind: 'head', head: measurement.head }]
    case 'head-weight':
      return [{ kind: 'head', head: measurement.head }, ...hiddenLayersOf(measurement.layers)]
    case 'answer-distance':
    case 'pair-similarity':
      return hiddenLayersOf(measurement.layers)
    case 'question-matching':
    case 'sentence-clustering':
      return hiddenLayersOf(measurement.groups.map(([, last]) => last))
    case 'group-separation':
      return hiddenLayersOf([measurement.layer])
    default:
      return []
  }
}

/** What a model has of what measurements may name. */
export type ModelParts =
  | {
      readonly kind: 'classifier'
      readonly layers: readonly LayerDescription[]
      /** An operator that has no gradient rule; null: there are gradients by the picture. */
      readonly ungraded: string | null
    }
  | { readonly kind: 'language'; readonly layers: number; readonly heads: number }

/** A need that a model does not meet, with what it has instead. */
export type UnmetNeed =
  | { readonly kind: 'layer'; readonly layer: number; readonly layers: number }
  | { readonly kind: 'filter'; readonly layer: number; readonly filter: number; readonly filters: number }
  | { readonly kind: 'head'; readonly head: number; readonly heads: number }
  | { readonly kind: 'gradient'; readonly operator: string }

/** @returns why the model cannot meet the need; null: it does, or is of a kind of which nobody asks it. */
export function unmetNeed(need: ModelNeed, model: ModelParts): UnmetNeed | null {
  if (model.kind === 'language') {
    const { layers, heads } = model
    if (need.kind === 'hidden-layer' && need.layer > layers)
      return { kind: 'layer', layer: need.layer, layers }
    return need.kind === 'head' && need.head > heads ? { ...need, heads } : null
  }
  const { layers, ungraded } = model
  if (need.kind === 'gradient') return ungraded === null ? null : { kind: 'gradient', operator: ungraded }
  if (need.kind !== 'layer' && need.kind !== 'filter') return null
  const found = layers.find(({ index }) => index === need.layer)
  if (!found) return { kind: 'layer', layer: need.layer, layers: layers.length }
  return need.kind === 'filter' && need.filter >= found.channels ? { ...need, filters: found.channels } : null
}
