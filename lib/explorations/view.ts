import type { Bilingual } from '@/lib/explainers/bilingual'
import type { LayerNumbering } from '@/lib/explainers/language/layer-numbering'
import type { ATTENTION_TARGETS } from '@/lib/explainers/methods/attention'

/** What the explorer's pages receive. */

/** One position of the sentence as the model reads it. */
export interface ExploredToken {
  /** The word piece; continuations begin with `##`. */
  readonly text: string
  /** [CLS] and [SEP]. */
  readonly special: boolean
  /** First character and the one after the last, in UTF-16 units of the sentence; null for special tokens. */
  readonly span: readonly [number, number] | null
}

export interface Prediction {
  readonly token: string
  /** 0 to 1, with all masks. */
  readonly probability: number
  /** 0 to 1, with what it is compared with. */
  readonly compared: number
}

/** What the model expects at one masked place. */
export interface MaskPredictions {
  readonly position: number
  /** The word that was masked. */
  readonly original: Prediction
  /** Most probable first. */
  readonly top: readonly Prediction[]
}

/** What a head may look at, in the order of the measures (said again, so that no explainer comes to the browser). */
export const attentionTargets = [
  'next',
  'previous',
  'same',
  'period',
  'special',
] as const satisfies typeof ATTENTION_TARGETS
export type AttentionTarget = (typeof attentionTargets)[number]

export interface AttentionResult {
  readonly kind: 'attention'
  readonly model: {
    readonly name: string
    readonly sha256: string
    readonly layers: number
    readonly heads: number
    /** Whether it can predict masked words. */
    readonly predicts: boolean
  }
  readonly sentence: string
  readonly tokens: readonly ExploredToken[]
  readonly masks: readonly number[]
  readonly compare: readonly number[]
  /** [layers, heads, tokens, tokens], rows are the tokens that look; see `decodeWeights`. */
  readonly attentions: string
  /** [layers][heads][targets]: mean weight, 0 to 1. */
  readonly measures: readonly (readonly (readonly number[])[])[]
  /** Position of the last full stop; null: there is none, and its measure is 0. */
  readonly period: number | null
  readonly predictions: readonly MaskPredictions[]
}

export interface CorpusMatch {
  /** Cosine, −1 to 1. */
  readonly similarity: number
  readonly sentence: string
  readonly token: string
  /** Where the token stands in the sentence. */
  readonly span: readonly [number, number]
  /** Universal part-of-speech tag of the whole word. */
  readonly pos: string
  /** Token of the sentence that it attends to most. */
  readonly attended: { readonly token: string; readonly span: readonly [number, number] }
}

export interface Count {
  readonly value: string
  readonly count: number
}

export interface CorpusSearchResult {
  readonly kind: 'corpus-search'
  readonly corpus: { readonly name: string; readonly source: string; readonly tokens: number }
  readonly position: number
  readonly layer: number
  readonly numbering: LayerNumbering
  /** Place in the hidden states that was compared, 0 to layers. */
  readonly state: number
  /** The unmasked word's own part of speech. */
  readonly partOfSpeech: string
  /** Histograms, most frequent first. */
  readonly partsOfSpeech: readonly Count[]
  readonly attended: readonly Count[]
  /** Most similar first. */
  readonly matches: readonly CorpusMatch[]
}

export interface CorpusIndexResult {
  readonly kind: 'corpus-index'
  readonly sentences: number
  readonly tokens: number
}

export type ExplorationResult = AttentionResult | CorpusSearchResult | CorpusIndexResult

export type ExplorationState =
  | { readonly explorationId: string; readonly status: 'queued' }
  | {
      readonly explorationId: string
      readonly status: 'computing'
      /** Of `total`; both 0 where it is not worth counting. */
      readonly done: number
      readonly total: number
    }
  | { readonly explorationId: string; readonly status: 'ready'; readonly result: ExplorationResult }
  | {
      readonly explorationId: string
      readonly status: 'failed'
      readonly code: string
      readonly message: Bilingual
      /** What to type to mend it; null: nothing helps. */
      readonly command: string | null
    }
