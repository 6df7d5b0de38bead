import type { Bilingual } from '@/lib/explainers/bilingual'
import { wordFinding } from '@/lib/explainers/claims/finding'
import { isRandom } from '@/lib/explainers/claims/measurement'
import { capital } from '@/lib/explainers/figures/wording'
import type { QuestionContent, QuestionKey } from '@/lib/questions/content'
import type { VersionContent } from '@/lib/questions/mutations'
import { type KnownPictures, namesOf, regionNames, substituted } from '@/lib/variants/names'
import { type RecomputedPart, recomputePart } from '@/lib/variants/recomputed-key'
import { type Substitution, substituteClaims, substituteFigure } from '@/lib/variants/substitution'
import { fillTexts, type VariantTexts, withExplanations, withTexts } from '@/lib/variants/texts'
import type { VariedPicture } from '@/lib/variants/variety'
import { type MakeReading, measurementsOf, type PartVerdict } from '@/lib/verification/part-verdict'

/** Everything that a variant is made of. */
export interface VariantPlan {
  /** The version that it is made from, with its latest key. */
  readonly base: VersionContent
  /** Of the base, see `varietyOf`. */
  readonly pictures: readonly VariedPicture[]
  readonly substitution: Substitution
  readonly texts: VariantTexts
  /** The new pictures at least. */
  readonly known: KnownPictures
}

/** @returns the key with the same claims about the other pictures. Which options it names counts for nothing. */
export function substituteKey(
  key: QuestionKey,
  substitution: Substitution,
  known: KnownPictures,
): QuestionKey {
  return Object.fromEntries(
    Object.entries(key).map(([id, { alsoAccepted: _, ...part }]) => [
      id,
      part.evidence?.kind === 'claims'
        ? { ...part, evidence: substituteClaims(part.evidence, substitution, regionNames(known)) }
        : part,
    ]),
  )
}

/** @returns how many different readings are made for a key, at most: `seeds` where chance takes part. */
export function countReadings(key: QuestionKey, seeds: number): number {
  const measurements = Object.values(key).flatMap((part) => Object.values(measurementsOf(part)))
  const different = new Map(measurements.map((measurement) => [JSON.stringify(measurement), measurement]))
  return [...different.values()].reduce((sum, measurement) => sum + (isRandom(measurement) ? seeds : 1), 0)
}

/**
 * Recomputes the key of every part from its claims.
 * @param seeds how many are tried where chance takes part.
 */
export async function recomputeKey(
  { parts }: Pick<QuestionContent, 'parts'>,
  key: QuestionKey,
  makeReading: MakeReading,
  seeds: number,
): Promise<RecomputedPart[]> {
  const found: RecomputedPart[] = []
  for (const part of parts) found.push(await recomputePart(part, key[part.id]!, makeReading, seeds))
  return found
}

/**
 * @param key see `substituteKey`
 * @param found of each part
 * @returns the variant as a version: the base's question with the other pictures, its texts filled and its key recomputed.
 */
export function variantOf(
  plan: VariantPlan,
  key: QuestionKey,
  found: readonly RecomputedPart[],
): VersionContent {
  const { base, pictures, substitution, known } = plan
  const recomputed = Object.fromEntries(
    found.map(({ partId, correct }) => [partId, { ...key[partId]!, correct: [...correct] }]),
  )
  const measured = Object.fromEntries(
    found.map(({ partId, correct, verdict }) => [
      partId,
      wordMeasured(recomputed[partId]!, correct, verdict, plan),
    ]),
  )
  const names = namesOf(substituted(pictures, substitution), known)
  const texts = fillTexts(plan.texts, names, measured)
  return {
    content: withTexts(base.content, texts),
    key: withExplanations(recomputed, texts),
    figureSpec: base.figureSpec && substituteFigure(base.figureSpec, substitution),
  }
}

/** What was measured of the options of the key, a sentence each; of an empty key, nothing. */
function wordMeasured(
  { evidence }: QuestionKey[string],
  correct: readonly string[],
  { readings }: PartVerdict,
  { known }: VariantPlan,
): Bilingual {
  if (evidence?.kind !== 'claims') return { zh: '', en: '' }
  const context = {
    measurements: evidence.measurements,
    readings,
    regionName: regionNames(known),
    titles: (id: string) => known.get(id)?.title,
  }
  const sentences = correct.map((id) => wordFinding(evidence.claims[id]!, context))
  return {
    zh: sentences.map(({ zh }) => `${zh}。`).join(''),
    en: sentences.map(({ en }) => `${capital(en)}.`).join(' '),
  }
}
