import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Band } from '@/lib/jobs/fair-shares'
import type { Finding } from '@/lib/operations/findings'
import type { ShownSetting } from '@/lib/operations/shown-settings'

/** What operators see of the installation. Moments are ISO 8601; sizes are bytes. */

export type JobKind =
  | 'figure'
  | 'tests'
  | 'preview'
  | 'check'
  | 'trial'
  | 'variant'
  | 'model'
  | 'exploration'
  | 'corpus-index'
  | 'look'
  | 'model-pull'
  | 'chore'

/**
 * `waiting`: due, and no worker has it. `retrying`: it has failed, and is tried again later. `running`: a worker has it.
 * `set-aside`: it was begun as often as it may. `failed`: it ended in an error that trying again would not change.
 */
export const jobLineStates = ['running', 'waiting', 'retrying', 'set-aside', 'failed'] as const
export type JobLineState = (typeof jobLineStates)[number]

/** A job, or a figure that failed and has none. */
export interface JobLine {
  /** Names it for retrying and cancelling: `figure:ID`. */
  readonly key: string
  readonly kind: JobKind
  readonly state: JobLineState
  readonly band: Band
  /** The course whose turn it takes; null: none's. */
  readonly course: string | null
  /** The question that shows the figure; null: none does. */
  readonly question: { readonly assignment: string; readonly name: string } | null
  /** What else names it: a model, an exploration's kind. */
  readonly about: string | null
  /** Where the viewer, as staff of the course, may look at it; null: nowhere. */
  readonly href: string | null
  readonly attempts: number
  readonly maxAttempts: number
  readonly askedAt: string
  /** When it is tried again. */
  readonly runAt: string
  readonly begunAt: string | null
  /** `host:process` that has it. */
  readonly worker: string | null
  /** Of a figure under way. */
  readonly progress: {
    readonly done: number
    readonly total: number
    readonly secondsLeft: number | null
  } | null
  /** What the page of a failed figure says. */
  readonly failure: Bilingual | null
  /** The error's own words, without what is nobody's business. */
  readonly error: string | null
  readonly retryable: boolean
  readonly cancelable: boolean
}

export interface JobList {
  readonly counts: Readonly<Record<JobLineState, number>>
  readonly lines: readonly JobLine[]
  /** How many of those that were asked for are not in `lines`. */
  readonly more: number
}

/** What waits in one band. */
export interface BandView {
  readonly band: Band
  readonly waiting: number
  readonly running: number
  readonly retrying: number
  /** Seconds since the oldest waiting one was asked for; null: none waits. */
  readonly oldestSeconds: number | null
}

export interface QueueView {
  /** The workers' of figures. */
  readonly bands: readonly BandView[]
  /** The other workers'. */
  readonly explorations: Omit<BandView, 'band'>
  readonly setAside: number
  /** Figures that failed for a reason that trying again would not change. */
  readonly failed: number
  /** Figures drawn in the last hour. */
  readonly drawnLastHour: number
  /** Seconds until all figures that wait are drawn; null: nothing to judge by, or nobody draws. */
  readonly secondsLeft: number | null
}

export interface WorkerView {
  readonly pool: string
  readonly kind: 'figures' | 'explorations'
  readonly host: string
  readonly processId: number
  readonly provider: string | null
  readonly reason: string | null
  readonly obstacles: readonly { readonly provider: string; readonly obstacle: string }[]
  /** GFLOP/s in float32. */
  readonly gigaflops: number | null
  readonly version: string
  readonly startedAt: string
  readonly seenAt: string
  readonly jobs: readonly JobLine[]
}

export interface StoreView {
  readonly name: 'evidence' | 'figures' | 'readings' | 'explorations'
  readonly count: number
  /** With what PostgreSQL keeps to find it. */
  readonly bytes: number
}

export interface DatabaseView {
  readonly version: string
  readonly bytes: number
  readonly connections: number
  readonly connectionLimit: number
  /** Seconds of the oldest open transaction; null: none is open. */
  readonly longestTransaction: number | null
  readonly tables: readonly { readonly name: string; readonly bytes: number; readonly rows: number }[]
  readonly lastBackupAt: string | null
}

export interface DiskView {
  readonly folder: string
  readonly free: number
  readonly size: number
  /** By what lies in the data folder, the largest first. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[]
}

export interface ObjectsView {
  /** null: PostgreSQL. */
  readonly bucket: string | null
  readonly objects: number
  readonly bytes: number
}

/** What is the case, before anybody has judged it. */
export interface Installation {
  readonly at: string
  readonly version: string
  readonly queue: QueueView
  readonly workers: readonly WorkerView[]
  readonly stores: readonly StoreView[]
  readonly objects: readonly ObjectsView[]
  readonly database: DatabaseView
  /** Of this machine. */
  readonly disk: DiskView
  readonly settings: readonly ShownSetting[]
}

export interface OperationsOverview extends Installation {
  readonly findings: readonly Finding[]
}
