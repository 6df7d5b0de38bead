import type { FigureProgress } from '@/lib/figures/progress'

/**
 * Writes progress at most twice a second, and never two writes at once: an explainer reports after every batch, a
 * download after every packet. What is not written is overtaken by what comes next.
 */
export class ProgressWriter<Progress = FigureProgress> {
  #lastAt = Number.NEGATIVE_INFINITY
  #writing: Promise<void> = Promise.resolve()
  #isWriting = false

  constructor(
    private readonly write: (progress: Progress) => Promise<void>,
    private readonly onError: (error: unknown) => void,
    private readonly clock: () => number = () => performance.now(),
    private readonly interval = 500,
  ) {}

  report(progress: Progress): void {
    const now = this.clock()
    if (this.#isWriting || now - this.#lastAt < this.interval) return
    this.#lastAt = now
    this.#isWriting = true
    this.#writing = this.write(progress)
      // Progress is a courtesy: a figure does not fail for it.
      .catch(this.onError)
      .finally(() => {
        this.#isWriting = false
      })
  }

  /** Waits for the write under way, so that it does not come after the figure's end. */
  settle(): Promise<void> {
    return this.#writing
  }
}
