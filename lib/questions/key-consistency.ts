import { type Claim, comparisonsOf } from '@/lib/explainers/claims/claim'
import type { PartEvidence, PartKey, QuestionContent, QuestionKey, QuestionPart } from './content'

export interface KeyProblem {
  readonly partId: string
  /** What is wrong and what is allowed. */
  readonly message: string
}

/**
 * Checks what the schemas of content and key cannot see one by one: that ids are unique, that the key names options
 * that exist and as many as the selection allows, that weights make sense, and that every option has a claim about
 * measurements that there are.
 * @returns an empty list when the question can be scored
 */
export function findKeyProblems(content: QuestionContent, key: QuestionKey): KeyProblem[] {
  const problems: KeyProblem[] = []
  const report = (partId: string, message: string) => problems.push({ partId, message })
  for (const id of duplicates(content.parts.map((part) => part.id)))
    report(id, `part id "${id}" is used twice; each part needs its own`)
  for (const part of content.parts) {
    for (const id of duplicates(part.options.map((option) => option.id)))
      report(part.id, `option id "${id}" is used twice; each option needs its own`)
    const partKey = key[part.id]
    if (partKey === undefined) report(part.id, 'the part has no key; name its correct options')
    else for (const message of partKeyProblems(part, partKey)) report(part.id, message)
  }
  for (const partId of Object.keys(key))
    if (!content.parts.some((part) => part.id === partId))
      report(
        partId,
        `the key names a part "${partId}" that the question does not have; it has ${list(content.parts.map((part) => part.id))}`,
      )
  return problems
}

function partKeyProblems(part: QuestionPart, key: PartKey): string[] {
  const problems: string[] = []
  const ids = part.options.map((option) => option.id)
  for (const id of duplicates(key.correct))
    problems.push(`the key names option "${id}" twice; once is enough`)
  for (const id of key.correct)
    if (!ids.includes(id)) problems.push(`the key names option "${id}"; allowed are ${list(ids)}`)
  const wanted = correctCountOf(part)
  if (wanted !== null && key.correct.length !== wanted)
    problems.push(`${key.correct.length} options are correct, but the selection asks for exactly ${wanted}`)
  if (part.selection.kind === 'count' && part.selection.count > ids.length)
    problems.push(`the selection asks for ${part.selection.count} of ${ids.length} options`)
  if (key.rule.name === 'weighted') problems.push(...weightProblems(ids, key.correct, key.rule.fractions))
  if (key.evidence) problems.push(...evidenceProblems(ids, key.evidence))
  for (const { correct, rule } of key.alsoAccepted ?? [])
    problems.push(...partKeyProblems(part, { correct, rule, explanation: key.explanation }))
  return problems
}

function evidenceProblems(ids: readonly string[], evidence: PartEvidence): string[] {
  if (evidence.kind === 'reasoned') {
    const { demonstration } = evidence
    return demonstration
      ? unknownMeasurements(demonstration.claim, demonstration.measurements, 'the demonstration')
      : []
  }
  const { claims, measurements } = evidence
  return [
    ...ids.filter((id) => !(id in claims)).map((id) => `option "${id}" has no claim; each option needs one`),
    ...Object.entries(claims).flatMap(([id, claim]) =>
      ids.includes(id)
        ? unknownMeasurements(claim, measurements, `the claim of option "${id}"`)
        : [`there is a claim of option "${id}"; options are ${list(ids)}`],
    ),
  ]
}

function unknownMeasurements(claim: Claim, measurements: object, where: string): string[] {
  const unknown = new Set(
    comparisonsOf(claim)
      .map(({ of }) => of)
      .filter((of) => !Object.hasOwn(measurements, of)),
  )
  return [...unknown].map(
    (of) => `${where} names a measurement "${of}"; there are ${list(Object.keys(measurements))}`,
  )
}

/** Without these, a wrong choice could raise a score, or the exact key earn less than full points. */
function weightProblems(
  ids: readonly string[],
  correct: readonly string[],
  fractions: Readonly<Record<string, number>>,
): string[] {
  const problems: string[] = []
  for (const [id, fraction] of Object.entries(fractions)) {
    if (!ids.includes(id)) problems.push(`the weights name option "${id}"; allowed are ${list(ids)}`)
    else if (correct.includes(id) ? fraction < 0 : fraction > 0)
      problems.push(
        `the weight of "${id}" is ${fraction}; allowed is ${correct.includes(id) ? '0 to 1000, as it is correct' : '−1000 to 0, as it is not correct'}`,
      )
  }
  const sum = correct.reduce((total, id) => total + (fractions[id] ?? 0), 0)
  if (sum !== 1000) problems.push(`the weights of the correct options add up to ${sum}; they must make 1000`)
  return problems
}

/** @returns how many options a key has to name; null: any number. */
export function correctCountOf(part: Pick<QuestionPart, 'selection'>): number | null {
  switch (part.selection.kind) {
    case 'one':
      return 1
    case 'count':
      return part.selection.count
    case 'any':
      return null
  }
}

function duplicates(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
}

function list(ids: readonly string[]): string {
  return ids.join(', ')
}
