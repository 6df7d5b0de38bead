import type { Rule } from '@/lib/questions/content'
import type { KeyChange, Policy, StoredChange } from '@/lib/regrading/schema'
import type { RegradablePart } from '@/lib/regrading/view'

/** One change while it is being written. */
export interface ChangeState {
  /** Which of the parts. */
  readonly at: number
  readonly policy: Policy
  readonly correct: readonly string[]
  readonly rule: Rule['name']
  /** By option id, thousandths; for the weighted rule. */
  readonly fractions: Readonly<Record<string, number>>
  /** Thousandths; null: the field is empty. */
  readonly points: number | null
  readonly explanation: { readonly zh: string; readonly en: string }
}

/** @returns a change of a part that changes nothing yet. */
export function freshChange(parts: readonly RegradablePart[], at: number): ChangeState {
  const { key, part, points } = parts[at]!
  return {
    at,
    policy: 'new',
    correct: key.correct,
    rule: key.rule.name === 'full-credit' ? 'exact' : key.rule.name,
    fractions: key.rule.name === 'weighted' ? key.rule.fractions : {},
    points: points || part.points,
    explanation: key.explanation,
  }
}

/** @returns a stored change as it was written; null where the assignment no longer has its part. */
export function writtenChange(parts: readonly RegradablePart[], change: StoredChange): ChangeState | null {
  const at = parts.findIndex(
    (part) =>
      part.partId === change.partId &&
      part.versions.some(({ questionVersionId }) => change.questionVersionIds.includes(questionVersionId)),
  )
  if (at < 0 || change.policy === 'restore') return null
  const fresh = freshChange(parts, at)
  if (!('rule' in change)) return { ...fresh, policy: change.policy }
  return {
    ...fresh,
    ...change,
    rule: change.rule.name,
    fractions: change.rule.name === 'weighted' ? change.rule.fractions : {},
  }
}

/** @returns the change as the server takes it. */
export function changeOf(change: ChangeState, { partId, versions }: RegradablePart): KeyChange {
  const target = { partId, questionVersionIds: versions.map(({ questionVersionId }) => questionVersionId) }
  const { policy, correct, rule, fractions, points, explanation } = change
  if (policy === 'full' || policy === 'drop') return { policy, ...target }
  return {
    policy,
    ...target,
    correct: [...correct],
    rule: rule === 'weighted' ? { name: rule, fractions: { ...fractions } } : { name: rule },
    points: points ?? 0,
    explanation,
  }
}
