/** One piece of evidence of a figure that is being computed. */
export interface Outlook {
  /** Seconds since the current piece began, and since its current step began. */
  readonly elapsed: number
  readonly stepElapsed: number
  /** Of the current step. */
  readonly done: number
  readonly total: number
  /** Mean seconds of earlier evidence by the same method; null: there was none. */
  readonly expected: number | null
  /** The same for each piece that is still to come. */
  readonly rest: readonly (number | null)[]
}

/** A step is judged by its own speed only after this many seconds and this share of it. */
const settled = { seconds: 1, share: 0.05 }

/**
 * @returns whole seconds that the figure still needs, at least 1; null where nothing is known to judge by. A
 * number is only given when every piece has one: half an estimate would be a promise.
 */
export function estimateSecondsLeft({
  elapsed,
  stepElapsed,
  done,
  total,
  expected,
  rest,
}: Outlook): number | null {
  const share = total > 0 ? done / total : 0
  const isSettled = stepElapsed >= settled.seconds && share >= settled.share
  const bySpeed = isSettled ? (stepElapsed * (1 - share)) / share : null
  const current = bySpeed ?? (expected === null ? null : Math.max(0, expected - elapsed))
  const known = rest.filter((seconds) => seconds !== null)
  if (current === null || known.length < rest.length) return null
  return Math.max(1, Math.ceil(known.reduce((sum, seconds) => sum + seconds, current)))
}
