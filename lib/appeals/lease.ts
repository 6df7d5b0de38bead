/** For how long whoever takes a question has it to himself. */
export const leaseMinutes = 30

/** Questions that a student may ask about one part of an attempt, withdrawn ones included. */
export const mostAppeals = 5

/** The longest text of a question or an answer, in characters. */
export const longestText = 2000

export type AppealState = 'open' | 'claimed' | 'answered' | 'withdrawn'

interface AppealRow {
  readonly status: 'OPEN' | 'ANSWERED' | 'WITHDRAWN'
  readonly claimedUntil: Date | null
}

/** @param now server time. A claim that has expired leaves the question open to everybody. */
export function appealState({ status, claimedUntil }: AppealRow, now: Date): AppealState {
  if (status !== 'OPEN') return status === 'ANSWERED' ? 'answered' : 'withdrawn'
  return claimedUntil !== null && claimedUntil > now ? 'claimed' : 'open'
}

/** @returns when a claim that is made or renewed now expires. */
export function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + leaseMinutes * 60_000)
}

/**
 * Whether a student may ask now.
 * @param until when asking ends for everybody; null: never
 */
export function isAskingOpen(isScoreReleased: boolean, until: Date | null, now: Date): boolean {
  return isScoreReleased && (until === null || now < until)
}
