/**
 * What moment a replica shows. The primary's position in its log is noted with the time at which it was asked for: whoever
 * has replayed so far has everything that was committed before. Clocks are not compared, only this process's is read.
 */
export class ReplayTimes {
  /** By time, positions growing. */
  #noted: { readonly position: bigint; readonly at: number }[] = []

  /** @param keepMs how long a moment is of interest */
  constructor(private readonly keepMs: number) {}

  /** @param at milliseconds, not before those noted already */
  note(position: bigint, at: number): void {
    const since = at - this.keepMs
    this.#noted = this.#noted.filter((noted) => noted.at >= since && noted.position <= position)
    this.#noted.push({ position, at })
  }

  /** @returns the latest moment all of whose commits are within what was replayed; undefined: too long ago. */
  momentOf(replayed: bigint): number | undefined {
    return this.#noted.findLast(({ position }) => position <= replayed)?.at
  }
}
