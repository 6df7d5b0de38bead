/** Drafts of questions that the server has not acknowledged, in this browser's local storage. They hold keys. */

const prefix = 'vitrine-draft:'

export const keptDraftName = (userId: string, questionId: string) => `${prefix}${userId}:${questionId}`

function names(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix))
  } catch {
    return [] // storage is forbidden, and nothing was kept
  }
}

/** @returns how many, whosever they are. */
export function countKeptDrafts(): number {
  return names().length
}

/** For whoever leaves the device: the next person must not find a key there. */
export function forgetKeptDrafts(): void {
  for (const name of names()) localStorage.removeItem(name)
}
