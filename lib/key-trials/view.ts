import type { TrialRequest } from '@/lib/key-trials/schema'
import type { KeyCheckState, OptionOutcome, VerdictView } from '@/lib/verification/view'

/** What a check of a draft's key finds before it is published; for who writes it. `done` counts measurements. */
export interface KeyTrialView extends KeyCheckState {
  /** What is tried: the draft may have changed since. */
  readonly asked: TrialRequest
  /** null: not found yet. */
  readonly result: {
    readonly verdict: VerdictView
    /** By option id; those without a claim are absent. */
    readonly options: { readonly [optionId: string]: OptionOutcome }
  } | null
}
