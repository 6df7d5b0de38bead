/** How the chosen options of one part compare with its key; everything a scoring rule needs to know. */
export interface Decisions {
  /** t: correct options that were chosen. */
  readonly right: number
  /** w: other options that were chosen. */
  readonly wrong: number
  /** m: correct options that were not chosen. */
  readonly missed: number
  /** c: correct options. */
  readonly correct: number
  /** n: options offered. */
  readonly offered: number
}

/**
 * @param offered ids of the part's options
 * @param correct ids of the options in the key
 * @param chosen ids of the options that the student chose, in any order
 * @throws RangeError when `chosen` or `correct` names an option twice or one that is not offered. Such an answer is
 * never scored as if the stray id were absent: it means that the answer belongs to another question or version.
 */
export function countDecisions(
  offered: readonly string[],
  correct: readonly string[],
  chosen: readonly string[],
): Decisions {
  const known = asSet('options', offered)
  const key = asSet('key', correct)
  const choice = asSet('answer', chosen)
  for (const id of key) if (!known.has(id)) throw new RangeError(unknownOption('key', id, offered))
  for (const id of choice) if (!known.has(id)) throw new RangeError(unknownOption('answer', id, offered))
  let right = 0
  for (const id of choice) if (key.has(id)) right += 1
  return {
    right,
    wrong: choice.size - right,
    missed: key.size - right,
    correct: key.size,
    offered: known.size,
  }
}

function asSet(what: string, ids: readonly string[]): Set<string> {
  const set = new Set<string>()
  for (const id of ids) {
    if (set.has(id)) throw new RangeError(`${what}: option "${id}" is named twice; each may be named once`)
    set.add(id)
  }
  return set
}

function unknownOption(what: string, id: string, offered: readonly string[]): string {
  return `${what}: there is no option "${id}"; allowed are ${offered.join(', ')}`
}
