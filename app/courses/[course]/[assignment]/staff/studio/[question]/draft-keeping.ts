import { keptDraftName } from '@/app/offline/kept-drafts'
import { type KeptDraft, keptDraftSchema } from '@/lib/studio/kept-draft'

/** Keeps what the server has not acknowledged in this browser, for one person and question. */
export interface DraftKeeping {
  /** @returns whether the browser keeps it. */
  keep(draft: KeptDraft): boolean
  forget(): void
  read(): KeptDraft | null
}

export function keepingOf(userId: string, questionId: string): DraftKeeping {
  const name = keptDraftName(userId, questionId)
  return {
    keep(draft) {
      try {
        localStorage.setItem(name, JSON.stringify(draft))
        return true
      } catch {
        return false // storage is full or forbidden
      }
    },
    forget() {
      try {
        localStorage.removeItem(name)
      } catch {
        // Then nothing was kept either.
      }
    },
    read() {
      try {
        return keptDraftSchema.parse(JSON.parse(localStorage.getItem(name) ?? ''))
      } catch {
        return null // nothing, or of an earlier form
      }
    },
  }
}
