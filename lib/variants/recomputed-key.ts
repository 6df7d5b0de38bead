import type { PartKey, QuestionPart } from '@/lib/questions/content'
import { correctCountOf } from '@/lib/questions/key-consistency'
import { checkPart, type MakeReading, type PartVerdict } from '@/lib/verification/part-verdict'

/**
 * The difference that decides has to be at least this share of the largest number compared: a twentieth, which somebody who
 * looks at the figure can see. Without chance nothing else guards against a key that hangs by a thread.
 */
export const clearMargin = 0.05

/** Seeds that are tried where chance takes part, the figure's own included. */
export const variantSeeds = 5

/**
 * Why a key is not clearly supported. `not-computable`: a model or region is missing. `undecided`: a number that would decide
 * does not exist. `nothing-true`: no option is true. `wrong-count`: more or fewer options are true than the part lets
 * choose. `unstable`: other seeds give another key. `thin`: the margin is below `clearMargin` or its own spread.
 */
export const KEY_REFUSALS = [
  'not-computable',
  'undecided',
  'nothing-true',
  'wrong-count',
  'unstable',
  'thin',
] as const
export type KeyRefusal = (typeof KEY_REFUSALS)[number]

/** The key of one part, as its claims make it. */
export interface RecomputedPart {
  readonly partId: string
  /** The options whose claim is true, in the order of the part; every other claim is false. */
  readonly correct: readonly string[]
  /** On that key. */
  readonly verdict: PartVerdict
  /** null: the key is clearly supported. */
  readonly refusal: KeyRefusal | null
}

/**
 * Recomputes the key of a part from its claims: keyed are the options whose claim is true.
 *
 * @param key whose own `correct` does not count.
 * @param seeds how many are tried where chance takes part.
 */
export async function recomputePart(
  part: Pick<QuestionPart, 'id' | 'selection' | 'options'>,
  key: PartKey,
  makeReading: MakeReading,
  seeds: number,
): Promise<RecomputedPart> {
  const once = await checkPart({ ...key, correct: [] }, makeReading, 1)
  const correct = part.options.flatMap(({ id }) => (once.outcomes[id]?.holds ? [id] : []))
  const found = { partId: part.id, correct }
  const early = earlyRefusal(part, correct, once)
  if (early) return { ...found, verdict: once, refusal: early }
  const verdict = await checkPart({ ...key, correct }, makeReading, seeds)
  return { ...found, verdict, refusal: refusalOf(verdict) }
}

/** What no other seed can mend, so that none is tried. */
function earlyRefusal(
  part: Pick<QuestionPart, 'selection'>,
  correct: readonly string[],
  { missing }: PartVerdict,
): KeyRefusal | null {
  if (missing) return missing.code === 'undecided' ? 'undecided' : 'not-computable'
  if (correct.length === 0) return 'nothing-true'
  const wanted = correctCountOf(part)
  return wanted !== null && correct.length !== wanted ? 'wrong-count' : null
}

/**
 * @param verdict on a key that is what its claims make it, with the seeds that were to be tried.
 * @returns why the key is not clearly supported; null: it is.
 */
export function refusalOf({ verdict, margin, stability, missing }: PartVerdict): KeyRefusal | null {
  if (verdict === 'not-computable' || margin === null)
    return missing?.code === 'undecided' || !missing ? 'undecided' : 'not-computable'
  if (verdict !== 'supported' || (stability && stability.agreeing < stability.seeds)) return 'unstable'
  return margin < Math.max(clearMargin, stability?.spread ?? 0) ? 'thin' : null
}
