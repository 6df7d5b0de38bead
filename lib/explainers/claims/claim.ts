import { z } from 'zod'

/**
 * A claim about a model, as data: comparisons of the numbers of named measurements. It is written by whoever writes
 * the question, kept with it, and evaluated by `evaluateClaim`; it is never code.
 *
 * `of` names a measurement, `subject` one of the things that it measures (a region, a layer, a word).
 */

const of = z.string().min(1)
const subject = z.string().min(1)
const number = z.number()

export const TRENDS = ['rises', 'falls', 'rises-then-falls', 'falls-then-rises'] as const

export const comparisonSchema = z.discriminatedUnion('op', [
  /** The subject's number is greater than every other subject's. */
  z.strictObject({ op: z.literal('highest'), of, subject }),
  z.strictObject({ op: z.literal('lowest'), of, subject }),
  /** The subject's number has the greatest absolute value, whichever its sign. */
  z.strictObject({ op: z.literal('strongest'), of, subject }),
  z.strictObject({ op: z.literal('above'), of, subject, than: number }),
  z.strictObject({ op: z.literal('below'), of, subject, than: number }),
  /** The subject's number is greater than another subject's. */
  z.strictObject({ op: z.literal('exceeds'), of, subject, other: subject }),
  /** Of the numbers `among`, `to` is closest to the subject's. */
  z
    .strictObject({ op: z.literal('nearest'), of, subject, to: number, among: z.array(number).min(2) })
    .refine(({ to, among }) => among.includes(to), { path: ['to'], error: 'expected one of "among"' }),
  /** In the order of the measurement, this subject is the first from which on every number is above `above`. */
  z.strictObject({ op: z.literal('from'), of, subject, above: number }),
  /** How the numbers move in the order of the measurement. */
  z.strictObject({ op: z.literal('trend'), of, trend: z.enum(TRENDS) }),
])

const negationSchema = z.strictObject({ op: z.literal('not'), claim: comparisonSchema })
/** Two levels are enough for an option, and can be read aloud. */
const termSchema = z.discriminatedUnion('op', [...comparisonSchema.options, negationSchema])

export const claimSchema = z.discriminatedUnion('op', [
  ...termSchema.options,
  z.strictObject({ op: z.literal('all'), claims: z.array(termSchema).min(2) }),
  z.strictObject({ op: z.literal('any'), claims: z.array(termSchema).min(2) }),
])

export type Trend = (typeof TRENDS)[number]
export type Comparison = z.infer<typeof comparisonSchema>
export type Claim = z.infer<typeof claimSchema>

/** @returns the comparisons that a claim consists of, in its order. */
export function comparisonsOf(claim: Claim): Comparison[] {
  if (claim.op === 'all' || claim.op === 'any') return claim.claims.flatMap(comparisonsOf)
  return claim.op === 'not' ? [claim.claim] : [claim]
}
