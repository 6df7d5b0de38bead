import { isSameDraft } from '@/lib/studio/same-draft'
import type { Draft } from '@/lib/studio/schema'

/** What is stored of a question's draft. */
export interface DraftRow {
  readonly revision: number
  readonly authorId: string
  /** null: published or discarded. */
  readonly draft: Draft | null
}

/** A save as it arrives: by whom, and on top of which revision. */
export interface ArrivingSave {
  readonly revision: number
  readonly authorId: string
  readonly draft: Draft
  readonly keepReplaced?: boolean | undefined
}

/** `unchanged`: this very save had arrived before. */
export type SaveDecision =
  | { readonly kind: 'store'; readonly revision: number; readonly setAside: boolean }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'conflict' }

/**
 * Whether a save of a draft is stored. Only what was written on top of the latest revision is; the first save by another
 * person sets aside what was there.
 */
export function decideSave(stored: DraftRow | null, save: ArrivingSave): SaveDecision {
  const latest = stored?.revision ?? 0
  if (save.revision === latest) {
    const replaced = stored?.draft ?? null
    const setAside =
      replaced !== null &&
      (stored?.authorId !== save.authorId || save.keepReplaced === true) &&
      !isSameDraft(replaced, save.draft)
    return { kind: 'store', revision: latest + 1, setAside }
  }
  const isReplay =
    save.revision === latest - 1 &&
    stored?.authorId === save.authorId &&
    isSameDraft(stored.draft, save.draft)
  return { kind: isReplay ? 'unchanged' : 'conflict' }
}
