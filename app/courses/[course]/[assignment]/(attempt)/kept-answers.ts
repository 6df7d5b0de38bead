import type { Choice } from '@/lib/attempts/answer-saving'

/**
 * Choices that the server does not hold yet, kept in the browser so that a reload loses nothing. One entry for each
 * part, so that tabs of the same attempt never overwrite each other's.
 */

const prefixOf = (attemptId: string) => `vitrine:answer:${attemptId}:`

/** @returns whether the browser kept it; private windows and full disks may refuse. */
export function keep(attemptId: string, partId: string, choice: Choice): boolean {
  try {
    localStorage.setItem(prefixOf(attemptId) + partId, JSON.stringify(choice))
    return true
  } catch {
    return false
  }
}

export function dropKept(attemptId: string, partId: string): void {
  try {
    localStorage.removeItem(prefixOf(attemptId) + partId)
  } catch {
    // Nothing could have been kept either.
  }
}

/** @returns kept choices by part id; entries that are not ours or damaged are left out. */
export function readKept(attemptId: string): { [partId: string]: Choice } {
  const prefix = prefixOf(attemptId)
  const kept: { [partId: string]: Choice } = {}
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue
      const entry: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
      if (isChoice(entry)) kept[key.slice(prefix.length)] = entry
    }
  } catch {
    // Storage is switched off or an entry is not JSON: what was read so far stands.
  }
  return kept
}

function isChoice(entry: unknown): entry is Choice {
  const { optionIds, revision, clientId } = (entry ?? {}) as Record<string, unknown>
  return (
    Array.isArray(optionIds) &&
    optionIds.every((id) => typeof id === 'string') &&
    Number.isSafeInteger(revision) &&
    typeof clientId === 'string'
  )
}
