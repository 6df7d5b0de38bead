import type { AdjustmentInput } from '@/lib/adjustments/schema'
import type { AdjustmentView } from '@/lib/adjustments/view'
import { type Adjustment, adjustedPoints } from '@/lib/scoring/adjustment'
import type { PartWork } from '@/lib/student-work/view'

export type ScoredPart = NonNullable<PartWork['score']>

export const adjustmentKinds = ['none', 'set', 'add'] as const

/** An adjustment as the form holds it; points in points, as people write them. */
export interface AdjustmentState {
  readonly kind: (typeof adjustmentKinds)[number]
  readonly points: number | null
  readonly comment: string
  readonly reason: string
}

/** @param standing what is changed; null: nothing stands yet */
export function adjustmentState(standing: AdjustmentView | null): AdjustmentState {
  const { adjustment = null, comment = '', reason = '' } = standing ?? {}
  return {
    kind: adjustment?.kind ?? 'none',
    points: adjustment ? adjustment.points / 1000 : null,
    comment,
    reason,
  }
}

/** @returns null for a comment alone. An empty field adds nothing, which the server refuses by name. */
export function writtenAdjustment({ kind, points }: AdjustmentState): Adjustment | null {
  return kind === 'none' ? null : { kind, points: Math.round((points ?? 0) * 1000) }
}

/** @returns what will count, thousandths; null: what is written does not fit. */
export function willCount(state: AdjustmentState, score: ScoredPart): number | null {
  const written = writtenAdjustment(state)
  if (state.kind !== 'none' && state.points === null) return null
  const counts = adjustedPoints(score.automatic, score.maximum, written)
  const wanted = written?.kind === 'set' ? written.points : score.automatic + (written?.points ?? 0)
  return counts === wanted ? counts : null
}

/** @returns what the route takes. */
export function adjustmentInput(
  state: AdjustmentState,
  score: ScoredPart,
  standing: AdjustmentView | null,
): AdjustmentInput {
  return {
    adjustment: writtenAdjustment(state),
    comment: state.comment,
    reason: state.reason,
    seen: { adjustedAt: standing?.at ?? null, automatic: score.automatic, maximum: score.maximum },
  }
}
