import type { Bilingual } from '../bilingual'
import type { Classifier } from '../classifier'
import type { CorpusIndex } from '../corpus/corpus-index'
import type { Evidence, FloatTensor, Json } from '../evidence'
import type { LanguageModel } from '../language/language-model'
import type { SimilarityInput } from '../methods/embedding-similarity'
import type { QuestionInput } from '../methods/embedding-space'
import type { Region } from '../regions'
import type { ModelRole } from './measurement'
import type { UsedModel } from './reading'

export interface LabPicture {
  readonly name: string
  readonly sha256: string
  /** [3, height, width] of the classifier's input. */
  readonly input: FloatTensor
  /** Index of the class that is explained: the picture's own. */
  readonly label: number
  readonly title: Bilingual
  readonly regions: readonly Region[]
}

export interface WantedEvidence {
  readonly method: string
  /** Number of the picture. */
  readonly picture: number
  /** Ignored by methods without chance. */
  readonly seed?: number
  /** What differs from the homework's defaults. */
  readonly parameters?: { readonly [name: string]: Json }
}

/**
 * Where measurements are made: what they may ask for. Whoever provides it decides which models there are, and may
 * keep evidence that several measurements share.
 *
 * Every function throws an `ExplainerError` where its thing is missing or damaged ('model-missing', 'corpus-missing',
 * 'corpus-not-indexed', 'picture-missing', …), with the model or corpus as its subject.
 */
export interface Lab {
  classifier(): Promise<Classifier>
  languageModel(role: Exclude<ModelRole, 'classifier'>): Promise<LanguageModel>
  /** @returns the model of that role by name and weights, without opening it. */
  modelFor(role: ModelRole): Promise<UsedModel>
  picture(number: number): Promise<LabPicture>
  /** Of the classifier, in the homework's variant, explaining the picture's own class. */
  evidence(wanted: WantedEvidence): Promise<Evidence>
  /** A text with the part of speech of each word, indexed for this model. */
  corpusIndex(model: LanguageModel): Promise<CorpusIndex>
  passages(): Promise<readonly QuestionInput[]>
  /** @param part what is compared: its first occurrence in each sentence. */
  sentences(part: string): Promise<SimilarityInput>
  readonly signal?: AbortSignal
}
