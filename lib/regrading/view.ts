import type { Bilingual } from '@/lib/explainers/bilingual'
import type { PartKey, QuestionPart, ScoreRule } from '@/lib/questions/content'
import type { RichBilingual } from '@/lib/questions/rich-content'
import type { RegradeReason, StoredChange } from '@/lib/regrading/schema'
import type { ForeseenVerdict } from '@/lib/verification/contradiction'

/** What staff see of regrades. Points are thousandths of a point, times ISO 8601. */

export type RegradeStatus = 'draft' | 'applied' | 'discarded'

export interface Person {
  readonly name: string
  readonly email: string
}

export interface RegradeLine {
  readonly regradeId: string
  readonly number: number
  readonly status: RegradeStatus
  /** Number of the regrade that it takes back. */
  readonly undoes: number | null
  /** Number of the applied regrade that took it back. */
  readonly undoneBy: number | null
  readonly parts: readonly { readonly label: string; readonly policy: StoredChange['policy'] }[]
  readonly reason: RegradeReason
  readonly authors: readonly string[]
  readonly createdAt: string
  readonly appliedAt: string | null
  readonly appliedBy: string | null
  /** Attempts whose total moved; null until it is applied. */
  readonly moved: number | null
}

export interface RegradeList {
  readonly title: Bilingual
  readonly needsSecond: boolean
  readonly regrades: readonly RegradeLine[]
  readonly exported: ExportState | null
}

/** The scores that last left as a table. */
export interface ExportState {
  readonly at: string
  readonly by: string | null
  /** Students whose score is another one now. */
  readonly changed: number
}

/** A part in one or several versions of its question that show it alike and treat it alike. */
export interface RegradablePart {
  readonly partId: string
  readonly position: number
  readonly label: string
  readonly prompt: Bilingual
  readonly part: QuestionPart
  readonly versions: readonly { readonly questionVersionId: string; readonly version: number }[]
  readonly key: PartKey
  /** Full points as they are now; 0: dropped. */
  readonly points: number
  /** Scores that were given by it. */
  readonly scores: number
}

/** What a draft changes in one part. */
export interface ChangedPart {
  readonly partId: string
  readonly label: string
  readonly policy: StoredChange['policy']
  readonly versions: readonly number[]
  /** How many versions its question has. */
  readonly allVersions: number
  readonly options: readonly { readonly id: string; readonly text: Bilingual }[]
  readonly before: TreatmentView
  readonly after: TreatmentView
  readonly verdict: ForeseenVerdict
  /** Contradicted, and no reason is recorded in the key. */
  readonly contradicted: boolean
}

export interface TreatmentView {
  readonly correct: readonly string[]
  readonly rule: ScoreRule
  readonly points: number
  readonly alsoAccepted: readonly (readonly string[])[]
  readonly explanation: RichBilingual
}

export interface MovedPart {
  readonly label: string
  /** Letters of the chosen options as shown; empty: unanswered. */
  readonly chosen: string
  readonly before: number
  readonly after: number
  readonly maximumBefore: number
  readonly maximumAfter: number
  readonly rule: ScoreRule
}

/** An attempt whose score moves; points after late credit. */
export interface MovedAttempt {
  readonly attemptId: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly number: number
  readonly before: number
  readonly after: number
  readonly maximumBefore: number
  readonly maximumAfter: number
  /** Whether it is the attempt that counts, before or after; null: applied, and not asked again. */
  readonly counts: boolean | null
  /** The student's score in the table that left last; null: not in it. */
  readonly exported: number | null
  readonly parts: readonly MovedPart[]
}

export interface ClassNumbers {
  readonly students: number
  readonly maximum: number
  /** Of the scores that count, after late credit. */
  readonly mean: number
  readonly standardDeviation: number | null
  /** null with fewer than ten students, or where totals do not vary. */
  readonly alpha: number | null
}

export interface ItemNumbers {
  readonly difficulty: number
  readonly restCorrelation: number | null
  readonly upperLower: number
}

export interface EffectSummary {
  /** Scores that were looked at. */
  readonly scores: number
  /** Attempts whose total moves. */
  readonly moved: number
  readonly up: number
  readonly down: number
  /** null: nobody has a score that counts. */
  readonly before: ClassNumbers | null
  readonly after: ClassNumbers | null
  readonly distribution: readonly {
    readonly from: number
    readonly to: number
    readonly before: number
    readonly after: number
  }[]
  /** Of the changed parts; null where too few students met it, or it does not count. */
  readonly items: readonly {
    readonly partId: string
    readonly label: string
    readonly before: ItemNumbers | null
    readonly after: ItemNumbers | null
  }[]
  /** null: no table of scores has left Vitrine. `changed`: scores in it that this changes. */
  readonly exported: { readonly at: string; readonly by: string | null; readonly changed: number } | null
}

export interface RegradeView extends RegradeLine {
  readonly title: Bilingual
  readonly changes: readonly StoredChange[]
  readonly changed: readonly ChangedPart[]
  readonly keyReason: string | null
  /** A key that it starts from was changed by somebody else since. */
  readonly outdated: boolean
  /** An undo whose parts a later regrade has changed again: its number. */
  readonly supersededBy: number | null
  /** The viewer wrote it, and the course wants a second person. */
  readonly needsOther: boolean
  readonly effect: EffectSummary
  /** null once it is applied or discarded. */
  readonly fingerprint: string | null
  readonly attempts: readonly MovedAttempt[]
}
