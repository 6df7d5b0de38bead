/** What can be undone and done again. */
export interface History<State> {
  readonly past: readonly State[]
  readonly present: State
  readonly future: readonly State[]
  /** What the last change was made to, and when: typing on in one field is one step. */
  readonly last: { readonly field: string; readonly at: number } | null
}

const mostSteps = 200
const sameStepMs = 1500

export function beginHistory<State>(present: State): History<State> {
  return { past: [], present, future: [], last: null }
}

/**
 * @param field that was typed into; a change of the same field within a second and a half belongs to the step before.
 * null: a step of its own.
 * @param at milliseconds
 */
export function change<State>(
  history: History<State>,
  present: State,
  field: string | null,
  at: number,
): History<State> {
  const { last, past } = history
  const goesOn = field !== null && last?.field === field && at - last.at < sameStepMs
  return {
    past: goesOn ? past : [...past, history.present].slice(-mostSteps),
    present,
    future: [],
    last: field === null ? null : { field, at },
  }
}

/** @returns itself where there is nothing to undo. */
export function undo<State>(history: History<State>): History<State> {
  const { past, present, future } = history
  if (past.length === 0) return history
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future], last: null }
}

/** @returns itself where there is nothing to do again. */
export function redo<State>({ past, present, future, last }: History<State>): History<State> {
  if (future.length === 0) return { past, present, future, last }
  return { past: [...past, present], present: future[0]!, future: future.slice(1), last: null }
}
