/** When a student may see a score or a key. The one place where this is decided. */

export type ReleaseSetting = 'NEVER' | 'ON_SUBMIT' | 'AT_DATE'

export interface ReleaseSettings {
  readonly scoreRelease: ReleaseSetting
  readonly scoreReleaseAt: Date | null
  readonly keyRelease: ReleaseSetting
  readonly keyReleaseAt: Date | null
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
 * @param submittedAt null for an attempt that is still open: nothing is released for it, whatever the date.
 * @param now server time.
 */
export function released(settings: ReleaseSettings, submittedAt: Date | null, now: Date): Released {
  const scoreAt = releaseTime(settings.scoreRelease, settings.scoreReleaseAt, submittedAt)
  const keyAlone = releaseTime(settings.keyRelease, settings.keyReleaseAt, submittedAt)
  const keyAt = scoreAt && keyAlone && new Date(Math.max(scoreAt.getTime(), keyAlone.getTime()))
  const passed = (time: Date | null) => submittedAt !== null && time !== null && time <= now
  return { score: passed(scoreAt), key: passed(keyAt), scoreAt, keyAt }
}

/** @returns the moment from which it is released; for a date that has passed, not before the submission. */
function releaseTime(setting: ReleaseSetting, date: Date | null, submittedAt: Date | null): Date | null {
  switch (setting) {
    case 'NEVER':
      return null
    case 'ON_SUBMIT':
      return submittedAt
    case 'AT_DATE':
      return date && submittedAt && submittedAt > date ? submittedAt : date
  }
}
