import { createHash } from 'node:crypto'

/**
 * Which version of a question an attempt gets, of the question's own and its variants: a pure function of the attempt's seed.
 * Each version gets a ticket, the SHA-256 of seed and version, and the smallest is dealt; all are equally likely, whatever the
 * attempt gets of other questions. A ticket depends on nothing else, so that another variant takes an equal share from each
 * and moves nothing between the others. `dealtVersionOf` in `data.ts` beside it says the same in SQL.
 *
 * @param seed of the attempt
 * @param versionIds in any order; at least one
 */
export function dealtVersion(seed: number, versionIds: readonly string[]): string {
  const ticketOf = (id: string) => createHash('sha256').update(`${seed} ${id}`).digest('hex')
  return versionIds.reduce((least, id) => (ticketOf(id) < ticketOf(least) ? id : least))
}
