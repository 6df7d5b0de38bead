import type { Bilingual } from '@/lib/explainers/bilingual'
import type { FigureState } from '@/lib/figures/view'
import type { ComparedQuantity } from '@/lib/model-swaps/comparison'
import type { RichBilingual } from '@/lib/questions/rich-content'
import type { KeyCheckState, OptionOutcome, VerdictView } from '@/lib/verification/view'

/** A draft that somebody is writing; a swap leaves it as it is. */
export interface OpenDraft {
  readonly author: string
  readonly savedAt: string
}

/** A model that questions of an assignment are about, and those of its kind that can be tried in its place. */
export interface UsedModel {
  readonly name: string
  /** Labels of the questions. */
  readonly questions: readonly string[]
  readonly candidates: readonly string[]
}

/** A question that is about the model that goes. */
export interface SwapOffer {
  readonly questionId: string
  readonly slug: string
  readonly label: string
  readonly prompt: Bilingual
  /** Why the other model cannot take the place here; empty: it can be tried. */
  readonly obstacles: readonly Bilingual[]
  readonly draft: OpenDraft | null
}

export type SwapStatus = 'proposed' | 'applied'

/** A swap in the list. */
export interface SwapLine {
  readonly swapId: string
  readonly number: number
  readonly status: SwapStatus
  readonly from: string
  readonly to: string
  readonly author: string
  readonly createdAt: string
  readonly appliedAt: string | null
  readonly appliedBy: string | null
  readonly questions: number
}

/** A swap with everything that it changes; for staff. */
export interface SwapView extends SwapLine {
  /** Why keys stand that the new model contradicts. */
  readonly keyReason: string | null
  /** `done` counts measurements. */
  readonly keys: KeyCheckState
  readonly figures: { readonly ready: number; readonly failed: number; readonly total: number }
  readonly compared: readonly SwappedQuestion[]
}

export interface SwappedQuestion {
  readonly questionId: string
  readonly slug: string
  readonly label: string
  /** That the swap starts from. */
  readonly version: number
  /** That applying made; null before. */
  readonly appliedVersion: number | null
  /** Somebody has published or regraded it since: the swap has to be proposed again. */
  readonly outdated: boolean
  readonly draft: OpenDraft | null
  readonly figureBefore: FigureState | null
  readonly figureAfter: FigureState | null
  readonly parts: readonly SwappedPart[]
}

export interface SwappedPart {
  readonly partId: string
  readonly label: string
  readonly prompt: RichBilingual
  /** null: never checked. */
  readonly before: VerdictView | null
  /** null: not found yet. */
  readonly after: VerdictView | null
  /** Whether the verdict, or what is true of an option, is another one; null: not found yet. */
  readonly changed: boolean | null
  /** The new model contradicts the key, and it records no reason. */
  readonly needsReason: boolean
  readonly options: readonly ComparedOption[]
  readonly measured: readonly ComparedQuantity[]
}

export interface ComparedOption {
  readonly optionId: string
  readonly text: RichBilingual
  readonly keyed: boolean
  readonly before: OptionOutcome | null
  readonly after: OptionOutcome | null
}
