import type { Bilingual } from '@/lib/explainers/bilingual'
import { type Answers, type Discrepancy, sameOptions } from './lost-answers'
import type { SavedAnswer } from './view'

/**
 * Saving answers as a state machine without time, network or storage, so that every race can be tested.
 *
 * Each part holds what the page shows and the newest revision that the server is known to hold. A part is
 * unsent while what it shows is newer than that. One save per part is under way at a time; a change made
 * meanwhile waits and goes next, so the latest choice wins and none overtakes another.
 */

/** One choice of options for a part, as it is sent. */
export interface Choice {
  readonly optionIds: readonly string[]
  readonly revision: number
  /** The browser tab that made it; a choice kept over a reload keeps its maker. */
  readonly clientId: string
}

export interface PartSaving {
  readonly shown: Choice
  /** Newest revision that the server is known to hold; 0: none. */
  readonly storedRevision: number
  readonly sending: Choice | null
}

/**
 * Why nothing is sent from this tab. `other-person`: somebody else has signed in on this device, and the server would
 * not take these answers from them. `lost-attempt`: the server does not have the attempt any more (`lost-attempt.ts`).
 */
export type Halt = 'closed' | 'signed-out' | 'other-person' | 'lost-attempt'

export interface AnswerSaving {
  readonly parts: { readonly [partId: string]: PartSaving }
  /** Consecutive failed sends, over all parts; any success sets it to 0. */
  readonly failures: number
  /** Milliseconds for which the server asked to be left alone; 0: it did not. Nothing is due until `endPause`. */
  readonly askedPause: number
  readonly halt: Halt | null
  /** The server's words for the closing; null where it said none. */
  readonly closedBecause: Bilingual | null
  /** Parts whose choice the server did not accept, with its words. Sent again once the student changes it. */
  readonly refused: { readonly [partId: string]: Bilingual | null }
  /** Parts whose choice here was replaced by a newer one from elsewhere. */
  readonly overtaken: readonly string[]
  /** Parts that the server had acknowledged and lost, and that this device gave it again. */
  readonly resent: readonly string[]
  /** ISO 8601, server time, of the latest save that this tab saw. */
  readonly savedAt: string | null
}

/** What the server says to one PUT of an answer. */
export interface SaveResponse {
  readonly status: 'stored' | 'unchanged' | 'superseded' | 'closed'
  readonly optionIds: readonly string[]
  readonly revision: number
  readonly savedAt: string | null
}

type Kept = { readonly [partId: string]: Choice }

const SERVER = 'server'

/**
 * @param partIds every part of the attempt
 * @param answers what the server holds
 * @param kept choices that an earlier load of the page could not send
 */
export function beginSaving(partIds: readonly string[], answers: Answers, kept: Kept): AnswerSaving {
  const parts: { [partId: string]: PartSaving } = {}
  for (const partId of partIds) {
    const answer = answers[partId]
    const storedRevision = answer?.revision ?? 0
    parts[partId] = { shown: storedChoice(answer), storedRevision, sending: null }
  }
  const savedAt = latest(Object.values(answers))
  const calm = { failures: 0, askedPause: 0, halt: null, closedBecause: null }
  return restore({ ...calm, parts, refused: {}, overtaken: [], resent: [], savedAt }, kept)
}

/**
 * Choices that the device kept are read while the page is in use already: one that is newer than the server's answer is
 * shown and due again, but what the student has chosen since is her latest word and goes above it.
 */
export function restore(state: AnswerSaving, kept: Kept): AnswerSaving {
  let next = state
  for (const [partId, choice] of Object.entries(kept)) {
    const part = next.parts[partId]
    if (!part) continue
    const { shown, storedRevision } = part
    if (isUnsent(part)) {
      const own = shown.clientId === choice.clientId && shown.revision >= choice.revision
      if (own || shown.revision > choice.revision) continue
      next = withPart(next, partId, { ...part, shown: { ...shown, revision: choice.revision + 1 } })
    } else if (choice.revision > storedRevision) {
      next = withPart(next, partId, { ...part, shown: choice })
    } else if (!sameOptions(choice.optionIds, shown.optionIds) && !next.overtaken.includes(partId)) {
      next = { ...next, overtaken: [...next.overtaken, partId] }
    }
  }
  return next
}

/** The student chooses. Choosing what is already shown changes nothing. */
export function choose(
  state: AnswerSaving,
  partId: string,
  optionIds: readonly string[],
  clientId: string,
): AnswerSaving {
  const part = partOf(state, partId)
  if (state.halt === 'closed' || sameOptions(part.shown.optionIds, optionIds)) return state
  const revision = Math.max(part.shown.revision, part.storedRevision) + 1
  return {
    ...withPart(state, partId, { ...part, shown: { optionIds, revision, clientId } }),
    overtaken: state.overtaken.filter((id) => id !== partId),
    refused: without(state.refused, partId),
  }
}

/** Parts with something newer than the server holds, in the order of the attempt. */
export function unsentParts(state: AnswerSaving): readonly string[] {
  return Object.keys(state.parts).filter((id) => isUnsent(partOf(state, id)))
}

/** What may be sent now: unsent, not refused as it is, and not under way already. */
export function dueParts(state: AnswerSaving): readonly string[] {
  if (state.halt || state.askedPause > 0) return []
  return unsentParts(state).filter((id) => partOf(state, id).sending === null && !(id in state.refused))
}

export function startSending(state: AnswerSaving, partId: string): AnswerSaving {
  const part = partOf(state, partId)
  return withPart(state, partId, { ...part, sending: part.shown })
}

/** The server answered the save that was under way for this part. */
export function settle(state: AnswerSaving, partId: string, response: SaveResponse): AnswerSaving {
  const part = partOf(state, partId)
  const idle = { ...withPart(state, partId, { ...part, sending: null }), failures: 0 }
  if (response.status === 'closed') return { ...idle, halt: 'closed' }
  const savedAt = later(state.savedAt, response.savedAt)
  const storedRevision = Math.max(part.storedRevision, response.revision)

  if (response.status === 'superseded') {
    const shown: Choice = {
      optionIds: response.optionIds,
      revision: response.revision,
      clientId: SERVER,
    }
    // A choice made while the losing one was on its way is still the student's latest word: it stays
    // and goes out above the revision that won.
    const changedMeanwhile = part.sending !== null && part.shown.revision > part.sending.revision
    if (changedMeanwhile) {
      const revision = Math.max(part.shown.revision, response.revision + 1)
      const again = { ...part.shown, revision }
      return { ...withPart(idle, partId, { shown: again, storedRevision, sending: null }), savedAt }
    }
    return {
      ...withPart(idle, partId, { shown, storedRevision, sending: null }),
      overtaken: sameOptions(part.shown.optionIds, shown.optionIds)
        ? state.overtaken
        : [...state.overtaken.filter((id) => id !== partId), partId],
      savedAt,
    }
  }
  return { ...withPart(idle, partId, { ...part, storedRevision, sending: null }), savedAt }
}

/** The save under way did not reach the server, or the server sent it away for a reason that is not the choice's. */
export function failSending(
  state: AnswerSaving,
  partId: string,
  reason: 'network' | Halt,
  why: Bilingual | null = null,
): AnswerSaving {
  const idle = withPart(state, partId, { ...partOf(state, partId), sending: null })
  if (reason === 'network') return { ...idle, failures: state.failures + 1 }
  if (state.halt === 'closed') return idle
  return { ...idle, failures: 0, halt: reason, closedBecause: reason === 'closed' ? why : null }
}

/**
 * The server is there and asks for a pause: nothing goes out before it has passed, new choices neither.
 * @param pause milliseconds, more than 0
 */
export function postpone(state: AnswerSaving, partId: string, pause: number): AnswerSaving {
  return { ...failSending(state, partId, 'network'), askedPause: Math.max(state.askedPause, pause) }
}

/** The pause that the server asked for has passed. */
export function endPause(state: AnswerSaving): AnswerSaving {
  return state.askedPause > 0 ? { ...state, askedPause: 0 } : state
}

/** The server did not accept the choice under way. A change made meanwhile goes next; else it waits for one. */
export function refuse(state: AnswerSaving, partId: string, why: Bilingual | null): AnswerSaving {
  const part = partOf(state, partId)
  const idle = { ...withPart(state, partId, { ...part, sending: null }), failures: 0 }
  const changedMeanwhile = part.sending !== null && part.shown.revision > part.sending.revision
  return changedMeanwhile ? idle : { ...idle, refused: { ...state.refused, [partId]: why } }
}

/** The student is signed in again, or the server has the attempt again: what had to wait for that is due. */
export function resume(state: AnswerSaving): AnswerSaving {
  return state.halt === null || state.halt === 'closed' ? state : { ...state, halt: null }
}

/** The server says that the attempt takes answers (again): what it refused because of the end is due. */
export function reopen(state: AnswerSaving): AnswerSaving {
  return state.halt === 'closed' ? { ...state, halt: null, closedBecause: null } : state
}

/**
 * The server was found to hold less than it had acknowledged (see `lost-answers.ts`). What it lost is due again as this
 * device knows it, and said to be; what it replaced is shown as it is there. A part saved since the comparison stays.
 * @param held everything that the server holds
 */
export function makeGood(
  state: AnswerSaving,
  { lost, replaced }: Discrepancy,
  held: Answers,
  clientId: string,
): AnswerSaving {
  let next = state
  for (const [partId, known] of Object.entries({ ...lost, ...replaced })) {
    const part = next.parts[partId]
    if (!part || part.storedRevision > known.revision) continue
    const storedRevision = held[partId]?.revision ?? 0
    if (isUnsent(part)) {
      // The student has chosen anew: that choice is above both, and goes out in any case.
      next = withPart(next, partId, { ...part, storedRevision })
      continue
    }
    const { optionIds, revision } = known
    const shown = partId in lost ? { optionIds, revision, clientId } : storedChoice(held[partId])
    next = withPart(next, partId, { ...part, shown, storedRevision })
    const told = partId in lost ? 'resent' : 'overtaken'
    const unnoticed = partId in replaced && sameOptions(part.shown.optionIds, shown.optionIds)
    if (!unnoticed) next = { ...next, [told]: [...next[told].filter((id) => id !== partId), partId] }
  }
  return next
}

/** The student has read that answers were sent again. */
export function noteResent(state: AnswerSaving): AnswerSaving {
  return { ...state, resent: [] }
}

/** Fresh answers from the server (another tab, a refreshed page): newer ones are shown, unsent ones stay. */
export function takeOver(state: AnswerSaving, answers: Answers): AnswerSaving {
  let next = state
  for (const [partId, answer] of Object.entries(answers)) {
    const part = next.parts[partId]
    if (!part || answer.revision <= part.storedRevision) continue
    // Another tab, or the service worker, has sent this very choice.
    const held =
      answer.revision === part.shown.revision && sameOptions(answer.optionIds, part.shown.optionIds)
    const shown: Choice = { optionIds: answer.optionIds, revision: answer.revision, clientId: SERVER }
    next =
      isUnsent(part) && !held
        ? withPart(next, partId, {
            ...part,
            storedRevision: Math.min(answer.revision, part.shown.revision - 1),
          })
        : withPart(next, partId, { ...part, shown, storedRevision: answer.revision })
    next = { ...next, savedAt: later(next.savedAt, answer.savedAt) }
  }
  return next
}

function isUnsent(part: PartSaving): boolean {
  return part.shown.revision > part.storedRevision
}

function storedChoice(answer: SavedAnswer | undefined): Choice {
  return { optionIds: answer?.optionIds ?? [], revision: answer?.revision ?? 0, clientId: SERVER }
}

function partOf(state: AnswerSaving, partId: string): PartSaving {
  const part = state.parts[partId]
  if (!part) throw new RangeError(`answer saving: no part "${partId}" in this attempt`)
  return part
}

function withPart(state: AnswerSaving, partId: string, part: PartSaving): AnswerSaving {
  return { ...state, parts: { ...state.parts, [partId]: part } }
}

function without<Value>(record: { readonly [key: string]: Value }, key: string) {
  if (!(key in record)) return record
  const { [key]: _, ...rest } = record
  return rest
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return Date.parse(a) >= Date.parse(b) ? a : b
}

function latest(answers: readonly SavedAnswer[]): string | null {
  return answers.reduce<string | null>((newest, answer) => later(newest, answer.savedAt), null)
}
