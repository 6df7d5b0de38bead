import type { Classifier } from '../classifier'
import type { CorpusIndex } from '../corpus/corpus-index'
import type { Evidence, FloatTensor, Json, Variant } from '../evidence'
import type { LanguageModel } from '../language/language-model'
import type { SimilarityInput } from '../methods/embedding-similarity'
import type { QuestionInput } from '../methods/embedding-space'
import type { LibraryPicture } from '../pictures/library'
import type { PictureName } from '../pictures/picture-name'
import type { Region } from '../regions'
import type { ModelRole } from './measurement'
import type { UsedModel } from './reading'

/** A picture of the library at the size of the classifier's input. */
export interface LabPicture
  extends Pick<LibraryPicture, 'id' | 'name' | 'sha256' | 'label' | 'title' | 'regionsSha256'> {
  /** [3, height, width]. */
  readonly input: FloatTensor
  readonly regions: readonly Region[]
}

export interface WantedEvidence {
  readonly method: string
  readonly picture: PictureName
  /** Ignored by methods without chance. */
  readonly seed?: number
  /** Default: the homework's. */
  readonly variant?: Variant
  /** What differs from the variant's defaults. */
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
  picture(id: PictureName): Promise<LabPicture>
  /** Of the classifier, explaining the picture's own class. */
  evidence(wanted: WantedEvidence): Promise<Evidence>
  /** A text with the part of speech of each word, indexed for this model. */
  corpusIndex(model: LanguageModel): Promise<CorpusIndex>
  passages(): Promise<readonly QuestionInput[]>
  /** @param part what is compared: its first occurrence in each sentence. */
  sentences(part: string): Promise<SimilarityInput>
  readonly signal?: AbortSignal
}
