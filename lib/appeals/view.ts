import type { AppealState } from '@/lib/appeals/lease'
import type { PartFeedback } from '@/lib/feedback/view'
import type { QuestionWork } from '@/lib/student-work/view'

/** Times are ISO 8601. */

export interface AppealMessageView {
  readonly byStaff: boolean
  readonly at: string
  readonly text: string
}

/** A question about a part, as the student who asked it sees it. */
export interface OwnAppeal {
  readonly appealId: string
  readonly partId: string
  readonly state: AppealState
  readonly messages: readonly AppealMessageView[]
}

export interface OwnAppeals {
  /** Whether anything can be asked now. */
  readonly open: boolean
  /** When asking ends; null: it does not. */
  readonly until: string | null
  /** The earliest first. */
  readonly appeals: readonly OwnAppeal[]
}

/** Who has taken a question, as long as the claim holds. */
export interface AppealHolder {
  /** null: the account is gone. */
  readonly name: string | null
  readonly isViewer: boolean
  readonly until: string
}

/** A question in the queue of staff. */
export interface AppealLine {
  readonly appealId: string
  readonly state: AppealState
  readonly partId: string
  readonly label: string
  readonly student: { readonly userId: string; readonly name: string; readonly email: string }
  readonly attemptNumber: number
  readonly askedAt: string
  readonly text: string
  readonly holder: AppealHolder | null
}

export type AppealFilter = 'open' | 'claimed' | 'answered' | 'all'

/** Several students who wait for an answer about the same part. */
export interface AppealGroup {
  readonly partId: string
  readonly label: string
  readonly students: number
}

export interface AppealQueue {
  readonly counts: Readonly<Record<AppealFilter, number>>
  /** Parts that two or more wait for, by the order of the parts. */
  readonly groups: readonly AppealGroup[]
  /** The oldest first. */
  readonly lines: readonly AppealLine[]
  readonly pages: number
}

/** One question with what it is about. */
export interface AppealDetail extends AppealLine {
  readonly messages: readonly AppealMessageView[]
  /** Name; null: nobody has answered, or the account is gone. */
  readonly answeredBy: string | null
  /** What the student asked before about the same part of the attempt, the earliest first. */
  readonly earlier: readonly OwnAppeal[]
  /** The question as the attempt shows it, with only the part that is asked about. */
  readonly work: QuestionWork
  readonly feedback: PartFeedback | null
  /** Others who wait for an answer about the same part. */
  readonly alsoWaiting: number
}
