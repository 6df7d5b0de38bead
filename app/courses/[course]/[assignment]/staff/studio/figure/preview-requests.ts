import type { Bilingual } from '@/lib/explainers/bilingual'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import type { Preview } from '@/lib/figure-previews/view'

export type Asked =
  | ({ readonly outcome: 'asked' } & Preview)
  | { readonly outcome: 'refused'; readonly message: Bilingual }
  | { readonly outcome: 'unreachable' }

/** Asks for a figure's preview. */
export async function askForPreview(courseSlug: string, spec: FigureSpec): Promise<Asked> {
  try {
    const response = await fetch(addressOf(courseSlug), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ spec }),
      signal: AbortSignal.timeout(60_000),
    })
    const body = await response.json()
    if (response.ok) return { outcome: 'asked', ...(body as Preview) }
    const { reason, message } = body as { reason?: Bilingual; message: Bilingual }
    return { outcome: 'refused', message: reason ?? message }
  } catch {
    return { outcome: 'unreachable' }
  }
}

/** Cancels it. What cannot be cancelled now is computed to its end, which does no harm. */
export async function withdrawPreview(courseSlug: string, requestId: string): Promise<void> {
  await fetch(`${addressOf(courseSlug)}/${requestId}`, {
    method: 'DELETE',
    signal: AbortSignal.timeout(15_000),
  }).catch(() => {})
}

const addressOf = (courseSlug: string) => `/api/courses/${encodeURIComponent(courseSlug)}/figure-previews`
