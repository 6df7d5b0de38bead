import { isDeepStrictEqual } from 'node:util'
import type { KeyPoints, QuestionContent, QuestionKey, QuestionPart } from '@/lib/questions/content'
import { findKeyProblems } from '@/lib/questions/key-consistency'
import { changedTreatment, keyPointsWith, type TreatedPart } from '@/lib/regrading/policy'
import type { StoredChange } from '@/lib/regrading/schema'

/** One version of a key. */
export interface KeyVersion {
  readonly answerKeyId: string
  /** 1-based. */
  readonly version: number
  readonly key: QuestionKey
  readonly points: KeyPoints
  /** The regrade that made it. */
  readonly regradeId: string | null
}

/** A question version that a regrade touches, with its keys. */
export interface KeyedVersion {
  readonly questionVersionId: string
  readonly questionId: string
  /** Of its question in the assignment, 1-based. */
  readonly position: number
  /** 1-based. */
  readonly version: number
  /** Whether attempts that start now pin it. */
  readonly isLatest: boolean
  readonly content: QuestionContent
  /** The latest first; at least one. */
  readonly keys: readonly KeyVersion[]
}

/** The key that a regrade makes of a question version's latest one. */
export interface PlannedKey {
  readonly version: KeyedVersion
  readonly key: QuestionKey
  readonly points: KeyPoints
  readonly parts: readonly {
    readonly part: QuestionPart
    readonly policy: StoredChange['policy']
    readonly before: TreatedPart
    readonly after: TreatedPart
  }[]
}

export interface PlanProblem {
  /** Where in the draft: `changes.0.correct`. */
  readonly path: string
  readonly issue: string
}

export interface Plan {
  readonly keys: readonly PlannedKey[]
  readonly problems: readonly PlanProblem[]
}

/** The key that a question version had before the regrade that is taken back. */
export type KeyBefore = (questionVersionId: string) => KeyVersion | undefined

/**
 * What the draft makes of the keys as they are now.
 * @param versions all that the changes name and the assignment has
 * @param before for `restore`
 * @returns with problems, keys are not fit to be used
 */
export function planKeys(
  changes: readonly StoredChange[],
  versions: readonly KeyedVersion[],
  before: KeyBefore,
): Plan {
  const problems: PlanProblem[] = []
  const planned = new Map<string, PlannedKey>()
  for (const [index, change] of changes.entries())
    for (const id of change.questionVersionIds) {
      const version = versions.find(({ questionVersionId }) => questionVersionId === id)
      const part = version?.content.parts.find((one) => one.id === change.partId)
      if (!version || !part) {
        problems.push({ path: `changes.${index}.partId`, issue: 'unknown-part' })
        continue
      }
      const { key, points } = version.keys[0]!
      const known = planned.get(id) ?? { version, key, points, parts: [] }
      if (known.parts.some((one) => one.part.id === part.id)) {
        problems.push({ path: `changes.${index}.partId`, issue: 'changed-twice' })
        continue
      }
      const now = treatmentOf(part, version.keys[0]!)
      const after =
        change.policy === 'restore'
          ? treatmentOf(part, before(id) ?? version.keys[0]!)
          : changedTreatment(part, now, change)
      problems.push(
        ...problemsOf(part, now, after, change).map((issue) => ({ path: `changes.${index}`, issue })),
      )
      planned.set(id, {
        version,
        key: { ...known.key, [part.id]: after.key },
        points: keyPointsWith(known.points, part, after.points),
        parts: [...known.parts, { part, policy: change.policy, before: now, after }],
      })
    }
  return { keys: [...planned.values()], problems }
}

export function treatmentOf(
  part: QuestionPart,
  { key, points }: Pick<KeyVersion, 'key' | 'points'>,
): TreatedPart {
  return { key: key[part.id]!, points: points[part.id] ?? part.points }
}

function problemsOf(
  part: QuestionPart,
  now: TreatedPart,
  after: TreatedPart,
  change: StoredChange,
): string[] {
  if (change.policy === 'restore') return []
  const content = { label: part.label, topic: 'lime' as const, prompt: { zh: '-', en: '-' }, parts: [part] }
  const wrong = findKeyProblems(content, { [part.id]: after.key }).map(({ message }) => message)
  const comparesScores = change.policy === 'either' || change.policy === 'upwards'
  // Scores out of different points cannot be compared.
  if (comparesScores && now.points > 0 && after.points !== now.points) wrong.push('points-compared')
  if (isDeepStrictEqual(now, after)) wrong.push('nothing-changed')
  return wrong
}

/** @returns the regrade that changed the same part again after `regradeId` had: it has to be undone first; null: none did. */
export function findSuperseding(
  changes: readonly StoredChange[],
  versions: readonly KeyedVersion[],
  regradeId: string,
): string | null {
  for (const { questionVersionIds, partId } of changes)
    for (const id of questionVersionIds) {
      const version = versions.find(({ questionVersionId }) => questionVersionId === id)
      const part = version?.content.parts.find((one) => one.id === partId)
      const own = version?.keys.findIndex((key) => key.regradeId === regradeId) ?? -1
      if (!version || !part || own < 0) continue
      const treated = treatmentOf(part, version.keys[own]!)
      const later = version.keys
        .slice(0, own)
        .findLast((key) => !isDeepStrictEqual(treatmentOf(part, key), treated))
      if (later) return later.regradeId
    }
  return null
}
