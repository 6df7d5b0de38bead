import { PATIENCE, put } from '@/app/offline/delivery'
import type { SavedAnswer } from '@/lib/attempts/view'

/** @returns whether it needs no further try: stored, or refused for good. */
export async function sendFlag(attemptId: string, questionId: string, flagged: boolean): Promise<boolean> {
  const response = await put(`/api/attempts/${attemptId}/flags/${questionId}`, { flagged })
  return response !== null && response.status < 500 && response.status !== 429
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
