import type { Choice } from '@/lib/attempts/answer-saving'
import { isReplacedBy, type KnownAttempt } from '@/lib/attempts/lost-attempt'
import { readAcknowledged, readAttempts, readOutbox } from './storage'

/** An attempt that a server has lost, with what this device kept of its answers: the newest of each part. */
export interface KeptAttempt {
  readonly known: KnownAttempt
  readonly answers: { readonly [partId: string]: Pick<Choice, 'optionIds' | 'revision'> }
}

/**
 * @param current the student's attempt now
 * @returns the attempt in whose place it is and of which answers are kept here; null: none.
 * @throws when the browser does not open its database
 */
export async function findLostAttempt(current: KnownAttempt): Promise<KeptAttempt | null> {
  for (const known of await readAttempts()) {
    if (!isReplacedBy(known, current)) continue
    const [acknowledged, waiting] = await Promise.all([
      readAcknowledged(known.attemptId),
      readOutbox(known.attemptId),
    ])
    // What waits is newer than what was acknowledged, or it would not wait.
    const answers = { ...acknowledged, ...waiting }
    if (Object.values(answers).some(({ optionIds }) => optionIds.length > 0)) return { known, answers }
  }
  return null
}
