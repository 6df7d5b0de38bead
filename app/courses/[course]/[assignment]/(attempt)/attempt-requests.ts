import { PATIENCE, pauseAskedBy, put } from '@/app/offline/delivery'
import type { Halt } from '@/lib/attempts/answer-saving'
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

/**
 * @param owner whose attempt it is
 * @returns what the server holds now; else why it does not say. Never throws.
 */
export async function fetchAnswers(
  attemptId: string,
  owner: string,
): Promise<{ readonly [partId: string]: SavedAnswer } | 'network' | Exclude<Halt, 'closed'>> {
  try {
    const response = await ask(`/api/attempts/${attemptId}/answers`)
    if (response.status === 401) return 'signed-out'
    if (response.status === 403) return 'other-person'
    // Another's attempt cannot be told from one that does not exist: who is signed in tells.
    if (response.status === 404) return (await isSignedIn(owner)) ? 'lost-attempt' : 'other-person'
    if (!response.ok) return 'network'
    return ((await response.json()) as { answers: { [partId: string]: SavedAnswer } }).answers
  } catch {
    return 'network'
  }
}

async function isSignedIn(userId: string): Promise<boolean> {
  const response = await ask('/api/auth/session')
  if (!response.ok) throw new Error(String(response.status))
  return ((await response.json()) as { user?: { id?: string } }).user?.id === userId
}

function ask(address: string): Promise<Response> {
  return fetch(address, { signal: AbortSignal.timeout(PATIENCE) })
}
