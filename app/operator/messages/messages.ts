import type { Language } from '@/app/messages/language'
import type { Band } from '@/lib/jobs/fair-shares'
import type { Finding, FindingCode } from '@/lib/operations/findings'
import type { JobKind, JobLineState, StoreView } from '@/lib/operations/view'
import { en } from './en'
import { zh } from './zh'

type Facts = Finding['facts']

/** What the operator's pages say. */
export interface OperatorMessages {
  readonly navigation: string
  readonly overview: string
  readonly queue: string
  readonly needsLook: (count: number) => string
  readonly title: string
  readonly lead: string
  readonly asOf: string
  readonly refreshes: string
  readonly well: string
  readonly wellLead: string
  readonly troubles: (count: number) => string
  readonly attentions: (count: number) => string
  readonly findings: Readonly<
    Record<FindingCode, { readonly says: (facts: Facts) => string; readonly do: string }>
  >
  readonly levels: Readonly<Record<Finding['level'], string>>
  readonly duration: (seconds: number) => string
  readonly none: string
  readonly unknown: string
  readonly numbers: {
    readonly label: string
    readonly waiting: string
    readonly running: string
    readonly drawn: string
    readonly until: string
    readonly workers: string
    readonly free: string
  }
  readonly bandsTitle: string
  readonly bandsLead: string
  readonly band: string
  readonly bands: Readonly<Record<Band, string>>
  readonly explorations: string
  readonly waiting: string
  readonly running: string
  readonly retrying: string
  readonly oldest: string
  readonly toQueue: string
  readonly workers: string
  readonly workersLead: string
  readonly noWorkers: string
  readonly kinds: Readonly<Record<'figures' | 'explorations', string>>
  readonly computesWith: string
  readonly chosenByModel: string
  readonly why: string
  readonly others: string
  readonly speed: string
  readonly notMeasured: string
  readonly lastSign: string
  readonly ago: (seconds: number) => string
  readonly since: string
  readonly now: string
  readonly idle: string
  readonly process: (id: number) => string
  readonly version: string
  readonly kept: string
  readonly keptLead: string
  readonly what: string
  readonly count: string
  readonly size: string
  readonly stores: Readonly<Record<StoreView['name'], string>>
  readonly objectsIn: (bucket: string | null) => string
  readonly database: string
  readonly databaseSize: string
  readonly connections: string
  readonly connectionsOf: (used: number, limit: number) => string
  readonly longestTransaction: string
  readonly lastBackup: string
  readonly never: string
  readonly largestTables: string
  readonly rows: string
  readonly disk: string
  readonly diskLead: (folder: string) => string
  readonly freeOf: (free: string, size: string) => string
  readonly parts: Readonly<Record<string, string>>
  readonly settings: string
  readonly settingsLead: string
  readonly notSet: string
  readonly queueLead: string
  readonly states: Readonly<Record<JobLineState | 'all', string>>
  readonly jobKinds: Readonly<Record<JobKind, string>>
  readonly anyKind: string
  readonly anyCourse: string
  readonly kind: string
  readonly course: string
  readonly show: string
  readonly empty: string
  readonly emptyLead: string
  readonly more: (count: number) => string
  readonly attempts: (made: number, most: number) => string
  readonly asked: string
  readonly again: string
  readonly at: (worker: string) => string
  readonly progress: (done: number, total: number) => string
  readonly told: string
  readonly error: string
  readonly retry: string
  readonly retryAll: (count: number) => string
  readonly cancel: string
  readonly cancelQuestion: string
  readonly keep: string
  readonly requests: { readonly failed: string; readonly invalid: string }
}

export const operatorDictionaries: Readonly<Record<Language, OperatorMessages>> = { en, zh }
