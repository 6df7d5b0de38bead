import type { FigureSpec } from '@/lib/explainers/figures/spec'
import type { Draft, DraftSave, StoredDraft } from '@/lib/studio/schema'
import type { OfferedQuestion } from './use-in-question'

/**
 * Puts a figure into a question's draft, which begins as the latest version where there is none.
 * @returns `conflict` when somebody else saved the draft meanwhile: nothing is stored then.
 */
export async function keepInDraft(
  { questionId, version }: OfferedQuestion,
  figureSpec: FigureSpec,
): Promise<'kept' | 'conflict' | 'failed'> {
  const address = `/api/questions/${questionId}`
  try {
    const { stored } = await readJson<{ stored: StoredDraft | null }>(`${address}/draft`)
    const start = stored?.draft
      ? { draft: stored.draft, basedOn: stored.basedOn }
      : {
          draft: (await readJson<{ draft: Draft }>(`${address}/versions/${version}`)).draft,
          basedOn: version ?? 0,
        }
    const save: DraftSave = {
      revision: stored?.revision ?? 0,
      basedOn: start.basedOn,
      draft: { ...start.draft, figureSpec },
    }
    const { ok, status } = await fetch(`${address}/draft`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(save),
      signal: AbortSignal.timeout(30_000),
    })
    if (ok) return 'kept'
    return status === 409 ? 'conflict' : 'failed'
  } catch {
    return 'failed'
  }
}

async function readJson<Body>(address: string): Promise<Body> {
  const response = await fetch(address, { signal: AbortSignal.timeout(15_000) })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return (await response.json()) as Body
}
