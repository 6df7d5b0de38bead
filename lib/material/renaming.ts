import type { Claim, Comparison } from '@/lib/explainers/claims/claim'
import type { Measurement } from '@/lib/explainers/claims/measurement'
import { placeOf } from '@/lib/explainers/claims/place'
import { type FigureSpec, withPictures } from '@/lib/explainers/figures/spec'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { PartEvidence, QuestionKey } from '@/lib/questions/content'
import { uploadedPictures } from '@/lib/questions/named-pictures'
import { picturesOfRecipe, renamePicturesOfRecipe, type VariantRecipe } from '@/lib/variants/recipe'

/** What of a question names a course's own pictures and models. */
export interface Illustrated {
  readonly figure: FigureSpec | null
  readonly key: QuestionKey
  readonly variants?: VariantRecipe | undefined
}

/** @returns ids of the uploaded pictures and names of the models that questions name, each once. */
export function materialOf(questions: readonly Illustrated[]): {
  readonly pictures: readonly string[]
  readonly models: readonly string[]
} {
  return {
    pictures: [...new Set(questions.flatMap(picturesOfQuestion))],
    models: [...new Set(questions.flatMap(({ figure }) => figure?.model ?? []))],
  }
}

function picturesOfQuestion({ figure, key, variants }: Illustrated): string[] {
  return [...uploadedPictures(figure, key), ...(variants ? picturesOfRecipe(variants) : [])]
}

/** What pictures, by their ids, and models are called elsewhere. */
export interface NewNames {
  readonly picture: (id: string) => string
  readonly model: (name: string) => string
}

/** @returns the question, with pictures and models called by other names wherever it speaks of them. */
export function renameMaterial<Question extends Illustrated>(question: Question, names: NewNames): Question {
  const rename: Rename = (name) => (typeof name === 'number' ? name : names.picture(name))
  const { figure, key, variants } = question
  return {
    ...question,
    figure: figure && { ...withPictures(figure, rename), model: names.model(figure.model) },
    key: inKey(key, rename),
    ...(variants && { variants: renamePicturesOfRecipe(variants, rename) }),
  }
}

type Rename = (name: PictureName) => PictureName

function inKey(key: QuestionKey, rename: Rename): QuestionKey {
  return Object.fromEntries(
    Object.entries(key).map(([partId, { evidence, ...part }]) => [
      partId,
      evidence ? { ...part, evidence: inEvidence(evidence, rename) } : part,
    ]),
  )
}

function inEvidence(evidence: PartEvidence, rename: Rename): PartEvidence {
  if (evidence.kind === 'claims') {
    const { measurements, claims } = evidence
    return {
      ...evidence,
      measurements: mapValues(measurements, (measurement) => inMeasurement(measurement, rename)),
      claims: mapValues(claims, (claim) => inClaim(claim, measurements, rename)),
    }
  }
  const { demonstration } = evidence
  if (!demonstration) return evidence
  const { measurements, claim } = demonstration
  return {
    ...evidence,
    demonstration: {
      measurements: mapValues(measurements, (measurement) => inMeasurement(measurement, rename)),
      claim: inClaim(claim, measurements, rename),
    },
  }
}

function inMeasurement(measurement: Measurement, rename: Rename): Measurement {
  if ('picture' in measurement) return { ...measurement, picture: rename(measurement.picture) }
  if ('pictures' in measurement) return { ...measurement, pictures: measurement.pictures.map(rename) }
  if (!('foods' in measurement)) return measurement
  return {
    ...measurement,
    foods: measurement.foods.map((food) => ({ ...food, picture: rename(food.picture) })),
  }
}

function inClaim(
  claim: Claim,
  measurements: { readonly [name: string]: Measurement },
  rename: Rename,
): Claim {
  if (claim.op === 'all' || claim.op === 'any')
    // A term of a claim is renamed to a term.
    return { ...claim, claims: claim.claims.map((term) => inClaim(term, measurements, rename)) } as Claim
  if (claim.op === 'not') return { ...claim, claim: inComparison(claim.claim, measurements, rename) }
  return inComparison(claim, measurements, rename)
}

/** Some measurements are of pictures: then claims name those. */
function inComparison(
  comparison: Comparison,
  measurements: { readonly [name: string]: Measurement },
  rename: Rename,
): Comparison {
  const measurement = measurements[comparison.of]
  if (!measurement || !('subject' in comparison)) return comparison
  const place = placeOf(measurement, comparison.subject)
  if (!place || place.region !== null) return comparison
  const subject = String(rename(place.picture))
  if (comparison.op !== 'exceeds') return { ...comparison, subject }
  const other = placeOf(measurement, comparison.other)
  return { ...comparison, subject, other: other ? String(rename(other.picture)) : comparison.other }
}

function mapValues<Value>(
  values: { readonly [name: string]: Value },
  change: (value: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}
