/** What staff decided about a part by hand: to add to what key and rule give, or to put in its place. */
export interface Adjustment {
  readonly kind: 'add' | 'set'
  /** Thousandths of a point; negative only with `add`. */
  readonly points: number
}

/**
 * What counts of a part. Never less than nothing nor more than full points, and never less for a higher automatic score:
 * a regrade that moves that one upwards cannot lower what counts.
 * @param automatic what key and rule give, thousandths
 * @param maximum full points as they are now, thousandths; 0 where the part was dropped
 * @returns thousandths, 0..maximum
 */
export function adjustedPoints(automatic: number, maximum: number, adjustment: Adjustment | null): number {
  if (!adjustment) return automatic
  return Math.min(maximum, Math.max(0, wantedPoints(automatic, adjustment)))
}

/**
 * Whether an adjustment says something that it cannot do now: a regrade may make it so later, but nobody should write it.
 * @returns null: it does what it says
 */
export function adjustmentIssue(
  automatic: number,
  maximum: number,
  adjustment: Adjustment,
): 'above-maximum' | 'below-zero' | null {
  const wanted = wantedPoints(automatic, adjustment)
  if (wanted > maximum) return 'above-maximum'
  return wanted < 0 ? 'below-zero' : null
}

function wantedPoints(automatic: number, { kind, points }: Adjustment): number {
  return kind === 'set' ? points : automatic + points
}
