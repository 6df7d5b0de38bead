import { emptyPart } from '@/lib/studio/draft'
import { freshOptionId, freshPartId } from '@/lib/studio/fresh-id'
import type { Draft, DraftPart } from '@/lib/studio/schema'

/** Changes of a draft: each takes one and returns another. */

/** @returns the list with the thing at `from` moved to `to`; itself where either is outside. */
export function moved<Thing>(things: readonly Thing[], from: number, to: number): Thing[] {
  const next = [...things]
  if (from === to || !(from in next) || !(to in next)) return next
  const [thing] = next.splice(from, 1)
  next.splice(to, 0, thing!)
  return next
}

export function changePart(draft: Draft, at: number, change: (part: DraftPart) => DraftPart): Draft {
  return { ...draft, parts: draft.parts.map((part, index) => (index === at ? change(part) : part)) }
}

/** @param takenIds of parts and options, in every version of the question. */
export function addPart(draft: Draft, slug: string, takenIds: readonly string[]): Draft {
  const taken = [...takenIds, ...draft.parts.map((part) => part.id)]
  return { ...draft, parts: [...draft.parts, emptyPart(freshPartId(slug, taken))] }
}

export function removePart(draft: Draft, at: number): Draft {
  return { ...draft, parts: draft.parts.filter((_, index) => index !== at) }
}

export function addOption(part: DraftPart, takenIds: readonly string[]): DraftPart {
  const taken = [...takenIds, ...part.options.map((option) => option.id)]
  const id = freshOptionId(part.id, taken)
  return { ...part, options: [...part.options, { id, text: { zh: '', en: '' } }] }
}

/** Takes an option away, and with it what the key, its weights and claims say of it. */
export function removeOption(part: DraftPart, optionId: string): DraftPart {
  const { rule, evidence } = part
  const without = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).filter(([id]) => id !== optionId))
  const scored = <Key extends Pick<DraftPart, 'correct' | 'rule'>>(key: Key): Key => ({
    ...key,
    correct: key.correct.filter((id) => id !== optionId),
    rule: key.rule.name === 'weighted' ? { ...key.rule, fractions: without(key.rule.fractions) } : key.rule,
  })
  return {
    ...part,
    options: part.options.filter((option) => option.id !== optionId),
    ...scored({ correct: part.correct, rule }),
    ...(part.alsoAccepted && { alsoAccepted: part.alsoAccepted.map(scored) }),
    ...(evidence?.kind === 'claims' && { evidence: { ...evidence, claims: without(evidence.claims) } }),
  }
}

/** Says whether an option keeps its place where options are shuffled. */
export function pinOption(part: DraftPart, optionId: string, pinned: boolean): DraftPart {
  return {
    ...part,
    options: part.options.map((option) => {
      if (option.id !== optionId) return option
      const { pinned: _, ...free } = option
      return pinned ? { ...free, pinned } : free
    }),
  }
}

/** Says whether an option is correct; where one may be chosen, it is the only one. */
export function markCorrect(part: DraftPart, optionId: string, correct: boolean): DraftPart {
  if (part.selection.kind === 'one') return { ...part, correct: correct ? [optionId] : [] }
  const chosen = (id: string) => (id === optionId ? correct : part.correct.includes(id))
  return { ...part, correct: part.options.map(({ id }) => id).filter(chosen) }
}

/** How many may be chosen. A key that has too many then keeps the first. */
export function changeSelection(part: DraftPart, selection: DraftPart['selection']): DraftPart {
  const correct = selection.kind === 'one' ? part.correct.slice(0, 1) : part.correct
  return { ...part, selection, correct }
}
