import type { KeptChoice } from './storage'

/**
 * Choices noted in local storage in the instant in which they are made: IndexedDB answers a little later, and a page that
 * is reloaded or crashes in between would lose them. A note goes when the outbox has the choice. Where the browser has no
 * IndexedDB the notes are all there is. (Earlier releases kept all waiting choices like this.)
 */
const prefix = 'vitrine:answer:'

const keyOf = ({ attemptId, partId }: KeptChoice) => `${prefix}${attemptId}:${partId}`

/** @returns whether the browser took the note; private windows and full disks may refuse. */
export function note(choice: KeptChoice): boolean {
  try {
    localStorage.setItem(keyOf(choice), JSON.stringify(choice))
    return true
  } catch {
    return false
  }
}

/** Removes the note of this choice, unless a newer one has taken its place. */
export function removeNote(choice: KeptChoice): void {
  try {
    const noted = readNote(keyOf(choice))
    if (noted === null || noted.revision <= choice.revision) localStorage.removeItem(keyOf(choice))
  } catch {
    // Nothing could have been noted either.
  }
}

/** @returns all notes, whosever they are; damaged ones are left out. */
export function readNotes(): readonly KeptChoice[] {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
    return keys.map(readNote).filter((choice) => choice !== null)
  } catch {
    return [] // local storage is switched off
  }
}

function readNote(key: string): KeptChoice | null {
  const [attemptId, partId] = key.slice(prefix.length).split(':')
  try {
    const noted: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    const choice = { chosenAt: new Date().toISOString(), ...(noted as object), attemptId, partId }
    return isKeptChoice(choice) ? choice : null
  } catch {
    return null
  }
}

/** Storage may hold what an earlier or later release, or a curious student, has put there. */
export function isKeptChoice(entry: unknown): entry is KeptChoice {
  const { attemptId, partId, optionIds, revision, clientId, chosenAt } = entry as Record<string, unknown>
  return (
    [attemptId, partId, clientId, chosenAt].every((text) => typeof text === 'string' && text !== '') &&
    Array.isArray(optionIds) &&
    optionIds.every((id) => typeof id === 'string') &&
    Number.isSafeInteger(revision)
  )
}
