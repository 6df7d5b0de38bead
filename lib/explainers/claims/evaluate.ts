import { type Claim, type Comparison, TRENDS, type Trend } from './claim'
import type { Reading } from './reading'

/**
 * Whether a claim is true of some readings, and by how much.
 *
 * `holds` is null where a missing number leaves it open. `margin` has no unit and lies from −1 to 1: the difference
 * that decides, divided by the largest magnitude among the numbers that are compared (for a trend, by their range).
 * It is at least 0 where the claim holds and at most 0 where it does not; 0 is a tie.
 */
export interface Outcome {
  readonly holds: boolean | null
  readonly margin: number | null
}

export type Readings = { readonly [name: string]: Pick<Reading, 'values'> }

const open: Outcome = { holds: null, margin: null }

/**
 * Missing numbers follow Kleene's three-valued logic: a claim is open only if the missing number could decide it.
 * A measurement or subject that does not exist counts as missing.
 */
export function evaluateClaim(claim: Claim, readings: Readings): Outcome {
  switch (claim.op) {
    case 'all':
      return conjunction(claim.claims.map((term) => evaluateClaim(term, readings)))
    case 'any':
      return negation(conjunction(claim.claims.map((term) => negation(evaluateClaim(term, readings)))))
    case 'not':
      return negation(evaluateComparison(claim.claim, readings))
    default:
      return evaluateComparison(claim, readings)
  }
}

function conjunction(outcomes: readonly Outcome[]): Outcome {
  const isFalse = outcomes.some(({ holds }) => holds === false)
  if (!isFalse && outcomes.some(({ holds }) => holds === null)) return open
  const margins = outcomes.flatMap(({ margin }) => margin ?? [])
  return { holds: !isFalse, margin: Math.min(...margins) }
}

function negation({ holds, margin }: Outcome): Outcome {
  if (holds === null || margin === null) return open
  return { holds: !holds, margin: 0 - margin }
}

function evaluateComparison(claim: Comparison, readings: Readings): Outcome {
  const values = readings[claim.of]?.values ?? []
  if (claim.op === 'trend')
    return evaluateTrend(
      claim.trend,
      values.map(({ value }) => value),
    )
  const numberOf = (subject: string) => values.find((value) => value.subject === subject)?.value ?? null
  const own = numberOf(claim.subject)
  const others = values.filter(({ subject }) => subject !== claim.subject).map(({ value }) => value)
  const all = values.map(({ value }) => value)
  switch (claim.op) {
    case 'highest':
      return largest(own, others)
    case 'lowest':
      return largest(negated(own), others.map(negated))
    case 'strongest':
      return largest(magnitude(own), others.map(magnitude))
    case 'above':
      return greater(own, claim.than, all)
    case 'below':
      return greater(negated(own), -claim.than, all)
    case 'exceeds':
      return greater(own, numberOf(claim.other), all)
    case 'nearest':
      return nearest(own, claim.to, claim.among)
    case 'from':
      return from(
        all,
        values.findIndex(({ subject }) => subject === claim.subject),
        claim.above,
      )
  }
}

function largest(own: number | null, others: readonly (number | null)[]): Outcome {
  const rival = largestOf(others)
  if (own === null || rival === null) return open
  // A missing rival could still be greater, but not make true what is false already.
  if (own > rival && others.includes(null)) return open
  return { holds: own > rival, margin: relative(own - rival, [own, ...others]) }
}

function greater(own: number | null, than: number | null, scale: readonly (number | null)[]): Outcome {
  if (own === null || than === null) return open
  return { holds: own > than, margin: relative(own - than, [own, than, ...scale]) }
}

function nearest(own: number | null, to: number, among: readonly number[]): Outcome {
  if (own === null) return open
  const distance = (number: number) => Math.abs(own - number)
  const rivals = among.filter((number) => number !== to)
  const lead = Math.min(...rivals.map(distance)) - distance(to)
  if (rivals.length === 0) return open
  return { holds: lead > 0, margin: relative(lead, [own, ...among]) }
}

function from(values: readonly (number | null)[], place: number, above: number): Outcome {
  if (place < 0) return open
  const lead = (value: number | null) => greater(value, above, values)
  const after = values.slice(place).map(lead)
  return conjunction(place === 0 ? after : [...after, negation(lead(values[place - 1]!))])
}

/**
 * Four movements compete: the rise from first to last, the fall, the valley (how far the lowest lies under both ends)
 * and the peak. The largest is the trend, so that a small bend at one end does not decide.
 */
function evaluateTrend(trend: Trend, values: readonly (number | null)[]): Outcome {
  const known = values.filter((value) => value !== null)
  if (known.length < 3 || known.length < values.length) return open
  const [first, last] = [known[0]!, known.at(-1)!]
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const movements: Readonly<Record<Trend, number>> = {
    rises: last - first,
    falls: first - last,
    'rises-then-falls': high - Math.max(first, last),
    'falls-then-rises': Math.min(first, last) - low,
  }
  const rival = Math.max(...TRENDS.filter((name) => name !== trend).map((name) => movements[name]))
  const lead = movements[trend] - rival
  return { holds: lead > 0, margin: relative(lead, [high - low]) }
}

/** @returns the difference in units of the largest magnitude, from −1 to 1; never minus zero. */
function relative(difference: number, numbers: readonly (number | null)[]): number {
  const scale = Math.max(...numbers.map((value) => Math.abs(value ?? 0)))
  return scale === 0 ? 0 : Math.min(1, Math.max(-1, difference / scale)) + 0
}

function largestOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function negated(value: number | null): number | null {
  return value === null ? null : 0 - value
}

function magnitude(value: number | null): number | null {
  return value === null ? null : Math.abs(value)
}
