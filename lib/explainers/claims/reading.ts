import type { Bilingual } from '../bilingual'

/** One number of a measurement. */
export interface ReadingValue {
  /** What it is the number of, as claims name it: `strawberry`, `8`, `he`. */
  readonly subject: string
  readonly name: Bilingual
  /** null where it does not exist, such as the enrichment of a map that is zero everywhere. */
  readonly value: number | null
}

export interface UsedModel {
  readonly name: string
  /** SHA-256 of the weights. */
  readonly sha256: string
  /** The model that the question is about, where this one stands in for it because it is not installed. */
  readonly insteadOf: string | null
}

/** What a measurement found: one quantity of several subjects, in an order that `from` and `trend` may rely on. */
export interface Reading {
  readonly values: readonly ReadingValue[]
  readonly model: UsedModel
}
