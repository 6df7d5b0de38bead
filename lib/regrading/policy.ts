import { isDeepStrictEqual } from 'node:util'
import type { KeyPoints, PartKey, QuestionPart, ScoreRule, ScoringKey } from '@/lib/questions/content'
import type { KeyChange, StoredChange } from '@/lib/regrading/schema'
import { scorePart } from '@/lib/scoring/part-score'

/** A part as one version of its question's key treats it. */
export interface TreatedPart {
  readonly key: PartKey
  /** Full points, thousandths; 0: dropped. */
  readonly points: number
}

/**
 * @param part as the question shows it: with the points of its content
 * @param now how the latest key treats it
 * @returns how the new key treats it, for scores that were given and those still to be given
 */
export function changedTreatment(part: QuestionPart, now: TreatedPart, change: KeyChange): TreatedPart {
  const { alsoAccepted: _, ...key } = now.key
  switch (change.policy) {
    case 'drop':
      return { ...now, points: 0 }
    case 'full':
      return { key: { ...key, rule: { name: 'full-credit' } }, points: now.points || part.points }
    case 'new':
    case 'upwards':
      return { key: rekeyed(key, change), points: change.points }
    case 'either':
      return {
        key: { ...rekeyed(key, change), alsoAccepted: acceptedBefore(now.key, change) },
        points: change.points,
      }
  }
}

type Rekeying = Extract<KeyChange, { correct: unknown }>

/** What was recorded about why the earlier options stand does not speak for others. */
function rekeyed(key: PartKey, { correct, rule, explanation }: Rekeying): PartKey {
  const { evidence, ...rest } = key
  if (!evidence) return { ...rest, correct, rule, explanation }
  if (evidence.kind === 'reasoned' || sameOptions(key.correct, correct))
    return { ...rest, evidence, correct, rule, explanation }
  const { accepted: _, disputed: __, ...claims } = evidence
  return { ...rest, evidence: claims, correct, rule, explanation }
}

function acceptedBefore(now: PartKey, { correct, rule }: Rekeying): ScoringKey[] {
  const accepted: ScoringKey[] = []
  for (const one of [now, ...(now.alsoAccepted ?? [])])
    if (![{ correct, rule }, ...accepted].some((known) => sameScoring(known, one)))
      accepted.push({ correct: one.correct, rule: one.rule })
  return accepted
}

function sameScoring(one: ScoringKey, other: ScoringKey): boolean {
  return sameOptions(one.correct, other.correct) && isDeepStrictEqual(one.rule, other.rule)
}

function sameOptions(one: readonly string[], other: readonly string[]): boolean {
  return isDeepStrictEqual([...one].sort(), [...other].sort())
}

/** A stored score, as far as key and rule decide it. */
export interface AutomaticScore {
  readonly rule: ScoreRule
  /** Thousandths. */
  readonly automatic: number
  /** Thousandths. */
  readonly maximum: number
}

/**
 * @param held the score that was given
 * @returns the score that the policy gives now
 */
export function regradedScore(
  part: Pick<QuestionPart, 'options'>,
  treated: TreatedPart,
  policy: StoredChange['policy'],
  chosen: readonly string[],
  held: AutomaticScore,
): AutomaticScore {
  const { points, maximum, rule } = scorePart(part.options, treated.key, treated.points, chosen)
  if (policy === 'upwards' && held.automatic > points)
    return { rule: 'kept', automatic: held.automatic, maximum }
  return { rule, automatic: points, maximum }
}

/** @returns a key's own points with those of one part changed. */
export function keyPointsWith(points: KeyPoints, part: QuestionPart, full: number): KeyPoints {
  const { [part.id]: _, ...others } = points
  return full === part.points ? others : { ...others, [part.id]: full }
}
