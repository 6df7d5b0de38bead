/** Which of several attempts counts. */

export type AttemptKeep = 'HIGHEST' | 'LATEST' | 'FIRST'

/**
 * @param attempts submitted ones, with points after late credit
 * @returns the one that counts; of equally good ones the earliest; null: none is submitted.
 */
export function countingAttempt<Attempt extends { readonly number: number; readonly points: number }>(
  attempts: readonly Attempt[],
  keep: AttemptKeep,
): Attempt | null {
  const ordered = [...attempts].sort((a, b) => a.number - b.number)
  if (keep === 'LATEST') return ordered.at(-1) ?? null
  if (keep === 'FIRST') return ordered[0] ?? null
  return ordered.reduce<Attempt | null>(
    (best, next) => (best && best.points >= next.points ? best : next),
    null,
  )
}
