import type { AppealState } from '@/lib/appeals/lease'
import type { AppealFilter } from '@/lib/appeals/view'

/** What the pages about appeals say. */
export interface AppealMessages {
  readonly title: string
  readonly lead: string
  readonly filter: string
  readonly filters: Readonly<Record<AppealFilter, string>>
  readonly none: Readonly<Record<AppealFilter, string>>
  readonly states: Readonly<Record<AppealState, string>>
  readonly several: string
  readonly waiting: (students: number) => string
  readonly regrade: (label: string) => string
  readonly onlyPart: (label: string) => string
  readonly allParts: string
  readonly attempt: (number: number) => string
  readonly heldBy: (name: string | null, isViewer: boolean) => string
  readonly until: string
  readonly older: string
  readonly newer: string
  readonly pageOf: (page: number, pages: number) => string
  readonly back: string
  readonly about: (label: string, name: string) => string
  readonly alsoWaiting: (count: number) => string
  readonly see: string
  readonly whole: string
  readonly subject: string
  readonly thread: string
  readonly earlier: string
  readonly student: string
  readonly staff: string
  readonly claim: string
  readonly claimHint: string
  readonly renew: string
  readonly giveBack: string
  readonly expired: string
  readonly answer: string
  readonly answerHint: string
  readonly answerEmpty: string
  readonly adjust: string
  readonly send: string
  readonly sending: string
  readonly failed: string
}
