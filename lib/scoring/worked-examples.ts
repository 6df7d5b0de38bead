import type { Bilingual } from '@/lib/explainers/bilingual'
import type { QuestionPart } from '@/lib/questions/content'
import { countDecisions } from './decisions'
import { acceptedKeyOf, type DecidingKey, type PartScore, scorePart } from './part-score'
import { wordReason } from './reason'

/** An answer that a student could give, with what it earns and why. */
export interface WorkedExample extends PartScore {
  readonly kind:
    | 'all-right'
    | 'one-missing'
    | 'one-too-many'
    | 'one-right'
    | 'half-right'
    | 'one-wrong'
    | 'all-wrong'
    | 'everything'
    | 'only'
    | 'nothing'
  /** Option ids in the order in which they are shown. */
  readonly chosen: readonly string[]
  readonly reason: Bilingual
}

type AnsweredPart = Pick<QuestionPart, 'options' | 'points' | 'selection'>

/**
 * Shows a rule at work: one answer of every sort that the part lets a student give, scored by the rule itself. With
 * weights, every option alone.
 * @returns answers that differ from one another, the full one first; empty while the key names no option
 * @throws RangeError as `scorePart`
 */
export function workExamples(part: AnsweredPart, key: DecidingKey): WorkedExample[] {
  if (key.correct.length === 0) return []
  const ids = part.options.map(({ id }) => id)
  const seen = new Set<string>()
  return answersTo(part, key).flatMap(({ kind, chosen }) => {
    const shown = ids.filter((id) => chosen.includes(id))
    const name = shown.join(' ')
    if (seen.has(name)) return []
    seen.add(name)
    const accepted = acceptedKeyOf(part.options, key, shown)
    const decisions = countDecisions(ids, accepted.correct, shown)
    return [
      {
        kind,
        chosen: shown,
        ...scorePart(part.options, key, part.points, shown),
        reason: wordReason(accepted.rule, decisions, shown),
      },
    ]
  })
}

function answersTo(
  { options, selection }: AnsweredPart,
  { correct, rule }: DecidingKey,
): { kind: WorkedExample['kind']; chosen: readonly string[] }[] {
  const ids = options.map(({ id }) => id)
  const right = ids.filter((id) => correct.includes(id))
  const wrong = ids.filter((id) => !correct.includes(id))
  const most = selection.kind === 'one' ? 1 : selection.kind === 'count' ? selection.count : ids.length
  const half = Math.ceil(right.length / 2)
  const given = (kind: WorkedExample['kind'], chosen: readonly string[]) => ({ kind, chosen })
  return [
    given('all-right', right),
    ...(rule.name === 'weighted' ? ids.map((id) => given('only', [id])) : []),
    ...(right.length > 1 ? [given('one-missing', right.slice(0, -1))] : []),
    ...(wrong.length > 0 ? [given('one-too-many', [...right, wrong[0]!])] : []),
    ...(right.length > 1 && wrong.length > 0
      ? [given('half-right', [...right.slice(0, half), wrong[0]!])]
      : []),
    given('one-right', right.slice(0, 1)),
    ...(wrong.length > 0
      ? [given('one-wrong', wrong.slice(0, 1)), given('all-wrong', wrong.slice(0, most))]
      : []),
    given('everything', ids),
    given('nothing', []),
  ].filter(({ chosen }) => chosen.length <= most)
}
