import { type Delivery, deliver, deliverOnce } from '@/app/offline/delivery'
import {
  acknowledgedHere,
  keepOnThisDevice,
  readKept,
  retractLacking,
  sendInBackground,
} from '@/app/offline/kept-answers'
import { readNotes, removeNote } from '@/app/offline/noted-choices'
import { keepAttempt } from '@/app/offline/storage'
import {
  type AnswerSaving,
  beginSaving,
  choose,
  dueParts,
  endPause,
  failSending,
  makeGood,
  noteResent,
  postpone,
  refuse,
  reopen,
  restore,
  resume,
  settle,
  startSending,
  takeOver,
  unsentParts,
} from '@/lib/attempts/answer-saving'
import {
  type Answers,
  compareWithServer,
  type Discrepancy,
  hasDiscrepancy,
} from '@/lib/attempts/lost-answers'
import type { KnownAttempt } from '@/lib/attempts/lost-attempt'
import { retryDelay } from '@/lib/attempts/retry-pause'
import type { AttemptView } from '@/lib/attempts/view'
import { randomId } from '@/lib/random-id'
import { fetchAnswers } from './attempt-requests'
import { FlagSync } from './flag-sync'

export interface SyncSnapshot {
  readonly saving: AnswerSaving
  readonly flags: { readonly [questionId: string]: boolean }
  readonly online: boolean
  /** False while the browser refuses to keep answers on the device. */
  readonly keepsAnswers: boolean
}

/** Answers that waited go out a few at a time, so that a new choice never stands behind thirty old ones. */
const MOST_AT_ONCE = 4

/**
 * Carries out what the state machine of `answer-saving` decides: sends, keeps unsent choices on the device,
 * retries, and tells other tabs of the same attempt. One for each attempt, alive as long as the tab.
 */
export class AnswerSync {
  readonly attemptId: string
  /** How this device remembers the attempt. */
  readonly known: KnownAttempt
  readonly clientId = randomId()
  private readonly listeners = new Set<() => void>()
  private readonly flagSync: FlagSync
  private snapshot: SyncSnapshot
  private timer: ReturnType<typeof setTimeout> | undefined
  private channel: BroadcastChannel | undefined

  /** @param owner whose attempt it is */
  constructor(attempt: AttemptView, owner: string) {
    this.attemptId = attempt.attemptId
    this.known = knownAttempt(attempt, owner)
    this.flagSync = new FlagSync(attempt.attemptId)
    const partIds = attempt.questions.flatMap(({ content }) => content.parts.map((part) => part.id))
    this.snapshot = {
      saving: beginSaving(partIds, attempt.answers, {}),
      flags: this.flagSync.over(flagsOf(attempt)),
      online: navigator.onLine,
      keepsAnswers: true,
    }
    if (attempt.submittedAt) this.move({ ...this.snapshot.saving, halt: 'closed' })
    void this.readDevice(attempt.answers)
  }

  /** What this device knows beyond the page: answers acknowledged after it was drawn, and choices never acknowledged. */
  private async readDevice(drawn: Answers) {
    // Where the browser keeps nothing there is nothing to offer later either.
    void keepAttempt(this.known).catch(() => {})
    const notes = readNotes().filter((choice) => choice.attemptId === this.attemptId)
    const noted = Object.fromEntries(notes.map((choice) => [choice.partId, choice]))
    this.move(restore(this.snapshot.saving, noted))
    try {
      const { acknowledged, kept } = await readKept(this.attemptId, notes, drawn)
      this.takeOver(acknowledged)
      this.move(restore(this.snapshot.saving, kept))
    } catch {
      // The outbox cannot be read; whether choices can be kept shows when there is one.
    }
    this.sendDue()
    if (hasDiscrepancy(compareWithServer(await acknowledgedHere(this.attemptId), drawn)))
      await this.askServer()
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
    this.flagSync.want(questionId, flagged)
    void this.sendFlags()
  }

  /** The page was drawn anew by the server: what is newer there is shown here. */
  readonly refresh = (attempt: AttemptView): void => {
    this.takeOver(attempt.answers)
    const flags = this.flagSync.over(flagsOf(attempt))
    if (JSON.stringify(flags) !== JSON.stringify(this.snapshot.flags)) this.update({ flags })
    if (!attempt.submittedAt) this.reopen()
    else if (!this.snapshot.saving.halt) this.close()
    const { parts } = this.snapshot.saving
    const isBehind = (partId: string) =>
      (attempt.answers[partId]?.revision ?? 0) < parts[partId]!.storedRevision
    // A page may have been drawn before the latest save, so this alone proves nothing.
    if (Object.keys(parts).some(isBehind)) void this.askServer()
  }

  /** The attempt was submitted: nothing is sent any more. */
  readonly close = (): void => this.move({ ...this.snapshot.saving, halt: 'closed' })

  /** The attempt takes answers again: its time was extended. What came too late before is sent now. */
  readonly reopen = (): void => {
    this.move(reopen(this.snapshot.saving))
    this.sendDue()
  }

  /**
   * Asks what the server holds and makes good what it lacks of what it had acknowledged to this device. Where it lacks the
   * whole attempt, everything waits on this device again.
   * @returns whether something was lacking.
   */
  readonly askServer = async (): Promise<boolean> => {
    // Read first: what is acknowledged meanwhile is not compared.
    const acknowledged = await acknowledgedHere(this.attemptId)
    const held = await fetchAnswers(this.attemptId, this.known.owner)
    if (held === 'network') return false
    if (typeof held === 'string') {
      if (this.snapshot.saving.halt !== 'closed') this.move({ ...this.snapshot.saving, halt: held })
      if (held === 'lost-attempt') await this.takeBack(compareWithServer(acknowledged, {}), {})
      return false
    }
    this.move(resume(this.snapshot.saving))
    const lacking = compareWithServer(acknowledged, held)
    if (hasDiscrepancy(lacking)) await this.takeBack(lacking, held)
    this.takeOver(held)
    this.sendDue()
    return hasDiscrepancy(lacking)
  }

  private async takeBack(lacking: Discrepancy, held: Answers) {
    await retractLacking(this, lacking, held)
    this.move(makeGood(this.snapshot.saving, lacking, held, this.clientId))
  }

  readonly noteResent = (): void => this.move(noteResent(this.snapshot.saving))

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
        void this.sendFlags()
        return
      }
      case 'network':
        this.move(failSending(saving, partId, 'network'))
        this.retryLater()
        return sendInBackground()
      case 'busy':
        this.move(postpone(saving, partId, delivery.pause))
        this.retryLater()
        return sendInBackground()
      case 'refused':
        this.move(refuse(saving, partId, delivery.why))
        return this.sendDue()
      default:
        this.move(failSending(saving, partId, delivery.kind, delivery.why))
        // Or nobody has this attempt any more.
        if (delivery.kind === 'other-person') void this.askServer()
    }
  }

  private async sendFlags() {
    const pause = this.flagSync.isWaiting ? await this.flagSync.send() : null
    if (pause !== null) this.retryLater(pause)
  }

  /** @param pause milliseconds that the server asked for, beyond what the saves were asked for */
  private retryLater(pause = 0) {
    const { failures, askedPause } = this.snapshot.saving
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => {
        this.move(endPause(this.snapshot.saving))
        this.sendDue()
        void this.sendFlags()
      },
      retryDelay(Math.max(1, failures), Math.max(askedPause, pause), Math.random()),
    )
  }

  private async keep(partId: string) {
    const { optionIds, revision, clientId } = this.snapshot.saving.parts[partId]!.shown
    const chosenAt = new Date().toISOString()
    const choice = { attemptId: this.attemptId, partId, optionIds, revision, clientId, chosenAt }
    const kept = await keepOnThisDevice(choice)
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
    await this.askServer()
    void this.sendFlags()
  }

  /** Where the browser keeps nothing, leaving now would lose what is not saved yet: it asks first. */
  private onLeaving = (event: BeforeUnloadEvent) => {
    const { saving, keepsAnswers } = this.snapshot
    if (!keepsAnswers && saving.halt !== 'closed' && unsentParts(saving).length > 0) event.preventDefault()
  }

  private onNetwork = () => {
    if (navigator.onLine !== this.snapshot.online) this.update({ online: navigator.onLine })
    // A pause that the server asked for is not cut short by a network that comes and goes.
    if (!navigator.onLine || this.snapshot.saving.askedPause > 0) return
    clearTimeout(this.timer)
    this.sendDue()
    void this.sendFlags()
  }

  private move(saving: AnswerSaving) {
    this.update({ saving })
  }

  private update(change: Partial<SyncSnapshot>) {
    this.snapshot = { ...this.snapshot, ...change }
    for (const listener of this.listeners) listener()
  }
}

function flagsOf(attempt: AttemptView): { readonly [questionId: string]: boolean } {
  return Object.fromEntries(attempt.questions.map((q) => [q.questionId, q.flagged]))
}

function knownAttempt(
  { attemptId, number, assignment, questions }: AttemptView,
  owner: string,
): KnownAttempt {
  const versions = questions.flatMap(({ content, questionVersionId }) =>
    content.parts.map((part) => [part.id, questionVersionId] as const),
  )
  const { assignmentId } = assignment
  return { attemptId, owner, assignmentId, number, versions: Object.fromEntries(versions) }
}

const syncs = new Map<string, AnswerSync>()

/** @returns the attempt's sync in this tab. It outlives the pages, so that going back never shows older answers. */
export function syncOf(attempt: AttemptView, owner: string): AnswerSync {
  const known = syncs.get(attempt.attemptId)
  if (known) return known
  const made = new AnswerSync(attempt, owner)
  syncs.set(attempt.attemptId, made)
  return made
}
