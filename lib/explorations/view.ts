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

/** What a token of question and passage is; [CLS] and [SEP] are `special` and not drawn. */
export type SpaceTokenKind = 'question' | 'context' | 'answer' | 'special'

export interface SpaceToken {
  readonly text: string
  readonly kind: SpaceTokenKind
}

/** What is measured of one layer; see `embeddingSpace`. */
export interface SpaceMeasures {
  /** Distance of the answer from the centroid of the other words, over their mean distance from it. */
  readonly answerDistance: number
  /** Cosine of the question with the sentence that holds the answer, and with the others; null: there are none. */
  readonly questionRelevant: number
  readonly questionRest: number | null
  /** Share of a word's nearest neighbours that stand in its own sentence, and what chance would give. */
  readonly purity: number
  readonly purityChance: number
}

export interface SpaceLayer {
  /** [tokens][2]: the two principal components of the layer's output. */
  readonly points: readonly (readonly [number, number])[]
  /** Share of the variance along each of the two, 0 to 1. */
  readonly explained: readonly number[]
  readonly measures: SpaceMeasures
}

export interface EmbeddingSpaceResult {
  readonly kind: 'embedding-space'
  readonly model: { readonly name: string; readonly sha256: string }
  readonly question: string
  readonly context: string
  readonly tokens: readonly SpaceToken[]
  /** The likeliest span of the passage, with its place in it. */
  readonly predicted: {
    readonly text: string
    readonly span: readonly [number, number]
    /** 0 to 1. */
    readonly probability: number
  }
  /** What is drawn as the answer. */
  readonly answer: { readonly source: 'given' | 'predicted'; readonly text: string }
  /** Layers 1 to the last. */
  readonly layers: readonly SpaceLayer[]
}

export const similarityMetrics = ['cosine', 'euclidean'] as const
export type SimilarityMetric = (typeof similarityMetrics)[number]

export interface ComparedSentence {
  readonly text: string
  readonly group: string
  /** The characters that are compared. */
  readonly selected: string
  /** Token position of the first of them; 0 is [CLS]. */
  readonly position: number
  /** Tokens with [CLS] and [SEP]. */
  readonly tokens: number
  /** How often the selected characters stand in the sentence. */
  readonly occurrences: number
}

/** One hidden state, compared in one metric. */
export interface SimilarityLayer {
  /** [sentences][sentences]: cosine similarity, −1 to 1, or Euclidean distance. */
  readonly matrix: readonly (readonly number[])[]
  /** Mean of the pairs within each group; null: it has no pair. */
  readonly within: Readonly<Record<string, number | null>>
  /** Mean of the pairs of different groups. */
  readonly between: number | null
}

export interface EmbeddingSimilarityResult {
  readonly kind: 'embedding-similarity'
  readonly model: { readonly name: string; readonly sha256: string }
  readonly sentences: readonly ComparedSentence[]
  /** Per metric, hidden states 0 (the embedding that no layer has seen) to the last. */
  readonly layers: Readonly<Record<SimilarityMetric, readonly SimilarityLayer[]>>
}

/** What the rooms begin with. */
export interface ExplorationMaterial {
  readonly passages: readonly {
    readonly question: string
    readonly context: string
    readonly answer: string
  }[]
  readonly sentences: readonly GivenSentence[]
}

/** A sentence to compare, with the characters of it that are compared, [start, end) in UTF-16 units. */
export interface GivenSentence {
  readonly text: string
  readonly group: 'fruit' | 'company'
  readonly selection: readonly [number, number]
}

export type ExplorationResult =
  | AttentionResult
  | CorpusSearchResult
  | CorpusIndexResult
  | EmbeddingSpaceResult
  | EmbeddingSimilarityResult

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
