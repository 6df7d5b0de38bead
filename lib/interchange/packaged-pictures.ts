import { z } from 'zod'
import type { Claim, Comparison } from '@/lib/explainers/claims/claim'
import type { Measurement } from '@/lib/explainers/claims/measurement'
import { placeOf } from '@/lib/explainers/claims/place'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import { uploadedPictureNameSchema } from '@/lib/explainers/pictures/picture-name-schema'
import { pictureTitleSchema, regionsSchema } from '@/lib/pictures/schema'
import type { PartEvidence, QuestionKey } from '@/lib/questions/content'
import { uploadedPictures } from '@/lib/questions/named-pictures'
import type { AssignmentQuestion } from './assignment-document'
import type { Path } from './located-text'
import { closedObject } from './validation'

/** A course's own pictures on their way from one course or installation to another, beside the assignment that shows them. */

/** A file beside the document, or in a folder beside it. */
const fileName = z
  .string()
  .regex(/^(?:[\w-][\w.-]*\/)?[\w-][\w.-]*$/, 'expected the name of a file beside the document')

export const packagedPictureSchema = closedObject({
  /** By which figures and measurements of the document call it. Where it is taken in, it gets an id of its own. */
  name: uploadedPictureNameSchema,
  file: fileName,
  title: pictureTitleSchema,
  /** Index of the class that figures explain; null: none yet. */
  class: z.int().min(0).max(999).nullable(),
  regions: regionsSchema.default([]),
  /** 8-bit grey PNG: the place of each pixel's region in `regions`, from 1; 0 where there is none. */
  mask: fileName.optional(),
}).refine(({ regions, mask }) => regions.length > 0 === (mask !== undefined), {
  path: ['mask'],
  error: 'regions and mask belong together',
})

export type PackagedPicture = z.output<typeof packagedPictureSchema>

interface Packaged {
  readonly questions: readonly Pick<AssignmentQuestion, 'figure' | 'key'>[]
  readonly pictures?: readonly PackagedPicture[] | undefined
}

/** @returns names that stand twice, and questions with pictures that do not come along. None of a document without pictures. */
export function findPictureProblems({ questions, pictures }: Packaged): { path: Path; message: string }[] {
  if (!pictures) return []
  const names = pictures.map(({ name }) => name)
  return [
    ...names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [{ path: ['pictures', index, 'name'], message: `picture "${name}" is there twice` }]
        : [],
    ),
    ...unknownPictures(questions, new Set(names)),
  ]
}

/** @param known names of the pictures that questions may show or measure in, beside the bundled ones. */
export function unknownPictures(
  questions: Packaged['questions'],
  known: ReadonlySet<string>,
): { path: Path; message: string }[] {
  return questions.flatMap(({ figure, key }, question) =>
    uploadedPictures(figure, key)
      .filter((name) => !known.has(name))
      .map((name) => ({
        path: ['questions', question],
        message:
          `names the picture "${name}", which ` +
          'does not come along and is none of the course’s; a zip brings pictures along',
      })),
  )
}

/** @returns the question, with the course's pictures called by other names wherever it speaks of them. */
export function renamePictures(
  question: AssignmentQuestion,
  renamed: (name: string) => string,
): AssignmentQuestion {
  const rename = (name: PictureName) => (typeof name === 'number' ? name : renamed(name))
  const { figure, key } = question
  return { ...question, figure: figure && inFigure(figure, rename), key: inKey(key, rename) }
}

type Rename = (name: PictureName) => PictureName

function inFigure(spec: FigureSpec, rename: Rename): FigureSpec {
  if ('pictures' in spec) return { ...spec, pictures: spec.pictures.map(rename) }
  if ('maps' in spec)
    return { ...spec, maps: spec.maps.map((map) => ({ ...map, picture: rename(map.picture) })) }
  return 'picture' in spec ? { ...spec, picture: rename(spec.picture) } : spec
}

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
