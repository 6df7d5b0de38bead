import type { Adjustment } from '@/lib/scoring/adjustment'

/** A part's score after it was adjusted; points are thousandths. */
export interface AdjustedScore {
  /** What counts. */
  readonly points: number
  /** What key and rule give. */
  readonly automatic: number
  readonly maximum: number
  /** ISO 8601, names the adjustment that stands; null: none does. */
  readonly adjustedAt: string | null
}

/** What staff decided about one part by hand, as staff see it. */
export interface AdjustmentView {
  /** null: a comment alone. */
  readonly adjustment: Adjustment | null
  readonly comment: string
  readonly reason: string
  /** Name; null: the account is gone. */
  readonly by: string | null
  /** ISO 8601. */
  readonly at: string
}
