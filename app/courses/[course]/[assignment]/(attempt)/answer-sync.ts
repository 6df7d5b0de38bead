import { type Delivery, deliver, deliverOnce } from '@/app/offline/delivery'
import { note, readNotes, removeNote } from '@/app/offline/noted-choices'
import { acknowledge, type KeptChoice, keepChoice, readAcknowledged, readOutbox } from '@/app/offline/storage'
import {
  type AnswerSaving,
  beginSaving,
  choose,
  dueParts,
  failSending,
  refuse,
  restore,
  resume,
  retryDelay,
  settle,
  startSending,
  takeOver,
  unsentParts,
} from '@/lib/attempts/answer-saving'
import type { AttemptView, SavedAnswer } from '@/lib/attempts/view'
import { fetchAnswers, sendFlag } from './attempt-requests'

export interface SyncSnapshot {
  readonly saving: AnswerSaving
  readonly flags: { readonly [questionId: string]: boolean }
  readonly online: boolean
  /** False while the browser refuses to keep answers on the device. */
  readonly keepsAnswers: boolean
}

/** Answers that waited go out a few at a time, so that a new choice never stands behind thirty old ones. */
const MOST_AT_ONCE = 4

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
    this.snapshot = {
      saving: beginSaving(partIds, attempt.answers, {}),
      flags: Object.fromEntries(attempt.questions.map((q) => [q.questionId, q.flagged])),
      online: navigator.onLine,
      keepsAnswers: true,
    }
    if (attempt.submittedAt) this.move({ ...this.snapshot.saving, halt: 'closed' })
    void this.readDevice(attempt.answers)
  }

  /** What this device knows beyond the page: answers acknowledged after it was drawn, and choices never acknowledged. */
  private async readDevice(drawn: Answers) {
    const notes = readNotes().filter((choice) => choice.attemptId === this.attemptId)
    const noted = Object.fromEntries(notes.map((choice) => [choice.partId, choice]))
    this.move(restore(this.snapshot.saving, noted))
    try {
      for (const choice of notes) await moveToOutbox(choice)
      const acknowledged = await readAcknowledged(this.attemptId)
      const kept = await readOutbox(this.attemptId)
      this.takeOver(acknowledged)
      this.move(restore(this.snapshot.saving, kept))
      for (const { partId, revision } of Object.values(kept)) {
        const answer = [drawn[partId], acknowledged[partId]].find(
          (known) => (known?.revision ?? 0) >= revision,
        )
        if (answer) await acknowledge(this.attemptId, partId, answer)
      }
    } catch {
      // The outbox cannot be read; whether choices can be kept shows when there is one.
    }
    this.sendDue()
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
    void this.keep(partId)
    // A new choice tries its own luck at once, also while the others wait for their turn.
    if (dueParts(after).includes(partId)) void this.send(partId, deliver)
    if (after.failures === 0) this.sendDue()
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
    const { saving } = this.snapshot
    const underWay = Object.values(saving.parts).filter((part) => part.sending).length
    for (const partId of dueParts(saving).slice(0, Math.max(0, MOST_AT_ONCE - underWay)))
      void this.send(partId, deliverOnce)
  }

  private async send(partId: string, carry: typeof deliver) {
    this.move(startSending(this.snapshot.saving, partId))
    const choice = this.snapshot.saving.parts[partId]!.sending!
    this.settle(partId, await carry({ attemptId: this.attemptId, partId }, choice))
  }

  private settle(partId: string, delivery: Delivery) {
    const { saving } = this.snapshot
    switch (delivery.kind) {
      case 'answered': {
        const { optionIds, revision, savedAt } = delivery.response
        this.move(settle(saving, partId, delivery.response))
        if (unsentParts(this.snapshot.saving).includes(partId)) void this.keep(partId)
        else this.forgetNote(partId, revision)
        if (savedAt)
          this.channel?.postMessage({ [partId]: { optionIds, revision, savedAt } } satisfies Answers)
        this.sendDue()
        if (this.wantedFlags.size > 0) void this.sendFlags()
        return
      }
      case 'network':
        this.move(failSending(saving, partId, 'network'))
        this.retryLater()
        return sendInBackground()
      case 'refused':
        this.move(refuse(saving, partId, delivery.why))
        return this.sendDue()
      default:
        this.move(failSending(saving, partId, delivery.kind, delivery.why))
    }
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

  private async keep(partId: string) {
    const { optionIds, revision, clientId } = this.snapshot.saving.parts[partId]!.shown
    const chosenAt = new Date().toISOString()
    const choice = { attemptId: this.attemptId, partId, optionIds, revision, clientId, chosenAt }
    const noted = note(choice)
    const kept = await moveToOutbox(choice).then(
      () => true,
      () => noted,
    )
    if (kept !== this.snapshot.keepsAnswers) this.update({ keepsAnswers: kept })
  }

  /** Where there is no outbox, the note is what has to go when the server holds the answer. */
  private forgetNote(partId: string, revision: number) {
    removeNote({ attemptId: this.attemptId, partId, optionIds: [], revision, clientId: '', chosenAt: '' })
  }

  private listen() {
    window.addEventListener('online', this.onNetwork)
    window.addEventListener('offline', this.onNetwork)
    window.addEventListener('beforeunload', this.onLeaving)
    document.addEventListener('visibilitychange', this.onReturn)
    this.channel = new BroadcastChannel(`vitrine:${this.attemptId}`)
    this.channel.onmessage = (event: MessageEvent<Answers>) => this.hear(event.data)
    this.onNetwork()
  }

  /** Another tab of this attempt, or the service worker, was answered by the server: its student is signed in. */
  private hear(answers: Answers) {
    this.move(resume(this.snapshot.saving))
    this.takeOver(answers)
    this.sendDue()
  }

  private deafen() {
    window.removeEventListener('online', this.onNetwork)
    window.removeEventListener('offline', this.onNetwork)
    window.removeEventListener('beforeunload', this.onLeaving)
    document.removeEventListener('visibilitychange', this.onReturn)
    this.channel?.close()
    this.channel = undefined
  }

  /** Coming back to this tab: another device may have answered, or the student signed in again elsewhere. */
  private onReturn = async () => {
    if (document.visibilityState !== 'visible' || this.snapshot.saving.halt === 'closed') return
    const answers = await fetchAnswers(this.attemptId)
    if (answers === 'network') return
    if (typeof answers === 'string') return this.move({ ...this.snapshot.saving, halt: answers })
    this.move(resume(this.snapshot.saving))
    this.takeOver(answers)
    this.sendDue()
  }

  /** Where the browser keeps nothing, leaving now would lose what is not saved yet: it asks first. */
  private onLeaving = (event: BeforeUnloadEvent) => {
    const { saving, keepsAnswers } = this.snapshot
    if (!keepsAnswers && saving.halt !== 'closed' && unsentParts(saving).length > 0) event.preventDefault()
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

async function moveToOutbox(choice: KeptChoice) {
  await keepChoice(choice)
  removeNote(choice)
}

/** Asks the browser to let the service worker send what waits, also when this page is closed by then. */
async function sendInBackground() {
  type Syncing = ServiceWorkerRegistration & { readonly sync?: { register(tag: string): Promise<void> } }
  const registration: Syncing | undefined = await navigator.serviceWorker?.getRegistration()
  await registration?.sync?.register('outbox').catch(() => {})
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
