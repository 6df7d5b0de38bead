import type { DraftEvidence, UnfinishedMeasurement } from '@/lib/studio/schema'

/** Measurements that are filled in and not complete yet: a draft keeps them, a version does not. */

/** @returns the evidence with what is filled in of a measurement. */
export function keepUnfinished<Evidence extends DraftEvidence>(
  evidence: Evidence,
  name: string,
  values: UnfinishedMeasurement,
): Evidence {
  return { ...evidence, unfinished: { ...evidence.unfinished, [name]: values } }
}

/** @returns the evidence without what is filled in of these measurements: they are complete, or were removed. */
export function dropUnfinished<Evidence extends DraftEvidence>(
  evidence: Evidence,
  ...names: readonly string[]
): Evidence {
  const { unfinished = {}, ...rest } = evidence
  const left = Object.entries(unfinished).filter(([name]) => !names.includes(name))
  return { ...rest, ...(left.length > 0 && { unfinished: Object.fromEntries(left) }) } as Evidence
}
