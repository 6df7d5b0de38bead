import type { Choice, Halt, SaveResponse } from '@/lib/attempts/answer-saving'
import { askedPause } from '@/lib/attempts/retry-pause'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { acknowledge, readAcknowledged } from './storage'

/** Milliseconds until a request counts as lost. */
export const PATIENCE = 15_000

/** What became of a choice that was sent. Only `answered` ends the waiting for it. */
export type Delivery =
  | { readonly kind: 'answered'; readonly response: SaveResponse }
  | { readonly kind: 'network' }
  /** The server asks for a pause, in milliseconds. */
  | { readonly kind: 'busy'; readonly pause: number }
  | { readonly kind: 'refused' | Halt; readonly why: Bilingual | null }

interface Address {
  readonly attemptId: string
  readonly partId: string
}

/** Sends a choice at once. Never throws; a repeated or late one does no harm, because revisions decide. */
export async function deliver({ attemptId, partId }: Address, choice: Choice): Promise<Delivery> {
  const { optionIds, revision, clientId } = choice
  const response = await put(`/api/attempts/${attemptId}/answers/${partId}`, {
    optionIds,
    revision,
    clientId,
  })
  const delivery = response ? await understand(response) : ({ kind: 'network' } as const)
  if (delivery.kind === 'answered') {
    const { savedAt } = delivery.response
    // Where the browser keeps nothing there is nothing to take out of the outbox either.
    if (savedAt) await acknowledge(attemptId, partId, { ...delivery.response, savedAt }).catch(() => {})
  }
  return delivery
}

/**
 * Sends a choice that has waited, one sender at a time: tabs and the service worker all find it in the outbox when the
 * network returns. Who comes second finds the acknowledgement and sends nothing.
 */
export async function deliverOnce(address: Address, choice: Choice): Promise<Delivery> {
  const send = async () => (await findAcknowledgement(address, choice)) ?? deliver(address, choice)
  if (!navigator.locks) return send()
  return navigator.locks.request(`vitrine:send:${address.attemptId}:${address.partId}`, send)
}

async function findAcknowledgement(
  { attemptId, partId }: Address,
  choice: Choice,
): Promise<Delivery | undefined> {
  const answer = (await readAcknowledged(attemptId).catch(() => null))?.[partId]
  if (!answer || answer.revision < choice.revision) return undefined
  const same = answer.revision === choice.revision && answer.optionIds.join() === choice.optionIds.join()
  return { kind: 'answered', response: { status: same ? 'unchanged' : 'superseded', ...answer } }
}

async function understand(response: Response): Promise<Delivery> {
  const { status } = response
  if (status >= 500 || status === 429 || status === 408) {
    const pause = pauseAskedBy(response)
    return pause > 0 ? { kind: 'busy', pause } : { kind: 'network' }
  }
  try {
    const body: unknown = await response.json()
    if (response.ok) return { kind: 'answered', response: body as SaveResponse }
    const { code, message } = body as { code?: string; message?: Bilingual }
    const why = message ?? null
    if (status === 401) return { kind: 'signed-out', why }
    // The page was drawn for the attempt's own student: who may not find it now, or may not answer, is somebody else.
    if (code === 'not-found' || code === 'forbidden') return { kind: 'other-person', why }
    return { kind: status === 409 ? 'closed' : 'refused', why }
  } catch {
    // Not our server's words: a proxy or a hotel's sign-in page stands between.
    return { kind: 'network' }
  }
}

/** @returns milliseconds; 0: this answer asks for none. */
export function pauseAskedBy({ status, headers }: Response): number {
  return status === 429 || status === 503 ? askedPause(headers.get('retry-after'), Date.now()) : 0
}

/** @returns null when there was no answer. */
export async function put(address: string, body: unknown): Promise<Response | null> {
  try {
    return await fetch(address, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // Lets a save finish when the student leaves the page right after choosing.
      keepalive: true,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    })
  } catch {
    return null
  }
}
