import { noteFlag, readFlagNotes, removeFlagNote } from '@/app/offline/noted-flags'
import { sendFlag } from './attempt-requests'

type Flags = { readonly [questionId: string]: boolean }

/** Marks of questions on their way to the server. The latest one wanted of each question is kept until it has arrived. */
export class FlagSync {
  private readonly wanted: Map<string, boolean>

  constructor(private readonly attemptId: string) {
    this.wanted = new Map(readFlagNotes(attemptId))
  }

  get isWaiting(): boolean {
    return this.wanted.size > 0
  }

  want(questionId: string, flagged: boolean): void {
    this.wanted.set(questionId, flagged)
    noteFlag(this.attemptId, questionId, flagged)
  }

  /** @returns what the page shows: the server's marks under those that wait. */
  over(held: Flags): Flags {
    return { ...held, ...Object.fromEntries([...this.wanted].filter(([id]) => id in held)) }
  }

  /**
   * Sends what waits, one after the other.
   * @returns milliseconds to wait at least before the next try, where one is worth it; null: nothing is to be tried again
   * by itself.
   */
  async send(): Promise<number | null> {
    for (const [questionId, flagged] of this.wanted) {
      const sent = await sendFlag(this.attemptId, questionId, flagged)
      if (sent.kind === 'network') return 0
      if (sent.kind === 'busy') return sent.pause
      if (sent.kind === 'not-mine') return null
      removeFlagNote(this.attemptId, questionId, flagged)
      if (this.wanted.get(questionId) === flagged) this.wanted.delete(questionId)
    }
    return null
  }
}
