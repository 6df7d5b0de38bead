import type { QuestionPart, Selection } from './content'

/** The largest number of options that may be chosen at once. */
export function maximumChoices(selection: Selection, offered: number): number {
  switch (selection.kind) {
    case 'one':
      return 1
    case 'count':
      return selection.count
    case 'any':
      return offered
  }
}

/** A part counts as answered when nothing more can be missing: one, the number asked for, or any. */
export function isAnswered(
  { selection }: Pick<QuestionPart, 'selection'>,
  chosen: readonly string[],
): boolean {
  return selection.kind === 'count' ? chosen.length === selection.count : chosen.length > 0
}

/**
 * Says what is wrong with an answer to a part, before it is stored or scored. Fewer options than asked for is not
 * wrong: the student may still be choosing.
 * @returns what is wrong and what is allowed; null when the answer can be taken
 */
export function findSelectionProblem(
  part: Pick<QuestionPart, 'selection' | 'options'>,
  chosen: readonly string[],
): string | null {
  const ids = part.options.map((option) => option.id)
  const unknown = chosen.find((id) => !ids.includes(id))
  if (unknown !== undefined) return `there is no option "${unknown}"; allowed are ${ids.join(', ')}`
  const twice = chosen.find((id, index) => chosen.indexOf(id) !== index)
  if (twice !== undefined) return `option "${twice}" is named twice; each may be named once`
  const maximum = maximumChoices(part.selection, ids.length)
  return chosen.length > maximum ? `${chosen.length} options are chosen; at most ${maximum} may be` : null
}
