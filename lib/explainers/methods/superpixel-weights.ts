import type { Tensor } from '../evidence'
import { NOTABLE_WEIGHT } from '../regions'
import { STRONGEST_SUPERPIXELS } from './lime'

export interface ShownSuperpixel {
  readonly label: number
  readonly weight: number
}

/** @returns the superpixels that the homework colours, the largest absolute weight first. */
export function shownSuperpixels(weights: readonly number[]): ShownSuperpixel[] {
  return weights
    .map((weight, label) => ({ label, weight }))
    .filter(({ weight }) => Math.abs(weight) >= NOTABLE_WEIGHT)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.label - b.label)
    .slice(0, STRONGEST_SUPERPIXELS)
}

/** @returns the weight of each superpixel, by label, read off the per-pixel weights [height, width]. */
export function weightsByLabel(labels: Tensor, weights: Tensor): number[] {
  const byLabel: number[] = []
  for (let pixel = 0; pixel < labels.data.length; pixel++) {
    byLabel[labels.data[pixel]!] = weights.data[pixel]!
  }
  return Array.from(byLabel, (weight) => weight ?? 0)
}
