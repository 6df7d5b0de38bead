import { comparisonsOf } from '@/lib/explainers/claims/claim'
import type { Measurement } from '@/lib/explainers/claims/measurement'
import { measuredPictures } from '@/lib/explainers/claims/place'
import { type FigureSpec, isLanguageSpec, picturesOf } from '@/lib/explainers/figures/spec'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { QuestionContent, QuestionKey } from '@/lib/questions/content'
import { regionOfSubject, type Substitution } from '@/lib/variants/substitution'

/** A picture that a question is about, with those of its regions that claims and measurements name, in English. */
export interface VariedPicture {
  readonly picture: PictureName
  readonly regions: readonly string[]
}

/**
 * Why a question can have no variants. `no-picture`: its figure shows none. `no-claims`: nobody has said what the part's
 * key rests on. `reasoned`: the part's key follows from a definition, on every picture alike. `weighted`: the part's rule
 * weighs single options of one key. `picture-not-measured`: nothing that was measured is of the picture, so that every
 * variant would ask the same of a picture that does not matter.
 */
export const FIXED_REASONS = [
  'no-picture',
  'no-claims',
  'reasoned',
  'weighted',
  'picture-not-measured',
] as const
export type FixedReason = (typeof FIXED_REASONS)[number]

/** What of a question can be another in a variant. */
export type Variety =
  | { readonly kind: 'varied'; readonly pictures: readonly VariedPicture[] }
  | {
      readonly kind: 'fixed'
      /** `partId` null: of the whole question. */
      readonly reasons: readonly { readonly reason: FixedReason; readonly partId: string | null }[]
    }

/** @returns which pictures and regions a question is about, if its key can be recomputed from its claims on others. */
export function varietyOf(
  { parts }: Pick<QuestionContent, 'parts'>,
  key: QuestionKey,
  figureSpec: FigureSpec | null,
): Variety {
  if (!figureSpec || isLanguageSpec(figureSpec) || picturesOf(figureSpec).length === 0)
    return { kind: 'fixed', reasons: [{ reason: 'no-picture', partId: null }] }
  const found = new Map<PictureName, Set<string>>(picturesOf(figureSpec).map((name) => [name, new Set()]))
  const reasons: { reason: FixedReason; partId: string | null }[] = []
  let isMeasured = false
  for (const { id } of parts) {
    const evidence = key[id]?.evidence
    if (evidence?.kind !== 'claims') {
      reasons.push({ reason: evidence ? 'reasoned' : 'no-claims', partId: id })
      continue
    }
    if (key[id]?.rule.name === 'weighted') reasons.push({ reason: 'weighted', partId: id })
    for (const { picture, region } of mentionsOf(evidence)) {
      isMeasured = true
      const regions = found.get(picture) ?? new Set()
      found.set(picture, region === null ? regions : regions.add(region))
    }
  }
  if (reasons.length === 0 && !isMeasured) reasons.push({ reason: 'picture-not-measured', partId: null })
  if (reasons.length > 0) return { kind: 'fixed', reasons }
  return {
    kind: 'varied',
    pictures: [...found].map(([picture, regions]) => ({ picture, regions: [...regions] })),
  }
}

interface Mention {
  readonly picture: PictureName
  /** null: the whole picture. */
  readonly region: string | null
}

/** Regions in the order of the claims, which is that of the options; then those that measurements alone name. */
function mentionsOf({
  claims,
  measurements,
}: {
  readonly claims: { readonly [option: string]: Parameters<typeof comparisonsOf>[0] }
  readonly measurements: { readonly [name: string]: Measurement }
}): Mention[] {
  const claimed = Object.values(claims)
    .flatMap(comparisonsOf)
    .flatMap((term): Mention[] => {
      const measurement = measurements[term.of]
      if (!measurement || !('picture' in measurement) || !('subject' in term)) return []
      const named = term.op === 'exceeds' ? [term.subject, term.other] : [term.subject]
      return named.map((subject) => ({
        picture: measurement.picture,
        region: regionOfSubject(measurement, subject),
      }))
    })
  const measured = Object.values(measurements).flatMap((measurement): Mention[] => [
    ...measuredPictures(measurement).map((picture) => ({ picture, region: null })),
    ...regionsOfMeasurement(measurement),
  ])
  return [...claimed, ...measured]
}

function regionsOfMeasurement(m: Measurement): Mention[] {
  if ('region' in m) return [{ picture: m.picture, region: m.region }]
  if ('parts' in m) return m.parts.map(({ region }) => ({ picture: m.picture, region }))
  if (!('foods' in m)) return []
  return m.foods.flatMap(({ picture, regions }) => regions.map((region) => ({ picture, region })))
}

/**
 * What is wrong with a substitution, before anything is measured. `pictures-differ`: it names other pictures than the
 * question is about, or one twice. `same-pictures`: nothing is another. `picture-twice`: two pictures become one.
 * `region-missing`: a region has no substitute. `region-unknown`: the new picture has no such region. `region-twice`: two
 * regions become one.
 */
export type SubstitutionIssue =
  | 'pictures-differ'
  | 'same-pictures'
  | 'picture-twice'
  | 'region-missing'
  | 'region-unknown'
  | 'region-twice'

export interface SubstitutionProblem {
  readonly issue: SubstitutionIssue
  /** The picture or region that it is about, as it was named; '' for none. */
  readonly subject: string
}

/** @param regionsOf English names of a picture's regions; null where there is no such picture. */
export function findSubstitutionProblems(
  pictures: readonly VariedPicture[],
  substitution: Substitution,
  regionsOf: (picture: PictureName) => readonly string[] | null,
): SubstitutionProblem[] {
  const names = new Set(pictures.map(({ picture }) => picture))
  const from = substitution.map((substitute) => substitute.from)
  if (
    new Set(from).size !== from.length ||
    from.length !== names.size ||
    from.some((name) => !names.has(name))
  )
    return [{ issue: 'pictures-differ', subject: from.join(', ') }]
  const problems: SubstitutionProblem[] = []
  const to = substitution.map((substitute) => substitute.to)
  if (to.every((name) => names.has(name))) problems.push({ issue: 'same-pictures', subject: '' })
  for (const twice of repeated(to)) problems.push({ issue: 'picture-twice', subject: String(twice) })
  for (const { picture, regions } of pictures) {
    const substitute = substitution.find((one) => one.from === picture)!
    const known = regionsOf(substitute.to)
    if (known === null) {
      problems.push({ issue: 'pictures-differ', subject: String(substitute.to) })
      continue
    }
    const chosen = regions.flatMap((region) => {
      const other = substitute.regions[region]
      if (other === undefined) problems.push({ issue: 'region-missing', subject: region })
      else if (!known.includes(other)) problems.push({ issue: 'region-unknown', subject: other })
      return other ?? []
    })
    for (const twice of repeated(chosen)) problems.push({ issue: 'region-twice', subject: twice })
  }
  return problems
}

/**
 * @returns a substitute for each region: the one of the same name, and for the others what is left, in its order; null where
 * the new picture has fewer regions than are needed.
 */
export function proposeRegions(
  regions: readonly string[],
  offered: readonly string[],
): { readonly [region: string]: string } | null {
  if (offered.length < regions.length) return null
  const same = regions.filter((region) => offered.includes(region))
  const left = offered.filter((region) => !same.includes(region))
  return Object.fromEntries(
    regions.map((region) => [region, same.includes(region) ? region : left.shift()!] as const),
  )
}

function repeated<Name>(names: readonly Name[]): Name[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
