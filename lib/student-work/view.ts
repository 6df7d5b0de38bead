import type { AdjustmentView } from '@/lib/adjustments/view'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { ScoreRule } from '@/lib/questions/content'
import type { RichBilingual, RichContent, RichPart } from '@/lib/questions/rich-content'
import type { StudentState } from '@/lib/scoreboard/view'

/** One student's attempt as staff see it. Points are thousandths of a point, times ISO 8601. */

export interface SavedChoice {
  readonly optionIds: readonly string[]
  readonly savedAt: string
  readonly revision: number
}

export interface PartWork {
  readonly part: RichPart
  readonly chosen: readonly string[]
  /** Every save, the earliest first. */
  readonly history: readonly SavedChoice[]
  /** By the key that it was scored with; null until submission. */
  readonly score: {
    /** What counts. */
    readonly points: number
    /** What key and rule give. */
    readonly automatic: number
    readonly maximum: number
    readonly rule: ScoreRule
    readonly keyVersion: number
  } | null
  /** The key that it was scored with, or else the latest. */
  readonly key: { readonly correct: readonly string[]; readonly explanation: RichBilingual } | null
  /** What staff decided by hand; null: nothing. */
  readonly adjustment: AdjustmentView | null
}

export interface QuestionWork {
  readonly questionId: string
  readonly position: number
  /** Number that the student sees in place of the question's label; null: the label itself. */
  readonly shownNumber: number | null
  readonly version: number
  readonly content: RichContent
  readonly flagged: boolean
  readonly figureRequestId: string | null
  readonly figurePictures: readonly PictureName[]
  readonly parts: readonly PartWork[]
}

/** A submission by the server that an extension has undone: its receipt no longer counts. */
export interface SupersededSubmission {
  readonly receipt: string | null
  readonly submittedAt: string
  readonly reopenedAt: string
  /** Before late credit. */
  readonly points: number
  readonly maximum: number
}

export interface AttemptWork {
  readonly attemptId: string
  readonly number: number
  readonly startedAt: string
  readonly submittedAt: string | null
  readonly receipt: string | null
  /** The latest first. */
  readonly superseded: readonly SupersededSubmission[]
  readonly minutes: number | null
  readonly points: number | null
  readonly maximum: number | null
  readonly questions: readonly QuestionWork[]
}

export interface StudentWork {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly simulated: boolean
  /** Of the attempt that is shown. */
  readonly state: StudentState
  /** Numbers of all attempts, ascending. */
  readonly attempts: readonly number[]
  /** The one that was asked for; null: there is none. */
  readonly attempt: AttemptWork | null
}
