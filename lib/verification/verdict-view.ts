import { isRandom } from '@/lib/explainers/claims/measurement'
import { quantityOf } from '@/lib/explainers/claims/quantities'
import type { PictureTitles } from '@/lib/explainers/pictures/picture-name'
import { measurementsOf, type PartVerdict, type TriedKey } from '@/lib/verification/part-verdict'
import type { ModelMention, OptionOutcome, VerdictView } from '@/lib/verification/view'
import { describeMissing, explainVerdict } from '@/lib/verification/wording'

/** @returns a verdict as pages show it, with what was measured. */
export function showVerdict(
  { verdict, checkedAt }: { readonly verdict: PartVerdict; readonly checkedAt: Date },
  key: TriedKey,
  titles: PictureTitles,
): VerdictView {
  const measurements = measurementsOf(key)
  const demonstration = verdict.outcomes.demonstration
  return {
    verdict: verdict.verdict,
    margin: verdict.margin,
    isThin: verdict.isThin,
    stability: verdict.stability,
    isUnrepeated:
      verdict.verdict !== 'not-computable' &&
      key.evidence?.kind === 'claims' &&
      verdict.stability === null &&
      Object.values(measurements).some(isRandom),
    missing: describeMissing(verdict),
    measured: Object.entries(verdict.readings).flatMap(([name, { values }]) => {
      const measurement = measurements[name]
      return measurement ? [{ ...quantityOf(measurement, titles), values }] : []
    }),
    models: modelsOf(verdict),
    demonstration: demonstration
      ? { holds: demonstration.holds, why: explainVerdict(key, verdict, titles).demonstration! }
      : null,
    checkedAt: checkedAt.toISOString(),
  }
}

/** @returns by option id, whether what it claims is true, by how much, and why. */
export function showOutcomes(
  verdict: PartVerdict,
  key: TriedKey,
  titles: PictureTitles,
): { readonly [optionId: string]: OptionOutcome } {
  const reasons = explainVerdict(key, verdict, titles)
  return Object.fromEntries(
    Object.entries(verdict.outcomes).map(([id, { holds, margin }]) => [
      id,
      { holds, margin, why: reasons[id] ?? null },
    ]),
  )
}

export function modelsOf({ readings }: PartVerdict): ModelMention[] {
  return [...new Map(Object.values(readings).map(({ model }) => [model.sha256, model])).values()]
}
