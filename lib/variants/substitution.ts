import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Claim, Comparison } from '@/lib/explainers/claims/claim'
import type { Measurement, MeasurementName, RegionPart } from '@/lib/explainers/claims/measurement'
import { type FigureSpec, withPictures } from '@/lib/explainers/figures/spec'
import { type PictureName, parsePictureName } from '@/lib/explainers/pictures/picture-name'
import type { PartEvidence } from '@/lib/questions/content'

/** Another picture in the place of one that a question is about. */
export interface PictureSubstitute {
  readonly from: PictureName
  readonly to: PictureName
  /** By the English name of a region of `from`, that of the region of `to` which stands in for it. */
  readonly regions: { readonly [region: string]: string }
}

/** What a variant shows instead: at most one substitute a picture. What is not named stays. */
export type Substitution = readonly PictureSubstitute[]

/** Whether two put the same pictures and regions in the place of the same, in whatever order they say it. */
export function isSameSubstitution(one: Substitution, other: Substitution): boolean {
  const nameOf = (substitution: Substitution) =>
    JSON.stringify(
      substitution
        .map(({ from, to, regions }) => JSON.stringify([from, to, Object.entries(regions).sort()]))
        .sort(),
    )
  return nameOf(one) === nameOf(other)
}

/** The names of a picture's region in both languages, by its English one. */
export type RegionName = (picture: PictureName, region: string) => Bilingual

/** What the subjects of a measurement are: regions of its picture, pictures, or things that no substitution changes. */
const subjectKinds: { readonly [Name in MeasurementName]: 'regions' | 'pictures' | 'own' } = {
  'region-weight': 'regions',
  'weight-signs': 'own',
  'region-removal': 'regions',
  'colour-removal': 'own',
  'map-disagreement': 'pictures',
  'region-enrichment': 'regions',
  'food-enrichment': 'own',
  'map-overlap': 'pictures',
  'solid-likeness': 'own',
  'steps-likeness': 'own',
  'steps-contrast': 'own',
  'gradient-scale': 'pictures',
  'finite-differences': 'own',
  'normalization-effect': 'own',
  'cascade-likeness': 'own',
  'layer-likeness': 'own',
  'edge-likeness': 'own',
  'attribution-sum': 'own',
  'seed-agreement': 'own',
  'contribution-density': 'regions',
  'region-activation': 'own',
  'activation-sharpness': 'own',
  'activation-likeness': 'own',
  'layer-kind': 'own',
  'head-focus': 'own',
  'masked-part-of-speech': 'own',
  'masked-words': 'own',
  'masked-drop': 'own',
  'head-weight': 'own',
  'answer-distance': 'own',
  'question-matching': 'own',
  'sentence-clustering': 'own',
  'group-separation': 'own',
  'pair-similarity': 'own',
  'embedding-dependence': 'own',
}

/** @returns the region of its picture that a claim means by a subject; null where the subject is none. */
export function regionOfSubject(measurement: Measurement, subject: string): string | null {
  return subjectKinds[measurement.measure] === 'regions' ? subject : null
}

/** @returns the same figure of the other pictures. */
export function substituteFigure(spec: FigureSpec, substitution: Substitution): FigureSpec {
  return withPictures(spec, (name) => substituteOf(substitution, name)?.to ?? name)
}

/**
 * @param regionName of the new pictures: what `region-activation` calls its parts.
 * @returns the same claims about the other pictures. Whether they are true there is for `recomputePart` to find out; what
 * was said about the key of the old ones is left out.
 */
export function substituteClaims(
  { measurements, claims }: Extract<PartEvidence, { kind: 'claims' }>,
  substitution: Substitution,
  regionName: RegionName,
): Extract<PartEvidence, { kind: 'claims' }> {
  return {
    kind: 'claims',
    measurements: mapValues(measurements, (measurement) =>
      substituteMeasurement(measurement, substitution, regionName),
    ),
    claims: mapValues(claims, (claim) => substituteClaim(claim, measurements, substitution)),
  }
}

function substituteMeasurement(m: Measurement, substitution: Substitution, names: RegionName): Measurement {
  const picture = (name: PictureName) => substituteOf(substitution, name)?.to ?? name
  const region = (of: PictureName, name: string) => substituteOf(substitution, of)?.regions[name] ?? name
  if ('region' in m) return { ...m, picture: picture(m.picture), region: region(m.picture, m.region) }
  if ('parts' in m)
    return {
      ...m,
      picture: picture(m.picture),
      parts: m.parts.map((part) =>
        picture(m.picture) !== m.picture
          ? namedPart({ ...part, region: region(m.picture, part.region) }, picture(m.picture), names)
          : part,
      ),
    }
  if ('foods' in m)
    return {
      ...m,
      foods: m.foods.map((food) => ({
        picture: picture(food.picture),
        regions: food.regions.map((name) => region(food.picture, name)),
      })),
    }
  if ('picture' in m) return { ...m, picture: picture(m.picture) }
  return 'pictures' in m ? { ...m, pictures: m.pictures.map(picture) } : m
}

/** A part is called by its region; its old name was the old region's. */
function namedPart(part: RegionPart, picture: PictureName, regionName: RegionName): RegionPart {
  const { zh, en } = regionName(picture, part.region)
  const names: Readonly<Record<RegionPart['part'], Bilingual>> = {
    whole: { zh, en },
    outline: { zh: `${zh}的輪廓`, en: `contour of the ${en}` },
    shadow: { zh: `${zh}上的陰影`, en: `shadow on the ${en}` },
    light: { zh: `${zh}的亮處`, en: `lit part of the ${en}` },
  }
  return { ...part, name: names[part.part] }
}

function substituteClaim(
  claim: Claim,
  measurements: { readonly [name: string]: Measurement },
  substitution: Substitution,
): Claim {
  const comparison = (term: Comparison): Comparison => {
    const measurement = measurements[term.of]
    if (!measurement || !('subject' in term)) return term
    const subject = (name: string) => substituteSubject(measurement, name, substitution)
    return term.op === 'exceeds'
      ? { ...term, subject: subject(term.subject), other: subject(term.other) }
      : { ...term, subject: subject(term.subject) }
  }
  if (claim.op === 'all' || claim.op === 'any')
    return {
      ...claim,
      claims: claim.claims.map((term) =>
        term.op === 'not' ? { ...term, claim: comparison(term.claim) } : comparison(term),
      ),
    }
  return claim.op === 'not' ? { ...claim, claim: comparison(claim.claim) } : comparison(claim)
}

function substituteSubject(measurement: Measurement, subject: string, substitution: Substitution): string {
  switch (subjectKinds[measurement.measure]) {
    case 'regions':
      return 'picture' in measurement
        ? (substituteOf(substitution, measurement.picture)?.regions[subject] ?? subject)
        : subject
    case 'pictures':
      return String(substituteOf(substitution, parsePictureName(subject))?.to ?? subject)
    default:
      return subject
  }
}

function substituteOf(substitution: Substitution, picture: PictureName): PictureSubstitute | undefined {
  return substitution.find(({ from }) => from === picture)
}

function mapValues<In, Out>(
  values: { readonly [name: string]: In },
  map: (value: In) => Out,
): { [name: string]: Out } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
}
