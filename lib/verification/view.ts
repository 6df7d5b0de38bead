import type { AssignmentView } from '@/lib/attempts/view'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { FigureState } from '@/lib/figures/view'
import type { Topic } from '@/lib/questions/content'
import type { RichBilingual } from '@/lib/questions/rich-content'
import type { KeyEvidence } from '@/lib/statistics/mis-key'
import type { VerdictName } from '@/lib/verification/part-verdict'

/** What the page of evidence receives; for staff only. */
export interface EvidenceOverview {
  readonly assignment: AssignmentView
  readonly parts: readonly EvidenceLine[]
  /** The latest check; null before the first. */
  readonly run: KeyCheckState | null
}

export interface EvidenceLine {
  readonly partId: string
  /** As students see it: `23.1`. */
  readonly label: string
  readonly topic: Topic
  readonly prompt: RichBilingual
  readonly figure: FigureState | null
  /** null: not checked yet. */
  readonly verdict: VerdictView | null
  readonly options: readonly OptionEvidence[]
  /** Why the key stands although it is contradicted, as the key itself says. */
  readonly accepted: Bilingual | null
  /** The reason that an instructor gave on publishing this version, in the words that were typed. */
  readonly publishReason: string | null
  readonly disputed: Bilingual | null
  readonly explanation: RichBilingual
  /** Newest first, the current one included. */
  readonly history: readonly PastVerdict[]
}

export interface VerdictView {
  readonly verdict: VerdictName
  /** −1 to 1; null where there is none. */
  readonly margin: number | null
  readonly isThin: boolean
  readonly stability: {
    readonly seeds: number
    readonly agreeing: number
    readonly spread: number | null
  } | null
  /** Chance takes part, and no other seed than the figure's was tried: nothing is known of the stability. */
  readonly isUnrepeated: boolean
  readonly missing: { readonly message: Bilingual; readonly command: string | null } | null
  readonly measured: readonly MeasuredQuantity[]
  readonly models: readonly ModelMention[]
  /** The demonstration of a reasoned key, in words. */
  readonly demonstration: { readonly holds: boolean | null; readonly why: Bilingual } | null
  readonly checkedAt: string
}

export interface MeasuredQuantity {
  readonly title: Bilingual
  readonly unit: string
  readonly values: readonly { readonly name: Bilingual; readonly value: number | null }[]
}

export interface ModelMention {
  readonly name: string
  readonly sha256: string
  readonly insteadOf: string | null
}

export interface OptionOutcome {
  /** null: not measured, or open. */
  readonly holds: boolean | null
  readonly margin: number | null
  /** What the option claims, and where it was measured, why that is true or false. */
  readonly why: Bilingual | null
}

export interface OptionEvidence extends OptionOutcome {
  readonly optionId: string
  readonly text: RichBilingual
  readonly keyed: boolean
}

export interface PastVerdict {
  readonly verdict: VerdictName
  readonly margin: number | null
  readonly models: readonly ModelMention[]
  readonly keyVersion: number
  readonly checkedAt: string
}

/** What was found about one part's key, in short. */
export interface EvidenceBrief {
  readonly partId: string
  readonly label: string
  /** Of its question, which may have several parts. */
  readonly questionLabel: string
  readonly options: readonly { readonly id: string; readonly text: Bilingual }[]
  readonly correct: readonly string[]
  /** null: there is none, or it is not ready. */
  readonly figureId: string | null
  /** null: not checked yet. */
  readonly verdict: VerdictName | null
  /** null: the verdict comes from no measurement. */
  readonly evidence:
    | (KeyEvidence & {
        /** The option that the evidence speaks for; null: none holds. */
        readonly favoured: string | null
        /** What decides for it, against the strongest rival; null where it is more than two numbers. */
        readonly numbers: readonly [own: number, rival: number] | null
        /** Why it holds, in a sentence with all numbers. */
        readonly why: Bilingual | null
      })
    | null
}

export interface KeyCheckState {
  readonly status: 'queued' | 'computing' | 'done' | 'failed'
  readonly done: number
  readonly total: number
}
