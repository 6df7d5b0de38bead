import type { SavedAnswer } from './view'

/**
 * What becomes of answers whose attempt a server does not have any more, because it was restored from a copy that is older
 * than the attempt. They stay on the device, and are offered to the attempt that the student starts in its place.
 */

/** An attempt as a device remembers it. */
export interface KnownAttempt {
  readonly attemptId: string
  /** Whose it is. */
  readonly owner: string
  readonly assignmentId: string
  readonly number: number
  /** The question version that each part belongs to, by part id. */
  readonly versions: { readonly [partId: string]: string }
}

/** Whether `current` has taken the place of `known`: of a student's attempts at an assignment, one has each number. */
export function isReplacedBy(known: KnownAttempt, current: KnownAttempt): boolean {
  return (
    known.attemptId !== current.attemptId &&
    known.owner === current.owner &&
    known.assignmentId === current.assignmentId &&
    known.number >= current.number
  )
}

/** Part ids, each in one of the three. */
export interface LostAnswerOffer {
  /** Of the same question version, and not answered in the new attempt: may be taken over. */
  readonly same: readonly string[]
  /** Answered in the new attempt: that answer stays. */
  readonly answeredAnew: readonly string[]
  /** The question has changed, or is gone. */
  readonly changed: readonly string[]
}

/**
 * Sorts the kept answers of a lost attempt by what can become of them in the new one. Cleared answers are none.
 * @param answered whether the new attempt has an answer to a part
 */
export function offerLostAnswers(
  kept: { readonly [partId: string]: Pick<SavedAnswer, 'optionIds'> },
  lost: KnownAttempt,
  current: KnownAttempt,
  answered: (partId: string) => boolean,
): LostAnswerOffer {
  const given = Object.keys(kept).filter((partId) => kept[partId]!.optionIds.length > 0)
  const isSame = (partId: string) =>
    lost.versions[partId] !== undefined && lost.versions[partId] === current.versions[partId]
  return {
    same: given.filter((partId) => isSame(partId) && !answered(partId)),
    answeredAnew: given.filter((partId) => isSame(partId) && answered(partId)),
    changed: given.filter((partId) => !isSame(partId)),
  }
}
