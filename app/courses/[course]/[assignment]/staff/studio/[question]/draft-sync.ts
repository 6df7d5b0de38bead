import type { ProblemBody } from '@/lib/api/problem'
import { retryDelay } from '@/lib/attempts/retry-pause'
import { reconcile } from '@/lib/studio/kept-draft'
import type { Draft, DraftSave, StoredDraft } from '@/lib/studio/schema'
import type { DraftKeeping } from './draft-keeping'

export interface SyncState {
  readonly status:
    | 'clean'
    | 'unsaved'
    | 'saving'
    | 'saved'
    | 'waiting'
    | 'signed-out'
    | 'refused'
    | 'conflict'
  /** ISO 8601, server time; null: nothing was saved yet. */
  readonly savedAt: string | null
  /** The latest that is known of the server. */
  readonly revision: number
  /** False while the browser refuses to keep what is not saved. */
  readonly keeps: boolean
  /** What is stored instead, in a conflict. */
  readonly other: StoredDraft | null
}

/** A pause in typing after which a draft is saved, and the longest that one who never pauses waits. Milliseconds. */
const PAUSE = 700
const LONGEST = 4_000

export interface SyncStart {
  readonly questionId: string
  readonly userId: string
  readonly stored: StoredDraft | null
  readonly keeping: DraftKeeping
}

/**
 * Saves a draft as it is written: one request at a time, each on top of the revision that the last one made. What was
 * sent and not answered is sent again as it was before anything newer is, so that a lost answer is no conflict.
 */
export class DraftSync {
  private readonly address: string
  private readonly keeping: DraftKeeping
  private readonly listeners = new Set<() => void>()
  private state: SyncState
  private pending: Omit<DraftSave, 'revision'> | null = null
  private unanswered: DraftSave | null = null
  private sending: Promise<void> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private since = 0
  private failures = 0

  constructor({ questionId, stored, keeping }: SyncStart) {
    this.address = `/api/questions/${questionId}/draft`
    this.keeping = keeping
    this.state = {
      status: stored?.draft ? 'saved' : 'clean',
      savedAt: stored?.draft ? stored.savedAt : null,
      revision: stored?.revision ?? 0,
      keeps: true,
      other: null,
    }
  }

  /** @returns what an earlier visit of this browser could not save, to be gone on with; null: nothing. */
  takeKept({
    stored,
    userId,
    keeping,
  }: SyncStart): { readonly draft: Draft; readonly basedOn: number } | null {
    const kept = keeping.read()
    if (!kept) return null
    const found = reconcile(kept, stored, userId)
    if (found.kind === 'nothing') {
      keeping.forget()
      return null
    }
    this.pending = { draft: kept.draft, basedOn: kept.basedOn }
    if (found.kind === 'conflict') this.show({ status: 'conflict', other: stored })
    else {
      this.show({ revision: found.revision, status: 'unsaved' })
      this.schedule(0)
    }
    return kept
  }

  /** Whether the page is older than what is stored, as after a step back in the browser, and nothing is written yet. */
  async isOutdated(): Promise<boolean> {
    const response = await fetch(this.address, { signal: AbortSignal.timeout(20_000) }).catch(() => null)
    if (!response?.ok) return false
    const { stored } = (await response.json()) as { stored: StoredDraft | null }
    return !this.pending && stored !== null && stored.revision > this.state.revision
  }

  readonly read = (): SyncState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Takes a change; it is saved after a pause. */
  write(draft: Draft, basedOn: number): void {
    this.pending = { draft, basedOn }
    this.keep()
    if (this.state.status === 'conflict' || this.state.status === 'refused') return
    const now = Date.now()
    if (this.since === 0) this.since = now
    if (this.state.status !== 'waiting' && this.state.status !== 'signed-out')
      this.show({ status: 'unsaved' })
    if (this.failures === 0) this.schedule(Math.max(0, Math.min(PAUSE, this.since + LONGEST - now)))
  }

  /** Saves now what waits. @returns whether the server has everything. */
  async flush(): Promise<boolean> {
    if (this.state.status === 'conflict') return false
    clearTimeout(this.timer)
    await this.sending
    while (this.pending) {
      const before = this.failures
      await this.send()
      if (this.failures > before || !this.isSaving()) break
    }
    return this.pending === null && this.unanswered === null
  }

  /** In a conflict: stores the own draft; the other is set aside. */
  async overrule(draft: Draft, basedOn: number): Promise<void> {
    const { other } = this.state
    this.pending = { draft, basedOn, keepReplaced: true }
    this.show({ status: 'unsaved', revision: other?.revision ?? this.state.revision, other: null })
    this.keep()
    await this.flush()
  }

  /**
   * Saves what waits, and has that published. Nothing is saved meanwhile: what is written then goes on top of the version.
   * @param publish of the revision that is saved; returns the version, null where it is refused
   * @returns `unsaved` where not everything could be saved before
   */
  async publish(publish: (revision: number) => Promise<number | null>): Promise<number | null | 'unsaved'> {
    if (!(await this.flush())) return 'unsaved'
    const publishing = publish(this.state.revision).then((version) => {
      if (version !== null) this.goOnAfter(version)
      return version
    })
    void this.hold(publishing.then(() => {}))
    return publishing
  }

  private goOnAfter(version: number): void {
    const { pending } = this
    const { revision } = this.state
    this.settle(revision === 0 ? 0 : revision + 1, null)
    if (pending) this.write(pending.draft, version)
  }

  /** The stored draft, or what is published, is gone on with: nothing waits. */
  settle(revision: number, savedAt: string | null): void {
    clearTimeout(this.timer)
    this.pending = null
    this.unanswered = null
    this.since = 0
    this.keeping.forget()
    this.show({ status: savedAt ? 'saved' : 'clean', savedAt, revision, other: null })
  }

  /** The page goes away: what waits is kept here already, and sent once more without waiting for an answer. */
  leave(): void {
    const body = this.unanswered ?? this.nextSave()
    if (!body || this.sending || this.state.status === 'conflict') return
    this.unanswered = body
    this.keep()
    void fetch(this.address, { ...requestOf(body), keepalive: true }).catch(() => {})
  }

  /** Sends again what waits, when the network is back. */
  readonly wake = (): void => {
    if (this.pending && this.state.status !== 'conflict' && this.state.status !== 'refused') this.schedule(0)
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private isSaving(): boolean {
    return !['conflict', 'refused', 'signed-out', 'waiting'].includes(this.state.status)
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.send(), delay)
  }

  private nextSave(): DraftSave | null {
    return this.pending && { ...this.pending, revision: this.state.revision }
  }

  private async send(): Promise<void> {
    return this.sending ?? this.hold(this.sendOnce())
  }

  /** Until `work` has ended nothing else is sent. */
  private hold(work: Promise<void>): Promise<void> {
    this.sending = work.finally(() => {
      this.sending = null
      if (this.pending && this.isSaving()) this.schedule(PAUSE)
    })
    return this.sending
  }

  private async sendOnce(): Promise<void> {
    const body = this.unanswered ?? this.nextSave()
    if (!body) return
    this.unanswered = body
    this.since = 0
    this.keep()
    if (this.isSaving()) this.show({ status: 'saving' })
    let response: Response
    try {
      response = await fetch(this.address, { ...requestOf(body), signal: AbortSignal.timeout(20_000) })
      if (response.status >= 500 || response.status === 429) throw new Error(String(response.status))
    } catch {
      this.failures++
      this.show({ status: 'waiting' })
      this.schedule(retryDelay(this.failures, 0, Math.random()))
      return
    }
    this.failures = 0
    const answer: unknown = await response.json().catch(() => null)
    if (response.ok) this.acknowledge(body, answer as { revision: number; savedAt: string })
    else this.refuse(answer as ProblemBody & { stored?: StoredDraft | null })
  }

  private acknowledge(
    { draft }: DraftSave,
    { revision, savedAt }: { revision: number; savedAt: string },
  ): void {
    this.unanswered = null
    const isLatest = this.pending?.draft === draft
    if (isLatest) {
      this.pending = null
      this.keeping.forget()
    }
    this.show({ status: isLatest ? 'saved' : 'unsaved', savedAt, revision })
    if (!isLatest) this.keep()
  }

  private refuse({ code, stored = null }: ProblemBody & { stored?: StoredDraft | null }): void {
    this.unanswered = null
    if (code === 'draft-conflict') this.show({ status: 'conflict', other: stored })
    else if (code === 'unauthenticated') {
      this.show({ status: 'signed-out' })
      this.schedule(15_000)
    } else this.show({ status: 'refused' })
    this.keep()
  }

  private keep(): void {
    if (!this.pending) return
    const { draft, basedOn } = this.pending
    const keeps = this.keeping.keep({
      revision: this.unanswered?.revision ?? this.state.revision,
      basedOn,
      draft,
      sent: this.unanswered?.draft ?? null,
    })
    if (keeps !== this.state.keeps) this.show({ keeps })
  }

  private show(news: Partial<SyncState>): void {
    this.state = { ...this.state, ...news }
    for (const listener of this.listeners) listener()
  }
}

function requestOf(body: DraftSave): RequestInit {
  return { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
