import type { Claim, Comparison } from './claim'
import { comparisonsOf } from './claim'
import type { Measurement, MeasurementInput } from './measurement'
import type { Subjects } from './subjects'

/** Claims as a form has them: comparisons, some turned round, that must all or any be true. */

export type Operator = Comparison['op']
export type Joint = 'all' | 'any'

export interface Term {
  readonly comparison: Comparison
  readonly negated: boolean
}

export interface ClaimTerms {
  readonly joint: Joint
  /** At least one. */
  readonly terms: readonly Term[]
}

const OPERATORS: readonly Operator[] = [
  'highest',
  'lowest',
  'strongest',
  'above',
  'below',
  'exceeds',
  'nearest',
  'from',
  'trend',
]

/** @returns the claim taken apart; `claimOf` puts it together again. */
export function termsOf(claim: Claim): ClaimTerms {
  const terms = claim.op === 'all' || claim.op === 'any' ? claim.claims : [claim]
  return {
    joint: claim.op === 'any' ? 'any' : 'all',
    terms: terms.map((term) =>
      term.op === 'not'
        ? { comparison: term.claim, negated: true }
        : { comparison: term as Comparison, negated: false },
    ),
  }
}

/** @throws RangeError without terms: a claim says something. */
export function claimOf({ joint, terms }: ClaimTerms): Claim {
  const claims = terms.map(({ comparison, negated }) =>
    negated ? ({ op: 'not', claim: comparison } as const) : comparison,
  )
  const [first, ...others] = claims
  if (!first) throw new RangeError('claimOf: there are no terms')
  return others.length === 0 ? first : { op: joint, claims }
}

/** @returns operators that say something of so many subjects. */
export function operatorsFor({ known, open }: Subjects): Operator[] {
  const several = open || known.length > 1
  const row = open || known.length > 2
  const needs: Readonly<Partial<Record<Operator, boolean>>> = {
    highest: several,
    lowest: several,
    strongest: several,
    exceeds: several,
    from: row,
    trend: row,
  }
  return OPERATORS.filter((operator) => needs[operator] ?? true)
}

/**
 * @param previous what was chosen before: subject and numbers stay where they still mean something
 * @returns a comparison by the operator, of the first subject where none stays; null where the measurement has none yet.
 */
export function startComparison(
  op: Operator,
  of: string,
  { known, open }: Subjects,
  previous?: Comparison,
): Comparison | null {
  if (op === 'trend') return { op, of, trend: previous?.op === 'trend' ? previous.trend : 'rises' }
  const stays = (subject: string | undefined) =>
    subject !== undefined && subject !== '' && (open || known.some((one) => one.subject === subject))
  const earlier = previous && 'subject' in previous ? previous.subject : undefined
  const subject = stays(earlier) ? earlier! : known[0]?.subject
  if (subject === undefined) return null
  const number = previous ? numberOf(previous) : 0
  switch (op) {
    case 'above':
    case 'below':
      return { op, of, subject, than: number }
    case 'exceeds': {
      const before = previous?.op === 'exceeds' ? previous.other : undefined
      const other =
        before !== subject && stays(before) ? before : known.find((one) => one.subject !== subject)?.subject
      return other === undefined ? null : { op, of, subject, other }
    }
    case 'nearest':
      return previous?.op === 'nearest'
        ? { ...previous, of, subject }
        : { op, of, subject, to: number, among: [number, number + 1] }
    case 'from':
      return { op, of, subject, above: number }
    default:
      return { op, of, subject }
  }
}

function numberOf(comparison: Comparison): number {
  if ('than' in comparison) return comparison.than
  if (comparison.op === 'nearest') return comparison.to
  return comparison.op === 'from' ? comparison.above : 0
}

export type ClaimProblem =
  | { readonly kind: 'no-measurement'; readonly of: string }
  | { readonly kind: 'no-subject'; readonly subject: string }
  | { readonly kind: 'with-itself'; readonly subject: string }
  | { readonly kind: 'not-among'; readonly number: number }

/**
 * @param subjects of the measurements that there are, by name
 * @returns what keeps the claim from being decided whatever is measured
 */
export function findClaimProblems(
  claim: Claim,
  subjects: { readonly [name: string]: Subjects | undefined },
): ClaimProblem[] {
  return comparisonsOf(claim).flatMap((comparison): ClaimProblem[] => {
    const of = subjects[comparison.of]
    if (!of) return [{ kind: 'no-measurement', of: comparison.of }]
    if (comparison.op === 'trend') return []
    const named = [comparison.subject, ...(comparison.op === 'exceeds' ? [comparison.other] : [])]
    const unknown =
      of.open || of.known.length === 0
        ? []
        : named.filter((name) => !of.known.some(({ subject }) => subject === name))
    return [
      ...unknown.map((subject) => ({ kind: 'no-subject' as const, subject })),
      ...(comparison.op === 'exceeds' && comparison.subject === comparison.other
        ? [{ kind: 'with-itself' as const, subject: comparison.subject }]
        : []),
      ...(comparison.op === 'nearest' && !comparison.among.includes(comparison.to)
        ? [{ kind: 'not-among' as const, number: comparison.to }]
        : []),
    ]
  })
}

interface Claiming {
  readonly measurements: { readonly [name: string]: Measurement }
  readonly claims: { readonly [id: string]: Claim }
}

/** @returns the evidence without a measurement, and without what claims said of it. */
export function withoutMeasurement<Evidence extends Claiming>(evidence: Evidence, name: string): Evidence {
  const { [name]: _, ...measurements } = evidence.measurements
  const claims = Object.fromEntries(
    Object.entries(evidence.claims).flatMap(([id, claim]) => {
      const { joint, terms } = termsOf(claim)
      const left = terms.filter(({ comparison }) => comparison.of !== name)
      return left.length > 0 ? [[id, claimOf({ joint, terms: left })]] : []
    }),
  )
  return { ...evidence, measurements, claims }
}

/** @returns a name that no measurement has yet, as claims call it: `region-weight`, `region-weight-2`. */
export function freshMeasurementName({ measure }: MeasurementInput, taken: readonly string[]): string {
  if (!taken.includes(measure)) return measure
  let number = 2
  while (taken.includes(`${measure}-${number}`)) number += 1
  return `${measure}-${number}`
}
