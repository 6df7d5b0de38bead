import type { SealingKey } from '@/lib/answer-files/seal'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { PartFeedback } from '@/lib/feedback/view'
import type { ScoreRule } from '@/lib/questions/content'
import type { RichBilingual, RichContent } from '@/lib/questions/rich-content'

/** What pages receive: everything here may reach a student's browser. */

export interface SavedAnswer {
  readonly optionIds: readonly string[]
  /** Grows by one with each change; the largest wins. 0: never answered. */
  readonly revision: number
  /** ISO 8601, server time. */
  readonly savedAt: string
}

export interface AttemptQuestionView {
  readonly questionId: string
  /** By which a device tells whether an answer that it kept still belongs to this question. */
  readonly questionVersionId: string
  /** 1-based; also the page's address. */
  readonly position: number
  readonly content: RichContent
  readonly flagged: boolean
  /** The figure request of this question version; null where the question has no figure. */
  readonly figureRequestId: string | null
  /** Of the figure that tests its figure's maps; null where there are none. */
  readonly trustRequestId: string | null
  /** The pictures that the figure explains; a waiting page shows them at once. */
  readonly figurePictures: readonly PictureName[]
}

export interface AttemptView {
  readonly attemptId: string
  readonly number: number
  readonly startedAt: string
  readonly submittedAt: string | null
  readonly receipt: string | null
  /** Whether the server submitted it when its time was over. */
  readonly submittedByServer: boolean
  /** null: submitted before receipts were signed, or not submitted. */
  readonly signedReceipt: string | null
  /** For which a file with waiting answers is encrypted; see lib/answer-files. */
  readonly sealingKey: SealingKey
  readonly assignment: AssignmentView
  readonly questions: readonly AttemptQuestionView[]
  /** By part id. */
  readonly answers: { readonly [partId: string]: SavedAnswer }
}

export interface AssignmentView {
  readonly assignmentId: string
  readonly slug: string
  readonly courseSlug: string
  readonly courseTitle: Bilingual
  readonly title: Bilingual
  readonly introduction: RichBilingual
  readonly opensAt: string | null
  readonly dueAt: string | null
  readonly closesAt: string | null
  readonly questionCount: number
  readonly partCount: number
  /** Thousandths of a point. */
  readonly points: number
}

/** A part's result; `key` only where the assignment releases keys. */
export interface PartResultView {
  readonly partId: string
  readonly points: number
  readonly maximum: number
  readonly rule: ScoreRule
  readonly chosen: readonly string[]
  /** What staff decided by hand; null: nothing. */
  readonly adjustment: {
    /** What key and rule give, which `points` stands in the place of; null: a comment alone. */
    readonly automatic: number | null
    readonly comment: string
  } | null
  readonly key: {
    /** Of several accepted keys, the one by which this answer earned most. */
    readonly correct: readonly string[]
    readonly alsoAccepted: readonly (readonly string[])[]
    readonly explanation: RichBilingual
    /** What was measured of the own answer; null: nobody has said what the key rests on. */
    readonly feedback: PartFeedback | null
  } | null
}

/** A regrade that moved the attempt's score. Points are thousandths, after late credit. */
export interface ScoreChangeView {
  readonly at: string
  readonly before: number
  readonly after: number
  readonly maximumBefore: number
  readonly maximumAfter: number
  readonly reason: Bilingual
  /** Labels of the parts whose points moved. */
  readonly parts: readonly string[]
}

export interface ResultView {
  readonly attempt: AttemptView
  /** null: the score is not released (yet); `releasedAt` says when it will be, if ever. */
  readonly score: {
    /** Sum of the parts; `points` is what late credit leaves of it. */
    readonly earned: number
    readonly creditPercent: number
    readonly points: number
    readonly maximum: number
    readonly parts: readonly PartResultView[]
    /** The latest first. */
    readonly changes: readonly ScoreChangeView[]
  } | null
  readonly releasedAt: string | null
  /** The same of the key. */
  readonly keyReleasedAt: string | null
}
