import { type Judgement, judge, type Statement } from '@/lib/explainers/claims/verdict'
import { hashOfJson } from '@/lib/explainers/evidence'
import type { PartKey, QuestionKey } from '@/lib/questions/content'
import type { PartVerdict, VerdictName } from '@/lib/verification/part-verdict'

type Readings = PartVerdict['readings']

/** A key that was checked, with what was measured for each of its parts. */
export interface CheckedBefore {
  readonly key: QuestionKey
  /** By part id; parts that were never checked are absent. */
  readonly readings: ReadonlyMap<string, Readings>
}

/**
 * Judges a new key by what was measured for an earlier one of the same question, without measuring.
 * @returns parts that are contradicted and carry no recorded reason. A part that is measured otherwise than before is
 * not among them: it is judged when it has been measured.
 */
export function foreseeContradictions(key: QuestionKey, before: CheckedBefore): string[] {
  const known = knownReadings(before)
  return Object.entries(key).flatMap(([partId, part]) => (isContradicted(part, known) ? [partId] : []))
}

/** `unknown`: what was measured before does not decide it. */
export type ForeseenVerdict = Exclude<VerdictName, 'not-computable'> | 'unknown'

/** @returns what a check of one part's new key will say, as far as earlier measurements tell. */
export function foreseeVerdict(key: PartKey, before: CheckedBefore): ForeseenVerdict {
  const judgement = judgeBy(key, knownReadings(before))
  if (judgement === null) return 'reasoned'
  return judgement === 'undecided' ? 'unknown' : judgement
}

/** @returns readings by the hash of their measurement. */
function knownReadings({ key, readings }: CheckedBefore): ReadonlyMap<string, Readings[string]> {
  const known = new Map<string, Readings[string]>()
  for (const [partId, { evidence }] of Object.entries(key)) {
    if (evidence?.kind !== 'claims') continue
    for (const [name, measurement] of Object.entries(evidence.measurements)) {
      const reading = readings.get(partId)?.[name]
      if (reading) known.set(hashOfJson(measurement), reading)
    }
  }
  return known
}

function isContradicted(part: PartKey, known: ReadonlyMap<string, Readings[string]>): boolean {
  if (part.evidence?.kind !== 'claims' || part.evidence.accepted) return false
  return judgeBy(part, known) === 'contradicted'
}

/** @returns null where the key makes no claims. What is not known counts as missing. */
function judgeBy(
  { correct, evidence }: PartKey,
  known: ReadonlyMap<string, Readings[string]>,
): Judgement | null {
  if (evidence?.kind !== 'claims') return null
  const readings: Record<string, Readings[string]> = {}
  for (const [name, measurement] of Object.entries(evidence.measurements)) {
    const reading = known.get(hashOfJson(measurement))
    if (reading) readings[name] = reading
  }
  const statements: Statement[] = Object.entries(evidence.claims).map(([id, claim]) => ({
    id,
    claim,
    expected: correct.includes(id),
  }))
  return judge(statements, [readings]).judgement
}
