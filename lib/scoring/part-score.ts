import type { PartKey, Rule } from '@/lib/questions/content'
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

/**
 * Scores one part. Pure: the same answer, key and points always give the same score.
 * @param options the part's options; only their ids are read
 * @param key the key's `correct` options and its rule
 * @param points full points, thousandths, a positive integer
 * @param chosen option ids in any order; empty when unanswered
 * @throws RangeError when an id is unknown or named twice, the key is empty, or `points` is not a positive integer
 */
export function scorePart(
  options: readonly { readonly id: string }[],
  key: Pick<PartKey, 'correct' | 'rule'>,
  points: number,
  chosen: readonly string[],
): PartScore {
  if (!Number.isInteger(points) || points <= 0)
    throw new RangeError(`points: ${points} is not a positive whole number of thousandths`)
  if (key.correct.length === 0) throw new RangeError('key: at least one option must be correct')
  const decisions = countDecisions(
    options.map((option) => option.id),
    key.correct,
    chosen,
  )
  const earned = earnedFraction(key.rule, decisions, chosen)
  return { points: fractionOfPoints(points, earned), maximum: points, rule: key.rule.name }
}
