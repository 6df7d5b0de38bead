import type { Bilingual } from '@/lib/explainers/bilingual'
import { type AnswerSaving, type Halt, unsentParts } from './answer-saving'

/** The one line that the page shows about saving. */
export type SaveSummary =
  | { readonly kind: 'nothing' | 'saving' | 'overtaken' }
  | { readonly kind: 'saved'; readonly savedAt: string }
  /** `busy`: the server is there and asked to wait. */
  | { readonly kind: 'waiting' | 'busy' | Exclude<Halt, 'closed'>; readonly unsent: number }
  | { readonly kind: 'closed' | 'refused'; readonly unsent: number; readonly why: Bilingual | null }
  | { readonly kind: 'resent'; readonly count: number }

/** @param online what the browser says; it may be wrong, so failed sends count too. */
export function summarize(state: AnswerSaving, online: boolean): SaveSummary {
  const unsent = unsentParts(state).length
  if (state.halt === 'closed') return { kind: 'closed', unsent, why: state.closedBecause }
  if (state.halt) return { kind: state.halt, unsent }
  const refusals = Object.values(state.refused)
  if (refusals.length > 0) return { kind: 'refused', unsent: refusals.length, why: refusals[0]! }
  if (unsent > 0) {
    if (online && state.askedPause > 0) return { kind: 'busy', unsent }
    return !online || state.failures > 0 ? { kind: 'waiting', unsent } : { kind: 'saving' }
  }
  if (state.overtaken.length > 0) return { kind: 'overtaken' }
  if (state.resent.length > 0) return { kind: 'resent', count: state.resent.length }
  return state.savedAt ? { kind: 'saved', savedAt: state.savedAt } : { kind: 'nothing' }
}
