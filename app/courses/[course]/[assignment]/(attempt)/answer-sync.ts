import {
  type AnswerSaving,
  beginSaving,
  type Choice,
  choose,
  dueParts,
  failSending,
  retryDelay,
  type SaveResponse,
  settle,
  startSending,
  takeOver,
  unsentParts,
} from '@/lib/attempts/answer-saving'
import type { AttemptView, SavedAnswer } from '@/lib/attempts/view'
import { fetchAnswers, sendAnswer, sendFlag } from './attempt-requests'
import { dropKept, keep, readKept } from './kept-answers'

export interface SyncSnapshot {
  readonly saving: AnswerSaving
  readonly flags: { readonly [questionId: string]: boolean }
  readonly online: boolean
  /** False once the browser refused to keep an answer on the device. */
  readonly keepsAnswers: boolean
}

type Answers = { readonly [partId: string]: SavedAnswer }

/**
 * Carries out what the state machine of `answer-saving` decides: sends, keeps unsent choices on the device,
 * retries, and tells other tabs of the same attempt. One for each attempt, alive as long as the tab.
 */
export class AnswerSync {
  private readonly attemptId: string
  private readonly clientId = crypto.randomUUID()
  private readonly listeners = new Set<() => void>()
  private readonly wantedFlags = new Map<string, boolean>()
  private snapshot: SyncSnapshot
  private timer: ReturnType<typeof setTimeout> | undefined
  private channel: BroadcastChannel | undefined

  constructor(attempt: AttemptView) {
    this.attemptId = attempt.attemptId
    const partIds = attempt.questions.flatMap(({ content }) => content.parts.map((part) => part.id))
    const kept = readKept(attempt.attemptId)
    this.snapshot = {
      saving: beginSaving(partIds, attempt.answers, kept),
      flags: Object.fromEntries(attempt.questions.map((q) => [q.questionId, q.flagged])),
      online: navigator.onLine,
      keepsAnswers: true,
    }
    for (const partId of Object.keys(kept))
      if (!unsentParts(this.snapshot.saving).includes(partId)) dropKept(this.attemptId, partId)
    if (attempt.submittedAt) this.move({ ...this.snapshot.saving, halt: 'closed' })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    if (this.listeners.size === 1) this.listen()
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size === 0) this.deafen()
    }
  }

  readonly read = (): SyncSnapshot => this.snapshot

  readonly choose = (partId: string, optionIds: readonly string[]): void => {
    const before = this.snapshot.saving
    const after = choose(before, partId, optionIds, this.clientId)
    if (after === before) return
    this.move(after)
    this.keep(partId)
    // While retrying, a new choice tries its own luck at once; the others wait for their turn.
    if (after.failures === 0) this.sendDue()
    else if (dueParts(after).includes(partId)) void this.send(partId)
  }

  readonly flag = (questionId: string, flagged: boolean): void => {
    this.update({ flags: { ...this.snapshot.flags, [questionId]: flagged } })
    this.wantedFlags.set(questionId, flagged)
    void this.sendFlags()
  }

  /** The page was drawn anew by the server: what is newer there is shown here. */
  readonly refresh = (attempt: AttemptView): void => {
    this.takeOver(attempt.answers)
    const flags = Object.fromEntries(
      attempt.questions.map((q) => [q.questionId, this.wantedFlags.get(q.questionId) ?? q.flagged]),
    )
    if (JSON.stringify(flags) !== JSON.stringify(this.snapshot.flags)) this.update({ flags })
    if (attempt.submittedAt && !this.snapshot.saving.halt) this.close()
  }

  /** The attempt was submitted: nothing is sent any more. */
  readonly close = (): void => this.move({ ...this.snapshot.saving, halt: 'closed' })

  private takeOver(answers: Answers) {
    const next = takeOver(this.snapshot.saving, answers)
    if (next !== this.snapshot.saving) this.move(next)
  }

  private sendDue = (): void => {
    for (const partId of dueParts(this.snapshot.saving).slice(0, 4)) void this.send(partId)
  }

  private async send(partId: string) {
    this.move(startSending(this.snapshot.saving, partId))
    const choice = this.snapshot.saving.parts[partId]!.sending!
    const outcome = await sendAnswer(this.attemptId, partId, choice)
    if (typeof outcome === 'string') {
      this.move(failSending(this.snapshot.saving, partId, outcome))
      if (outcome === 'refused') dropKept(this.attemptId, partId)
      if (outcome === 'network') this.retryLater()
      return
    }
    this.settle(partId, choice, outcome)
  }

  private settle(partId: string, choice: Choice, response: SaveResponse) {
    this.move(settle(this.snapshot.saving, partId, response))
    if (unsentParts(this.snapshot.saving).includes(partId)) this.keep(partId)
    else dropKept(this.attemptId, partId)
    if (response.status !== 'closed' && response.savedAt) {
      const { optionIds, revision, savedAt } = response
      this.channel?.postMessage({ [partId]: { optionIds, revision, savedAt } } satisfies Answers)
    }
    if (choice.revision > 0) this.sendDue()
    if (this.wantedFlags.size > 0) void this.sendFlags()
  }

  private async sendFlags() {
    for (const [questionId, flagged] of this.wantedFlags) {
      const arrived = await sendFlag(this.attemptId, questionId, flagged)
      if (!arrived) return this.retryLater()
      if (this.wantedFlags.get(questionId) === flagged) this.wantedFlags.delete(questionId)
    }
  }

  private retryLater() {
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => {
        this.sendDue()
        if (this.wantedFlags.size > 0) void this.sendFlags()
      },
      retryDelay(Math.max(1, this.snapshot.saving.failures), Math.random()),
    )
  }

  private keep(partId: string) {
    const kept = keep(this.attemptId, partId, this.snapshot.saving.parts[partId]!.shown)
    if (kept !== this.snapshot.keepsAnswers) this.update({ keepsAnswers: kept })
  }

  private listen() {
    window.addEventListener('online', this.onNetwork)
    window.addEventListener('offline', this.onNetwork)
    document.addEventListener('visibilitychange', this.onReturn)
    this.channel = new BroadcastChannel(`vitrine:${this.attemptId}`)
    this.channel.onmessage = (event: MessageEvent<Answers>) => this.takeOver(event.data)
    this.onNetwork()
  }

  private deafen() {
    window.removeEventListener('online', this.onNetwork)
    window.removeEventListener('offline', this.onNetwork)
    document.removeEventListener('visibilitychange', this.onReturn)
    this.channel?.close()
    this.channel = undefined
  }

  /** Coming back to this tab: another device may have answered meanwhile. */
  private onReturn = async () => {
    if (document.visibilityState !== 'visible' || this.snapshot.saving.halt) return
    const answers = await fetchAnswers(this.attemptId)
    if (answers) this.takeOver(answers)
  }

  private onNetwork = () => {
    if (navigator.onLine !== this.snapshot.online) this.update({ online: navigator.onLine })
    if (!navigator.onLine) return
    clearTimeout(this.timer)
    this.sendDue()
    if (this.wantedFlags.size > 0) void this.sendFlags()
  }

  private move(saving: AnswerSaving) {
    this.update({ saving })
  }

  private update(change: Partial<SyncSnapshot>) {
    this.snapshot = { ...this.snapshot, ...change }
    for (const listener of this.listeners) listener()
  }
}

const syncs = new Map<string, AnswerSync>()

/** @returns the attempt's sync in this tab. It outlives the pages, so that going back never shows older answers. */
export function syncOf(attempt: AttemptView): AnswerSync {
  const known = syncs.get(attempt.attemptId)
  if (known) return known
  const made = new AnswerSync(attempt)
  syncs.set(attempt.attemptId, made)
  return made
}
