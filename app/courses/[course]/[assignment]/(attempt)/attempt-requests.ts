import type { Choice, Halt, SaveResponse } from '@/lib/attempts/answer-saving'
import type { SavedAnswer } from '@/lib/attempts/view'

const PATIENCE = 15_000

/** @returns the server's word, or why there is none. Never throws. */
export async function sendAnswer(
  attemptId: string,
  partId: string,
  choice: Choice,
): Promise<SaveResponse | 'network' | Halt> {
  const response = await put(`/api/attempts/${attemptId}/answers/${partId}`, choice)
  if (!response || response.status >= 500 || response.status === 429) return 'network'
  if (response.status === 401) return 'signed-out'
  if (response.status === 409) return 'closed'
  if (!response.ok) return 'refused'
  try {
    return (await response.json()) as SaveResponse
  } catch {
    return 'network'
  }
}

/** @returns whether it needs no further try: stored, or refused for good. */
export async function sendFlag(attemptId: string, questionId: string, flagged: boolean): Promise<boolean> {
  const response = await put(`/api/attempts/${attemptId}/flags/${questionId}`, { flagged })
  return response !== null && response.status < 500 && response.status !== 429
}

/** @returns what the server holds now; null when it cannot be asked. */
export async function fetchAnswers(
  attemptId: string,
): Promise<{ readonly [partId: string]: SavedAnswer } | null> {
  try {
    const response = await fetch(`/api/attempts/${attemptId}/answers`, {
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (!response.ok) return null
    return ((await response.json()) as { answers: { [partId: string]: SavedAnswer } }).answers
  } catch {
    return null
  }
}

async function put(address: string, body: unknown): Promise<Response | null> {
  try {
    return await fetch(address, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // Lets a save finish when the student leaves the page right after choosing.
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE),
    })
  } catch {
    return null
  }
}
