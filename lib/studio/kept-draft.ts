import { z } from 'zod'
import { isSameDraft } from '@/lib/studio/same-draft'
import { draftSchema, type StoredDraft } from '@/lib/studio/schema'

/** What a browser keeps of a draft until the server has acknowledged it. */
export const keptDraftSchema = z.object({
  /** That it was written on top of. */
  revision: z.int().min(0),
  basedOn: z.int().min(0),
  draft: draftSchema,
  /** An earlier state that was sent and never answered: it may have been stored. */
  sent: draftSchema.nullable(),
})

export type KeptDraft = z.infer<typeof keptDraftSchema>

/** What an editor that opens does about it. */
export type Reconciliation =
  | { readonly kind: 'nothing' }
  /** Go on with what was kept, on top of this revision. */
  | { readonly kind: 'go-on'; readonly revision: number }
  | { readonly kind: 'conflict' }

/** Compares what this browser kept of an earlier visit with what the server holds now. */
export function reconcile(kept: KeptDraft, stored: StoredDraft | null, userId: string): Reconciliation {
  const revision = stored?.revision ?? 0
  const draft = stored?.draft ?? null
  if (isSameDraft(kept.draft, draft)) return { kind: 'nothing' }
  const arrived =
    kept.sent !== null &&
    revision === kept.revision + 1 &&
    stored?.author.userId === userId &&
    isSameDraft(kept.sent, draft)
  if (kept.revision === revision || arrived) return { kind: 'go-on', revision }
  return { kind: 'conflict' }
}
