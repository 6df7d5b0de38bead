import type { Bilingual } from '@/lib/explainers/bilingual'
import { type Claim, type Comparison, comparisonsOf } from '@/lib/explainers/claims/claim'
import { evaluateClaim } from '@/lib/explainers/claims/evaluate'
import { type FindingContext, wordFinding } from '@/lib/explainers/claims/finding'
import { pictureName } from '@/lib/explainers/claims/measurements/values'
import type { PictureWords } from '@/lib/explainers/claims/phrase'
import { type Place, placeOf, thingOf } from '@/lib/explainers/claims/place'
import { isRanking, leaderOf } from '@/lib/explainers/claims/ranking'
import { layersSubject } from '@/lib/explainers/claims/subjects'
import type { Thing } from '@/lib/explainers/figures/spots'
import type {
  FigureMark,
  MeasuredModel,
  OptionFeedback,
  PartFeedback,
  PictureMark,
  ThingMark,
} from '@/lib/feedback/view'
import { wordChance, wordDemonstration, wordKeyNote, wordOption } from '@/lib/feedback/wording'
import type { PartEvidence, PartKey, QuestionPart } from '@/lib/questions/content'
import type { PartVerdict } from '@/lib/verification/part-verdict'
import { describeMissing } from '@/lib/verification/wording'

/** What is known of the pictures that measurements were made in. */
export interface Scenery extends PictureWords {
  /** @returns SVG path data in a square of `OUTLINE_SIDE`; null where there is no such region. */
  outlineOf(place: Place): string | null
}

export interface AnsweredPart {
  readonly part: Pick<QuestionPart, 'options'>
  readonly key: PartKey
  /** Option ids. */
  readonly chosen: readonly string[]
}

/** Whether the question's figure shows a thing. */
export type Shows = (thing: Thing) => boolean

const nothing: Shows = () => false

/**
 * @param verdict of this very key with the models of now; null: it has not been checked.
 * @param isBeingChecked whether a check waits or runs.
 * @param shows by default no thing, as of a figure that is not there yet.
 * @returns null for a key of which nobody has said what it rests on.
 */
export function partFeedback(
  { part, key, chosen }: AnsweredPart,
  verdict: PartVerdict | null,
  isBeingChecked: boolean,
  scenery: Scenery,
  shows: Shows = nothing,
): PartFeedback | null {
  const { evidence } = key
  if (!evidence) return null
  if (evidence.kind === 'reasoned') return reasoned(evidence, verdict, scenery, shows)
  if (!verdict) return { state: isBeingChecked ? 'measuring' : 'not-measured' }
  const missing = describeMissing(verdict)
  if (missing && Object.keys(verdict.readings).length === 0)
    return { state: 'not-computable', why: missing.message }

  const { regionName, titles } = scenery
  const context: FindingContext = { ...evidence, readings: verdict.readings, regionName, titles }
  const holdsOf = (id: string) => evaluateClaim(evidence.claims[id]!, verdict.readings).holds
  const isContradicted = key.correct.some((id) => holdsOf(id) === false)
  const told = part.options.filter(({ id }) => chosen.includes(id) || key.correct.includes(id))
  const options = told.map(({ id, text }): OptionFeedback => {
    const claim = evidence.claims[id]!
    const standing = { chosen: chosen.includes(id), keyed: key.correct.includes(id), holds: holdsOf(id) }
    const keyedOptions = key.correct.length
    return {
      optionId: id,
      ...standing,
      words: wordOption(text, wordFinding(claim, context), { ...standing, isContradicted, keyedOptions }),
      marks: marksOf(claim, context, scenery, shows),
    }
  })
  return {
    state: 'measured',
    options: options.toSorted((one, other) => Number(other.chosen) - Number(one.chosen)),
    keyNote: isContradicted ? wordKeyNote(evidence.accepted) : null,
    chanceNote: wordChance(verdict.isThin, verdict.stability),
    models: modelsOf(verdict),
  }
}

function reasoned(
  { demonstration }: Extract<PartEvidence, { kind: 'reasoned' }>,
  verdict: PartVerdict | null,
  scenery: Scenery,
  shows: Shows,
): PartFeedback {
  if (!demonstration || !verdict?.outcomes.demonstration) return { state: 'reasoned', demonstration: null }
  const { claim, measurements } = demonstration
  const { regionName, titles } = scenery
  const context = { measurements, readings: verdict.readings, regionName, titles }
  return {
    state: 'reasoned',
    demonstration: {
      words: wordDemonstration(wordFinding(claim, context), evaluateClaim(claim, verdict.readings).holds),
      marks: marksOf(claim, context, scenery, shows),
      models: modelsOf(verdict),
    },
  }
}

/** Everything once: what is claimed of, before what leads instead. */
function marksOf(claim: Claim, context: FindingContext, scenery: Scenery, shows: Shows): FigureMark[] {
  const marks = new Map<string, FigureMark>()
  const add = (comparison: Comparison, subject: string, role: FigureMark['role']) => {
    const place = markedPlace(comparison.of, subject, context, scenery)
    if (place && !marks.has(place.key)) marks.set(place.key, { ...place.mark, role })
  }
  const comparisons = comparisonsOf(claim)
  for (const comparison of comparisons)
    if ('subject' in comparison) add(comparison, comparison.subject, 'claimed')
    else for (const { key, mark } of trendMarks(comparison.of, context)) marks.set(key, mark)
  for (const comparison of comparisons) {
    const leader = isRanking(comparison) ? leaderOf(comparison, context.readings) : null
    if (leader !== null) add(comparison, leader, 'leading')
  }
  return [...marks.values()].filter((mark) => !('thing' in mark) || shows(mark.thing))
}

type Unranked = Omit<PictureMark, 'role'> | Omit<ThingMark, 'role'>

const named = (text: string): Bilingual => ({ zh: text, en: text })

/** A trend is of all that was measured; of layers, from the first to the last. */
function trendMarks(
  of: string,
  { measurements, readings }: FindingContext,
): { readonly key: string; readonly mark: FigureMark }[] {
  const measurement = measurements[of]
  if (!measurement) return []
  const things = (readings[of]?.values ?? []).flatMap(({ subject, name }) => {
    const thing = thingOf(measurement, subject)
    return thing ? [{ thing, name }] : []
  })
  const layers = things.flatMap(({ thing }) => (thing.kind === 'layers' ? [thing] : []))
  const [first, last] = [layers[0], layers.at(-1)]
  const marked =
    first && last && layers.length === things.length
      ? [{ thing: { ...first, last: last.last }, name: layersSubject([first.first, last.last]).name }]
      : things
  return marked.map(({ thing, name }) => ({
    key: JSON.stringify(thing),
    mark: { thing, name, role: 'claimed' },
  }))
}

function markedPlace(
  of: string,
  subject: string,
  { measurements, readings }: FindingContext,
  scenery: Scenery,
): { readonly key: string; readonly mark: Unranked } | null {
  const measurement = measurements[of]
  if (!measurement) return null
  const measured = readings[of]?.values.find((value) => value.subject === subject)?.name
  const place = placeOf(measurement, subject)
  if (!place) {
    const thing = thingOf(measurement, subject)
    return thing && { key: JSON.stringify(thing), mark: { thing, name: measured ?? named(subject) } }
  }
  const { picture, region } = place
  if (!region)
    return {
      key: `${picture}`,
      mark: { picture, name: measured ?? pictureName(picture, scenery.titles), outline: null },
    }
  const outline = scenery.outlineOf(place)
  if (outline === null) return null
  const name = region.part !== 'whole' && measured ? measured : scenery.regionName(picture, region.region)
  return { key: `${picture} ${region.region} ${region.part}`, mark: { picture, name, outline } }
}

function modelsOf({ readings }: PartVerdict): MeasuredModel[] {
  const models = Object.values(readings).map(({ model: { name, insteadOf } }) => ({ name, insteadOf }))
  return [...new Map(models.map((model) => [model.name, model])).values()]
}
