import type { QuestionPart, ScoreRule } from '@/lib/questions/content'
import { optionLetter } from '@/lib/questions/option-letter'
import { type AutomaticScore, regradedScore, type TreatedPart } from '@/lib/regrading/policy'
import type { StoredChange } from '@/lib/regrading/schema'
import { type Adjustment, adjustedPoints } from '@/lib/scoring/adjustment'

/** A score that was given, with what it was given for. */
export interface HeldScore extends AutomaticScore {
  readonly attemptId: string
  readonly chosen: readonly string[]
  readonly answerKeyId: string
  /** What counts, thousandths. */
  readonly points: number
  readonly adjustment: Adjustment | null
}

/** A score that takes the place of the held one. */
export interface NewScore extends AutomaticScore {
  /** null: the key that the regrade makes. */
  readonly answerKeyId: string | null
  readonly points: number
}

/** What a regrade did to a score: an undo restores `before` where `after` still stands. */
export interface PastChange {
  readonly before: AutomaticScore & { readonly answerKeyId: string }
  readonly after: AutomaticScore & { readonly answerKeyId: string }
}

/**
 * Scores one part anew for everybody who met it. Equal answers are scored once.
 * @param undone by attempt id, what the regrade that is undone had changed; empty otherwise
 * @returns the new scores, in the order of `held`
 */
export function rescorePart(
  part: QuestionPart,
  treated: TreatedPart,
  policy: StoredChange['policy'],
  held: readonly HeldScore[],
  undone: ReadonlyMap<string, PastChange>,
): NewScore[] {
  const scored = new Map<string, AutomaticScore>()
  return held.map((score) => {
    const past = undone.get(score.attemptId)
    if (past && isSame(score, past.after)) {
      const { answerKeyId, rule, automatic, maximum } = past.before
      return given({ rule, automatic, maximum }, answerKeyId, score.adjustment)
    }
    // A floor depends on the score that was given, not only on the answer.
    const name = `${policy === 'upwards' ? score.automatic : ''} ${score.chosen.join(' ')}`
    let automatic = scored.get(name)
    if (!automatic) {
      automatic = regradedScore(part, treated, policy, score.chosen, score)
      scored.set(name, automatic)
    }
    return given(automatic, null, score.adjustment)
  })
}

function isSame(score: HeldScore, after: PastChange['after']): boolean {
  return (
    score.answerKeyId === after.answerKeyId &&
    score.rule === after.rule &&
    score.automatic === after.automatic &&
    score.maximum === after.maximum
  )
}

function given(score: AutomaticScore, answerKeyId: string | null, adjustment: Adjustment | null): NewScore {
  return { ...score, answerKeyId, points: adjustedPoints(score.automatic, score.maximum, adjustment) }
}

/** One part's scores, held and new, in the same order. */
export interface RescoredPart {
  readonly part: Pick<QuestionPart, 'id' | 'label' | 'options'>
  readonly held: readonly HeldScore[]
  readonly given: readonly NewScore[]
}

/** What happens to one attempt. */
export interface AttemptMove {
  readonly points: number
  readonly maximum: number
  readonly parts: readonly {
    readonly partId: string
    readonly label: string
    readonly chosen: string
    readonly before: number
    readonly after: number
    readonly maximumBefore: number
    readonly maximumAfter: number
    readonly rule: ScoreRule
  }[]
}

/** @returns by attempt id, how much points and maximum move, for attempts where a part's points or maximum do. */
export function movesOf(parts: readonly RescoredPart[]): ReadonlyMap<string, AttemptMove> {
  const moves = new Map<string, AttemptMove>()
  for (const { part, held, given } of parts)
    for (const [index, score] of held.entries()) {
      const next = given[index]!
      if (score.points === next.points && score.maximum === next.maximum) continue
      const known = moves.get(score.attemptId) ?? { points: 0, maximum: 0, parts: [] }
      moves.set(score.attemptId, {
        points: known.points + next.points - score.points,
        maximum: known.maximum + next.maximum - score.maximum,
        parts: [
          ...known.parts,
          {
            partId: part.id,
            label: part.label,
            chosen: lettersOf(part.options, score.chosen),
            before: score.points,
            after: next.points,
            maximumBefore: score.maximum,
            maximumAfter: next.maximum,
            rule: next.rule,
          },
        ],
      })
    }
  return moves
}

/** A part whose automatic score a regrade changes. */
export interface AutomaticChange {
  readonly partId: string
  /** What key and rule give then, thousandths. */
  readonly automatic: number
  readonly maximum: number
}

/** @returns by attempt id, the parts of which key and rule give something else. */
export function automaticChangesOf(
  parts: readonly RescoredPart[],
): ReadonlyMap<string, readonly AutomaticChange[]> {
  const changes = new Map<string, AutomaticChange[]>()
  for (const { part, held, given } of parts)
    for (const [index, score] of held.entries()) {
      const { automatic, maximum } = given[index]!
      if (score.automatic === automatic && score.maximum === maximum) continue
      const known = changes.get(score.attemptId) ?? []
      changes.set(score.attemptId, known)
      known.push({ partId: part.id, automatic, maximum })
    }
  return changes
}

/** @returns the letters under which options are shown: `A, C`. */
export function lettersOf(options: readonly { readonly id: string }[], chosen: readonly string[]): string {
  return options.flatMap(({ id }, index) => (chosen.includes(id) ? [optionLetter(index)] : [])).join(', ')
}
