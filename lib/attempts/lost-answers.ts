import type { SavedAnswer } from './view'

export type Answers = { readonly [partId: string]: SavedAnswer }

/** Where the server holds less than it had acknowledged; answers as they were acknowledged. */
export interface Discrepancy {
  /** It has an older answer, or none. */
  readonly lost: Answers
  /** It has another answer with no larger revision, given later: the student has chosen anew since the loss. */
  readonly replaced: Answers
}

/**
 * Compares what a server had acknowledged with what it holds now. Revisions only grow, so that a smaller one means that
 * the server went back in time: it was restored from an older copy.
 * @param acknowledged known before `held` was asked for; else a save between the two would look like a loss
 */
export function compareWithServer(acknowledged: Answers, held: Answers): Discrepancy {
  const lost: { [partId: string]: SavedAnswer } = {}
  const replaced: { [partId: string]: SavedAnswer } = {}
  for (const [partId, known] of Object.entries(acknowledged)) {
    const now = held[partId]
    const ahead = (now?.revision ?? 0) - known.revision
    if (ahead > 0 || (now && ahead === 0 && sameOptions(now.optionIds, known.optionIds))) continue
    const isLater = now && (ahead === 0 || Date.parse(now.savedAt) > Date.parse(known.savedAt))
    if (isLater) replaced[partId] = known
    else lost[partId] = known
  }
  return { lost, replaced }
}

/** Whether two choices are the same; the order in which options were pressed changes nothing. */
export function sameOptions(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id))
}

export function hasDiscrepancy({ lost, replaced }: Discrepancy): boolean {
  return Object.keys(lost).length + Object.keys(replaced).length > 0
}
