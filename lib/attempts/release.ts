/** When a student may see a score or a key. The one place where this is decided. */

export type ReleaseSetting = 'NEVER' | 'ON_SUBMIT' | 'AT_DATE' | 'WHEN_ALL_DONE'

export interface ReleaseSettings {
  readonly scoreRelease: ReleaseSetting
  readonly scoreReleaseAt: Date | null
  readonly keyRelease: ReleaseSetting
  readonly keyReleaseAt: Date | null
}

/** What the settings refer to besides dates. */
export interface ReleaseMoments {
  /** null for an attempt that is still open: nothing is released for it, whatever the date. */
  readonly submittedAt: Date | null
  /** From when on this student has no attempt left to make; null: not known. */
  readonly studentFinishedAt: Date | null
  /** From when on nobody in the course has, extensions included; null: not known. */
  readonly everybodyFinishedAt: Date | null
}

export interface Released {
  readonly score: boolean
  /** Implies `score`: a key beside no score would be the score. */
  readonly key: boolean
  /** When the score is (or was) released; null: not known, or never. */
  readonly scoreAt: Date | null
  readonly keyAt: Date | null
}

/**
 * A key that is released on submission is withheld while the student has another attempt, which it would answer.
 * @param now server time.
 */
export function released(settings: ReleaseSettings, moments: ReleaseMoments, now: Date): Released {
  const { submittedAt, studentFinishedAt } = moments
  const scoreAt = releaseTime(settings.scoreRelease, settings.scoreReleaseAt, moments)
  const keySet = releaseTime(settings.keyRelease, settings.keyReleaseAt, moments)
  const keyAlone =
    settings.keyRelease === 'ON_SUBMIT'
      ? keySet && studentFinishedAt && later(keySet, studentFinishedAt)
      : keySet
  const keyAt = scoreAt && keyAlone && later(scoreAt, keyAlone)
  const passed = (time: Date | null) => submittedAt !== null && time !== null && time <= now
  return { score: passed(scoreAt), key: passed(keyAt), scoreAt, keyAt }
}

/** @returns the moment from which it is released; for one that has passed, not before the submission. */
function releaseTime(
  setting: ReleaseSetting,
  date: Date | null,
  { submittedAt, everybodyFinishedAt }: ReleaseMoments,
): Date | null {
  switch (setting) {
    case 'NEVER':
      return null
    case 'ON_SUBMIT':
      return submittedAt
    case 'AT_DATE':
      return date && submittedAt ? later(date, submittedAt) : date
    case 'WHEN_ALL_DONE':
      return everybodyFinishedAt && submittedAt
        ? later(everybodyFinishedAt, submittedAt)
        : everybodyFinishedAt
  }
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other
}
