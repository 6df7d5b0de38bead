/**
 * Marks that no server has acknowledged yet, in local storage: they survive reloads, crashes and sign-outs as choices do.
 * They carry no revision: the last one set wins.
 */
const prefix = 'vitrine:flag:'

const keyOf = (attemptId: string, questionId: string) => `${prefix}${attemptId}:${questionId}`

/** A browser that keeps nothing loses a mark at a reload, and no answer. */
export function noteFlag(attemptId: string, questionId: string, flagged: boolean): void {
  try {
    localStorage.setItem(keyOf(attemptId, questionId), JSON.stringify(flagged))
  } catch {
    // Private windows and full disks may refuse.
  }
}

/** The server holds this mark: its note goes, unless another has taken its place. */
export function removeFlagNote(attemptId: string, questionId: string, flagged: boolean): void {
  try {
    const key = keyOf(attemptId, questionId)
    if (localStorage.getItem(key) === JSON.stringify(flagged)) localStorage.removeItem(key)
  } catch {
    // Nothing could have been noted either.
  }
}

/** @returns the attempt's marks by question id; what is no mark is left out. */
export function readFlagNotes(attemptId: string): ReadonlyMap<string, boolean> {
  const own = keyOf(attemptId, '')
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(own))
    const notes = keys.map((key) => [key.slice(own.length), localStorage.getItem(key)] as const)
    return new Map(notes.flatMap(([id, text]) => (isMark(text) ? [[id, text === 'true']] : [])))
  } catch {
    return new Map() // local storage is switched off
  }
}

function isMark(text: string | null): text is 'true' | 'false' {
  return text === 'true' || text === 'false'
}
