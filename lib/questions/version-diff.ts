import type { Bilingual } from '@/lib/explainers/bilingual'
import { quantityOf } from '@/lib/explainers/claims/quantities'
import { describeClaim } from '@/lib/explainers/claims/wording'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { formatPoints } from '@/lib/scoring/points'
import { ruleWording } from '@/lib/scoring/wording'
import type {
  PartEvidence,
  PartKey,
  QuestionContent,
  QuestionKey,
  QuestionPart,
  Rule,
  Selection,
} from './content'
import { optionLetter } from './option-letter'
import { diffTexts, type Piece } from './text-diff'

/** A version of a question with all that makes it what it is. */
export interface DiffedVersion {
  readonly content: QuestionContent
  readonly key: QuestionKey
  readonly figureSpec: FigureSpec | null
}

export type DifferenceField =
  | 'label'
  | 'topic'
  | 'prompt'
  | 'part'
  | 'part-label'
  | 'part-prompt'
  | 'option'
  | 'order'
  | 'pinned'
  | 'selection'
  | 'points'
  | 'correct'
  | 'also-accepted'
  | 'rule'
  | 'explanation'
  | 'evidence'
  | 'measurement'
  | 'claim'
  | 'accepted'
  | 'disputed'
  | 'figure'

export interface Difference {
  /** null: of the whole question. */
  readonly partId: string | null
  /** What the part is called in the later version, or in the earlier where it is gone; null: of the whole question. */
  readonly partLabel: string | null
  readonly field: DifferenceField
  /** Which of several: an option's letter, a measurement's name, a path in the figure's specification; null: the field is one. */
  readonly which: string | null
  readonly change:
    | { readonly kind: 'text'; readonly language: keyof Bilingual; readonly pieces: readonly Piece[] }
    /** null: there is none in that version. */
    | { readonly kind: 'value'; readonly before: Bilingual | null; readonly after: Bilingual | null }
}

type Found = Pick<Difference, 'field' | 'which' | 'change'>

/** @returns everything that differs, in the order of the page; empty for versions that say the same. */
export function diffVersions(before: DiffedVersion, after: DiffedVersion): Difference[] {
  const ofQuestion = (found: readonly Found[]) =>
    found.map((difference): Difference => ({ partId: null, partLabel: null, ...difference }))
  const partOf = ({ content }: DiffedVersion, id: string) => content.parts.find((part) => part.id === id)
  const ids = unique([...after.content.parts, ...before.content.parts].map(({ id }) => id))
  return [
    ...ofQuestion([
      ...value('label', same(before.content.label), same(after.content.label)),
      ...value('topic', same(before.content.topic), same(after.content.topic)),
      ...texts('prompt', before.content.prompt, after.content.prompt),
    ]),
    ...ids.flatMap((id) => {
      const [earlier, later] = [partOf(before, id), partOf(after, id)]
      return diffParts(earlier, later, before.key[id], after.key[id]).map(
        (difference): Difference => ({
          partId: id,
          partLabel: (later ?? earlier)!.label,
          ...difference,
        }),
      )
    }),
    ...ofQuestion(data('figure', before.figureSpec, after.figureSpec)),
  ]
}

function diffParts(
  before: QuestionPart | undefined,
  after: QuestionPart | undefined,
  keyBefore: PartKey | undefined,
  keyAfter: PartKey | undefined,
): Found[] {
  if (!before || !after)
    return value('part', before ? same(before.label) : null, after ? same(after.label) : null)
  const optionOf = ({ options }: QuestionPart, id: string) => options.find((option) => option.id === id)?.text
  const ids = unique([...after.options, ...before.options].map(({ id }) => id))
  return [
    ...value('part-label', same(before.label), same(after.label)),
    ...texts('part-prompt', before.prompt, after.prompt),
    ...ids.flatMap((id) => {
      const owner = optionOf(after, id) ? after : before
      return texts('option', optionOf(before, id), optionOf(after, id), lettersOf(owner, [id]))
    }),
    ...orderOf(before, after),
    ...pinsOf(before, after),
    ...value('selection', wordSelection(before.selection), wordSelection(after.selection)),
    ...value('points', same(formatPoints(before.points)), same(formatPoints(after.points))),
    ...diffKeys(before, after, keyBefore, keyAfter),
  ]
}

function diffKeys(
  partBefore: QuestionPart,
  partAfter: QuestionPart,
  before: PartKey | undefined,
  after: PartKey | undefined,
): Found[] {
  // Letters say which options are right; ids decide whether that changed.
  const isSameKey = isSame([...(before?.correct ?? [])].toSorted(), [...(after?.correct ?? [])].toSorted())
  const accepted = (part: QuestionPart, key: PartKey | undefined) =>
    key?.alsoAccepted
      ? same(key.alsoAccepted.map(({ correct }) => lettersOf(part, correct)).join(' / '))
      : null
  return [
    ...(isSameKey
      ? []
      : value(
          'correct',
          before ? same(lettersOf(partBefore, before.correct)) : null,
          after ? same(lettersOf(partAfter, after.correct)) : null,
        )),
    ...(isSame(before?.alsoAccepted, after?.alsoAccepted)
      ? []
      : value('also-accepted', accepted(partBefore, before), accepted(partAfter, after))),
    ...(isSame(before?.rule, after?.rule)
      ? []
      : value(
          'rule',
          before ? wordRule(before.rule, partBefore) : null,
          after ? wordRule(after.rule, partAfter) : null,
        )),
    ...texts('explanation', before?.explanation, after?.explanation),
    ...diffEvidence(partAfter, before?.evidence, after?.evidence),
  ]
}

function diffEvidence(
  part: QuestionPart,
  before: PartEvidence | undefined,
  after: PartEvidence | undefined,
): Found[] {
  const kinds = {
    claims: { zh: '由模型量測', en: 'measured of the model' },
    reasoned: { zh: '由定義推得', en: 'follows from a definition' },
  }
  const parted = (evidence: PartEvidence | undefined) => ({
    kind: evidence ? kinds[evidence.kind] : null,
    measurements: (evidence?.kind === 'claims' ? evidence : evidence?.demonstration)?.measurements ?? {},
    claims:
      evidence?.kind === 'claims'
        ? evidence.claims
        : evidence?.demonstration
          ? { '': evidence.demonstration.claim }
          : {},
    notes: evidence?.kind === 'claims' ? evidence : null,
  })
  const [earlier, later] = [parted(before), parted(after)]
  const names = unique([...Object.keys(later.measurements), ...Object.keys(earlier.measurements)])
  const claimed = unique([...Object.keys(later.claims), ...Object.keys(earlier.claims)])
  return [
    ...value('evidence', earlier.kind, later.kind),
    ...names.flatMap((name) => {
      const [one, other] = [earlier.measurements[name], later.measurements[name]]
      if (one?.measure === other?.measure) return data('measurement', one ?? null, other ?? null, name)
      return value(
        'measurement',
        one ? quantityOf(one).title : null,
        other ? quantityOf(other).title : null,
        name,
      )
    }),
    ...claimed.flatMap((id) => {
      const [one, other] = [earlier.claims[id], later.claims[id]]
      if (isSame(one, other)) return []
      return value(
        'claim',
        one ? describeClaim(one, earlier) : null,
        other ? describeClaim(other, later) : null,
        lettersOf(part, [id]) || null,
        true,
      )
    }),
    ...texts('accepted', earlier.notes?.accepted, later.notes?.accepted),
    ...texts('disputed', earlier.notes?.disputed, later.notes?.disputed),
  ]
}

const same = (text: string): Bilingual => ({ zh: text, en: text })
const unique = (ids: readonly string[]) => [...new Set(ids)]

/** @param whatever whether the values differ although their words do not. */
function value(
  field: DifferenceField,
  before: Bilingual | null,
  after: Bilingual | null,
  which: string | null = null,
  whatever = false,
): Found[] {
  if (!whatever && isSame(before, after)) return []
  return [{ field, which, change: { kind: 'value', before, after } }]
}

/** A text that there is only in one version is wholly removed or added. */
function texts(
  field: DifferenceField,
  before: Bilingual | undefined,
  after: Bilingual | undefined,
  which: string | null = null,
): Found[] {
  return (['zh', 'en'] as const).flatMap((language): Found[] => {
    const [earlier, later] = [before?.[language] ?? '', after?.[language] ?? '']
    if (earlier === later) return []
    return [{ field, which, change: { kind: 'text', language, pieces: diffTexts(earlier, later) } }]
  })
}

type Json = unknown

/** Differences of two specifications, each at the place where they begin to differ. */
function data(field: DifferenceField, before: Json, after: Json, place = ''): Found[] {
  if (isSame(before, after)) return []
  if (isObject(before) && isObject(after))
    return unique([...Object.keys(after), ...Object.keys(before)]).flatMap((name) =>
      data(field, before[name], after[name], place ? `${place}.${name}` : name),
    )
  const said = (json: Json) => (json === undefined || json === null ? null : same(JSON.stringify(json)))
  return [
    { field, which: place || null, change: { kind: 'value', before: said(before), after: said(after) } },
  ]
}

function isObject(json: Json): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** Of JSON, whatever the order of its members. */
function isSame(one: Json, other: Json): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]))
  if (isObject(one) && isObject(other))
    return unique([...Object.keys(one), ...Object.keys(other)]).every((name) =>
      isSame(one[name], other[name]),
    )
  return one === other
}

function lettersOf({ options }: QuestionPart, ids: readonly string[]): string {
  return options.flatMap(({ id }, index) => (ids.includes(id) ? [optionLetter(index)] : [])).join(', ')
}

/** Options that both versions have, by the letters of the earlier one. */
function orderOf(before: QuestionPart, after: QuestionPart): Found[] {
  const earlier = before.options
    .map(({ id }) => id)
    .filter((id) => after.options.some((option) => option.id === id))
  const later = after.options.map(({ id }) => id).filter((id) => earlier.includes(id))
  const letters = (ids: readonly string[]) => same(ids.map((id) => lettersOf(before, [id])).join(', '))
  return isSame(earlier, later) ? [] : value('order', letters(earlier), letters(later))
}

/** Options that keep their place where options are shuffled. */
function pinsOf(before: QuestionPart, after: QuestionPart): Found[] {
  const pinned = ({ options }: QuestionPart) => options.flatMap(({ id, pinned }) => (pinned ? [id] : []))
  const letters = (part: QuestionPart) =>
    pinned(part).length > 0 ? same(lettersOf(part, pinned(part))) : null
  const isAsBefore = isSame(pinned(before).sort(), pinned(after).sort())
  return isAsBefore ? [] : value('pinned', letters(before), letters(after))
}

function wordSelection(selection: Selection): Bilingual {
  switch (selection.kind) {
    case 'one':
      return { zh: '選一個', en: 'choose one' }
    case 'count':
      return { zh: `選 ${selection.count} 個`, en: `choose ${selection.count}` }
    case 'any':
      return { zh: '可複選', en: 'choose any' }
  }
}

function wordRule(rule: Rule, part: QuestionPart): Bilingual {
  const { zh, en } = ruleWording[rule.name]
  if (rule.name !== 'weighted') return { zh, en }
  const weights = part.options
    .flatMap(({ id }, index) =>
      rule.fractions[id] ? [`${optionLetter(index)} ${rule.fractions[id] / 10} %`] : [],
    )
    .join(', ')
  return { zh: `${zh}（${weights}）`, en: `${en} (${weights})` }
}
