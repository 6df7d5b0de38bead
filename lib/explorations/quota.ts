import type { ExplorationKind } from '@/lib/explorations/schema'

/**
 * How much a person may compute. A sentence costs one run, a passage with its projections or ten sentences a few, the
 * index of a corpus many; runs come back one a second, up to 60. What is already computed costs nothing. (A leaky bucket, kept as the one moment at which it will be full
 * again: the generic cell rate algorithm of ATM Forum's Traffic Management Specification 4.0.)
 */
export const runsAtOnce = 60
export const secondsPerRun = 1

export const runCost: Readonly<Record<ExplorationKind, number>> = {
  attention: 1,
  'corpus-search': 1,
  'embedding-space': 3,
  'embedding-similarity': 3,
  'corpus-index': 20,
}

/**
 * @param spentUntil when all runs will have come back; null: they are all there
 * @returns the new moment, or how long to wait for enough runs, in whole seconds
 */
export function spendRuns(
  spentUntil: Date | null,
  cost: number,
  now: Date,
):
  | { readonly allowed: true; readonly spentUntil: Date }
  | { readonly allowed: false; readonly waitSeconds: number } {
  const from = Math.max(spentUntil?.getTime() ?? 0, now.getTime())
  const until = from + cost * secondsPerRun * 1000
  const beyond = until - now.getTime() - runsAtOnce * secondsPerRun * 1000
  if (beyond > 0) return { allowed: false, waitSeconds: Math.ceil(beyond / 1000) }
  return { allowed: true, spentUntil: new Date(until) }
}
