import { meanOf, meanOfKnown, spearman } from '../correlation'
import { strongestPlaces } from '../strongest-places'

/** Of all units: how many are the strongest. */
export const STRONGEST_SHARE = 0.1

/** How alike two maps rank the same units. */
export interface Agreement {
  /** Spearman's ρ, −1 to 1; null where one of the maps is the same everywhere. */
  readonly correlation: number | null
  /** 0 to 1: the share of the strongest tenth that both maps have in common. By chance, 0.1. */
  readonly overlap: number
}

/** @param one `other` [units] */
export function agreementOf(one: Float64Array, other: Float64Array): Agreement {
  const correlation = spearman(one, other)
  const strongest = strongestPlaces(one, STRONGEST_SHARE)
  const others = strongestPlaces(other, STRONGEST_SHARE)
  const shared = [...strongest].filter((unit) => others.has(unit)).length
  return { correlation, overlap: shared / strongest.size }
}

/** @returns the means over all pairs of the maps; null correlation where one pair has none. */
export function agreementAmong(maps: readonly Float64Array[]): Agreement {
  const pairs = maps.flatMap((one, index) => maps.slice(index + 1).map((other) => agreementOf(one, other)))
  return {
    correlation: meanOfKnown(pairs.map(({ correlation }) => correlation)),
    overlap: meanOf(pairs.map(({ overlap }) => overlap)),
  }
}
