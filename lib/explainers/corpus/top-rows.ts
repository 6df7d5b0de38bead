import type { Match } from './corpus-index'

/** Keeps the best `capacity` of many scores. */
export class TopRows {
  /** Best first. */
  readonly #best: Match[] = []

  constructor(private readonly capacity: number) {}

  /** @param scores of the rows first, first+1, …; rows must come in rising order. */
  add(first: number, scores: Float32Array): void {
    let worst = this.#worst()
    for (let i = 0; i < scores.length; i++) {
      const similarity = scores[i]!
      if (similarity <= worst) continue
      this.#insert({ row: first + i, similarity })
      worst = this.#worst()
    }
  }

  sorted(): Match[] {
    return [...this.#best]
  }

  #worst(): number {
    return this.#best.length < this.capacity ? Number.NEGATIVE_INFINITY : this.#best.at(-1)!.similarity
  }

  /** After its equals, so that the earlier row stays in front. */
  #insert(match: Match): void {
    let [low, high] = [0, this.#best.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#best[middle]!.similarity >= match.similarity) low = middle + 1
      else high = middle
    }
    this.#best.splice(low, 0, match)
    if (this.#best.length > this.capacity) this.#best.pop()
  }
}
