import type { Bilingual } from '@/lib/explainers/bilingual'
import type { LayerDescription } from '@/lib/explainers/classifier'
import type { Variant } from '@/lib/explainers/evidence'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { FigureState } from '@/lib/figures/view'
import type { Member } from '@/lib/schema-form/field'

/** What figures of a course can be made of, for whoever specifies them. */
export interface FigureMaterial {
  readonly pictures: readonly PictureChoice[]
  readonly classifiers: readonly ClassifierChoice[]
  readonly languageModels: readonly LanguageModelChoice[]
  readonly corpora: readonly string[]
  /** The questions of the bundled passages; passages are counted from 1. */
  readonly passages: readonly string[]
  /** The bundled sentences; they are counted from 1. */
  readonly sentences: readonly string[]
}

export interface PictureChoice {
  readonly name: PictureName
  readonly title: Bilingual
  readonly address: string
}

export interface ClassifierChoice {
  readonly name: string
  readonly classes: readonly string[]
  readonly layers: readonly LayerDescription[]
  /** What each method can be told, by variant and method. */
  readonly parameters: Readonly<Record<Variant, Readonly<Record<string, readonly Member[]>>>>
}

export interface LanguageModelChoice {
  readonly name: string
  readonly layers: number
  readonly heads: number
  readonly answersQuestions: boolean
}

/** A word of a sentence as a model reads it. */
export interface SentenceWord {
  readonly text: string
  readonly pieces: readonly string[]
}

/** A figure that was asked for. */
export interface Preview {
  readonly requestId: string
  readonly state: FigureState
}
