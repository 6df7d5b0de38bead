import type { PartKey, Rule, ScoringKey } from '@/lib/questions/content'
import { countDecisions } from './decisions'
import { fractionOfPoints } from './fraction'
import { earnedFraction } from './rules'

export interface PartScore {
  /** Thousandths of a point, 0..maximum. */
  readonly points: number
  /** Thousandths of a point. */
  readonly maximum: number
  readonly rule: Rule['name']
}

/** What of a part's key decides its score. */
export type DecidingKey = Pick<PartKey, 'correct' | 'rule' | 'alsoAccepted'>

type Options = readonly { readonly id: string }[]

/**
 * Scores one part. Pure: the same answer, key and points always give the same score.
 * @param options the part's options; only their ids are read
 * @param key where it accepts earlier keys too, the one that gives most counts
 * @param points full points, thousandths; 0 for a part that was dropped
 * @param chosen option ids in any order; empty when unanswered
 * @throws RangeError when an id is unknown or named twice, a key is empty, or `points` is negative or not whole
 */
export function scorePart(
  options: Options,
  key: DecidingKey,
  points: number,
  chosen: readonly string[],
): PartScore {
  if (!Number.isInteger(points) || points < 0)
    throw new RangeError(`points: ${points} is not a whole number of thousandths, 0 or more`)
  const { rule } = bestAccepted(options, key, points, chosen)
  return { points: rule.points, maximum: points, rule: rule.name }
}

/** @returns the one of the accepted keys by which the answer earns most; of equals, the first. */
export function acceptedKeyOf(options: Options, key: DecidingKey, chosen: readonly string[]): ScoringKey {
  // Enough points that no two fractions are rounded to the same.
  return bestAccepted(options, key, 1_000_000, chosen).accepted
}

function bestAccepted(options: Options, key: DecidingKey, points: number, chosen: readonly string[]) {
  const offered = options.map((option) => option.id)
  const scored = [key, ...(key.alsoAccepted ?? [])].map(({ correct, rule }) => {
    if (correct.length === 0) throw new RangeError('key: at least one option must be correct')
    const fraction = earnedFraction(rule, countDecisions(offered, correct, chosen), chosen)
    return {
      accepted: { correct, rule },
      rule: { name: rule.name, points: fractionOfPoints(points, fraction) },
    }
  })
  return scored.reduce((best, next) => (next.rule.points > best.rule.points ? next : best))
}
