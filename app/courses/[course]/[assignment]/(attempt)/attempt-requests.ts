import { PATIENCE, pauseAskedBy, put } from '@/app/offline/delivery'
import type { SavedAnswer } from '@/lib/attempts/view'

/** `not-mine`: nobody, or somebody else, is signed in; it waits for its student. `done`: stored, or refused for good. */
type FlagDelivery =
  | { readonly kind: 'done' | 'network' | 'not-mine' }
  | { readonly kind: 'busy'; readonly pause: number }

/** Never throws. */
export async function sendFlag(
  attemptId: string,
  questionId: string,
  flagged: boolean,
): Promise<FlagDelivery> {
  const response = await put(`/api/attempts/${attemptId}/flags/${questionId}`, { flagged })
  if (!response) return { kind: 'network' }
  const pause = pauseAskedBy(response)
  if (pause > 0) return { kind: 'busy', pause }
  if (response.status >= 500 || response.status === 429) return { kind: 'network' }
  return { kind: [401, 403, 404].includes(response.status) ? 'not-mine' : 'done' }
}

/** @returns what the server holds now; else why it does not say. Never throws. */
export async function fetchAnswers(
  attemptId: string,
): Promise<{ readonly [partId: string]: SavedAnswer } | 'network' | 'signed-out' | 'other-person'> {
  try {
    const response = await fetch(`/api/attempts/${attemptId}/answers`, {
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (response.status === 401) return 'signed-out'
    if (response.status === 404 || response.status === 403) return 'other-person'
    if (!response.ok) return 'network'
    return ((await response.json()) as { answers: { [partId: string]: SavedAnswer } }).answers
  } catch {
    return 'network'
  }
}
