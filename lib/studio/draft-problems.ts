import type { Bilingual } from '@/lib/explainers/bilingual'
import { comparisonsOf } from '@/lib/explainers/claims/claim'
import type { Draft, DraftPart } from '@/lib/studio/schema'

/** What keeps a draft from being published; a page says it in words. */
export type DraftProblemCode =
  | 'no-label'
  | 'missing-text'
  | 'no-parts'
  | 'no-points'
  | 'too-few-options'
  | 'count-impossible'
  | 'no-key'
  | 'key-count'
  | 'weights'
  | 'also-accepted'
  | 'no-measurements'
  | 'unfinished-measurement'
  | 'no-claim'
  | 'claim-on-nothing'

/** The text, key or evidence that a problem is about; parts and options by their place, counted from 0. */
export interface DraftPlace {
  readonly part?: number
  readonly option?: number
  readonly field:
    | 'label'
    | 'prompt'
    | 'parts'
    | 'points'
    | 'options'
    | 'key'
    | 'rule'
    | 'explanation'
    | 'evidence'
}

export interface DraftProblem {
  readonly code: DraftProblemCode
  readonly place: DraftPlace
}

/**
 * Says what a draft lacks before it can become a version.
 * @returns an empty list when the schemas of a version and `findKeyProblems` have nothing to object to
 */
export function findDraftProblems(draft: Draft): DraftProblem[] {
  const problems: DraftProblem[] = []
  if (draft.label.trim() === '') problems.push({ code: 'no-label', place: { field: 'label' } })
  if (!isComplete(draft.prompt)) problems.push({ code: 'missing-text', place: { field: 'prompt' } })
  if (draft.parts.length === 0) problems.push({ code: 'no-parts', place: { field: 'parts' } })
  for (const [index, part] of draft.parts.entries())
    for (const { code, place } of partProblems(part))
      problems.push({ code, place: { ...place, part: index } })
  return problems
}

function partProblems(part: DraftPart): DraftProblem[] {
  const problems: DraftProblem[] = []
  const report = (code: DraftProblemCode, field: DraftPlace['field'], option?: number) =>
    problems.push({ code, place: { field, ...(option !== undefined && { option }) } })
  if (isHalf(part.prompt)) report('missing-text', 'prompt')
  if (part.points <= 0) report('no-points', 'points')
  if (part.options.length < 2) report('too-few-options', 'options')
  for (const [index, { text }] of part.options.entries())
    if (!isComplete(text)) report('missing-text', 'options', index)
  if (part.selection.kind === 'count' && part.selection.count > part.options.length)
    report('count-impossible', 'options')
  if (!isKeyComplete(part, part.correct)) report(part.correct.length === 0 ? 'no-key' : 'key-count', 'key')
  if (!areWeightsWhole(part, part)) report('weights', 'rule')
  if (part.alsoAccepted?.some((key) => !isKeyComplete(part, key.correct) || !areWeightsWhole(part, key)))
    report('also-accepted', 'key')
  if (!isComplete(part.explanation)) report('missing-text', 'explanation')
  problems.push(...evidenceProblems(part))
  return problems
}

function isKeyComplete({ selection, options }: DraftPart, correct: readonly string[]): boolean {
  const known = correct.every((id) => options.some((option) => option.id === id))
  if (!known || correct.length === 0 || new Set(correct).size < correct.length) return false
  if (selection.kind === 'any') return true
  return correct.length === (selection.kind === 'one' ? 1 : selection.count)
}

/** Correct options earn the whole together; no other earns anything. */
function areWeightsWhole(
  { options }: DraftPart,
  { correct, rule }: Pick<DraftPart, 'correct' | 'rule'>,
): boolean {
  if (rule.name !== 'weighted') return true
  const ids = options.map((option) => option.id)
  const fits = Object.entries(rule.fractions).every(
    ([id, fraction]) => ids.includes(id) && (correct.includes(id) ? fraction >= 0 : fraction <= 0),
  )
  return fits && correct.reduce((sum, id) => sum + (rule.fractions[id] ?? 0), 0) === 1000
}

function evidenceProblems({ evidence, options }: DraftPart): DraftProblem[] {
  const problem = (code: DraftProblemCode, option?: number): DraftProblem => ({
    code,
    place: { field: 'evidence', ...(option !== undefined && { option }) },
  })
  if (!evidence) return []
  const problems: DraftProblem[] = []
  if (Object.keys(evidence.unfinished ?? {}).length > 0) problems.push(problem('unfinished-measurement'))
  if (evidence.kind === 'reasoned') {
    const { demonstration } = evidence
    if (!demonstration) return problems
    const { claim, measurements } = demonstration
    if (Object.keys(measurements).length === 0) problems.push(problem('no-measurements'))
    else if (!comparisonsOf(claim).every(({ of }) => Object.hasOwn(measurements, of)))
      problems.push(problem('claim-on-nothing'))
    return problems
  }
  const { claims, measurements } = evidence
  if (Object.keys(measurements).length === 0) problems.push(problem('no-measurements'))
  for (const [index, { id }] of options.entries()) {
    const claim = claims[id]
    if (!claim) problems.push(problem('no-claim', index))
    else if (!comparisonsOf(claim).every(({ of }) => Object.hasOwn(measurements, of)))
      problems.push(problem('claim-on-nothing', index))
  }
  if (Object.keys(claims).some((id) => !options.some((option) => option.id === id)))
    problems.push(problem('claim-on-nothing'))
  for (const text of [evidence.accepted, evidence.disputed])
    if (text && isHalf(text)) problems.push({ code: 'missing-text', place: { field: 'evidence' } })
  return problems
}

const isComplete = ({ zh, en }: Bilingual) => zh.trim() !== '' && en.trim() !== ''
/** Said in one language and not in the other. */
const isHalf = ({ zh, en }: Bilingual) => (zh.trim() === '') !== (en.trim() === '')
