import type { Claim } from './claim'
import { evaluateClaim, type Outcome, type Readings } from './evaluate'

/** One of several statements about a model, of which some are said to be true. */
export interface Statement {
  readonly id: string
  readonly claim: Claim
  /** Whether the statement is said to be true. */
  readonly expected: boolean
}

export interface StatementOutcome extends Outcome {
  readonly id: string
  readonly expected: boolean
}

/**
 * `supported`: what is said to be true is, and nothing else is. `ambiguous`: something else is true too.
 * `contradicted`: something said to be true is false. `undecided`: a number that would decide does not exist.
 */
export const JUDGEMENTS = ['supported', 'ambiguous', 'contradicted', 'undecided'] as const
export type Judgement = (typeof JUDGEMENTS)[number]

export interface Stability {
  /** How many seeds were tried, the first included. */
  readonly seeds: number
  /** How many of them give the verdict of the first. */
  readonly agreeing: number
  /** Standard deviation of the margin over the seeds; null where it does not exist for two of them. */
  readonly spread: number | null
}

export interface Verdict {
  readonly judgement: Judgement
  /** Of the first seed, which is the one that the figure shows. */
  readonly outcomes: readonly StatementOutcome[]
  /**
   * The thinnest decision: the smallest margin of the statements that should hold and of the negations of those that
   * should not. From −1 to 1; above 0 exactly where the verdict is `supported` without a tie. Null where undecided.
   */
  readonly margin: number | null
  /** Null where no chance takes part. */
  readonly stability: Stability | null
  /** Whether to be shown in amber: a tie, a margin under its spread, or seeds that disagree. */
  readonly isThin: boolean
}

/**
 * @param readings of each seed, the shown one first; one entry where no chance takes part.
 * @throws RangeError when there are no readings.
 */
export function judge(statements: readonly Statement[], readings: readonly Readings[]): Verdict {
  const [first, ...others] = readings.map((seed) => judgeOnce(statements, seed))
  if (!first) throw new RangeError('judge: there are no readings')
  const stability = others.length === 0 ? null : stabilityOf(first, others)
  return { ...first, stability, isThin: isThin(first, stability) }
}

type Once = Pick<Verdict, 'judgement' | 'outcomes' | 'margin'>

function judgeOnce(statements: readonly Statement[], readings: Readings): Once {
  const outcomes = statements.map(({ id, claim, expected }) => ({
    id,
    expected,
    ...evaluateClaim(claim, readings),
  }))
  return { judgement: judgementOf(outcomes), outcomes, margin: marginOf(outcomes) }
}

function judgementOf(outcomes: readonly StatementOutcome[]): Judgement {
  const is = (expected: boolean, holds: boolean | null) =>
    outcomes.some((outcome) => outcome.expected === expected && outcome.holds === holds)
  if (is(true, false)) return 'contradicted'
  if (outcomes.some(({ holds }) => holds === null)) return 'undecided'
  return is(false, true) ? 'ambiguous' : 'supported'
}

function marginOf(outcomes: readonly StatementOutcome[]): number | null {
  const margins = outcomes.map(({ expected, margin }) => (margin === null || expected ? margin : 0 - margin))
  const known = margins.filter((margin) => margin !== null)
  return known.length === margins.length && known.length > 0 ? Math.min(...known) : null
}

function stabilityOf(first: Once, others: readonly Once[]): Stability {
  const all = [first, ...others]
  const margins = all.flatMap(({ margin }) => margin ?? [])
  return {
    seeds: all.length,
    agreeing: all.filter(({ judgement }) => judgement === first.judgement).length,
    spread: margins.length < 2 ? null : standardDeviation(margins),
  }
}

/** Of a sample: divided by one less than their number. */
function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1))
}

function isThin({ margin }: Once, stability: Stability | null): boolean {
  if (margin === null) return false
  if (margin === 0) return true
  if (stability === null) return false
  return stability.agreeing < stability.seeds || Math.abs(margin) < (stability.spread ?? 0)
}
