import { judge, type Statement } from '@/lib/explainers/claims/verdict'
import { hashOfJson } from '@/lib/explainers/evidence'
import type { PartKey, QuestionKey } from '@/lib/questions/content'
import type { PartVerdict } from '@/lib/verification/part-verdict'

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

function isContradicted(
  { correct, evidence }: PartKey,
  known: ReadonlyMap<string, Readings[string]>,
): boolean {
  if (evidence?.kind !== 'claims' || evidence.accepted) return false
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
  // What is not known counts as missing: only what is false without it is contradicted.
  return judge(statements, [readings]).judgement === 'contradicted'
}
