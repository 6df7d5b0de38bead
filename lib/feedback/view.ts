import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Thing } from '@/lib/explainers/figures/spots'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'

/**
 * What a student is told about the own answer once the key is released: made of what the chosen options claim, and of
 * what was measured of the model.
 */
export type PartFeedback =
  | {
      readonly state: 'measured'
      /** Those that were chosen, then those of the key that were not. */
      readonly options: readonly OptionFeedback[]
      /** Why the key stands although the model measured here behaves otherwise; null where it does not. */
      readonly keyNote: Bilingual | null
      /** How far chance decides; null where it does not. */
      readonly chanceNote: Bilingual | null
      readonly models: readonly MeasuredModel[]
    }
  /** The key follows from a definition; something may have been measured that shows it at work. */
  | {
      readonly state: 'reasoned'
      readonly demonstration: (Finding & { readonly models: readonly MeasuredModel[] }) | null
    }
  | { readonly state: 'not-computable'; readonly why: Bilingual }
  /** Nothing has been measured yet of this question with this model; `measuring`: it is being. */
  | { readonly state: 'measuring' | 'not-measured' }

/** A sentence about a measurement, and what it speaks of in the figure. */
export interface Finding {
  readonly words: Bilingual
  readonly marks: readonly FigureMark[]
}

export interface OptionFeedback extends Finding {
  readonly optionId: string
  readonly chosen: boolean
  readonly keyed: boolean
  /** Whether what the option claims is true of the model; null: a number that would decide does not exist. */
  readonly holds: boolean | null
}

/** Something to be pointed out in the figure. */
export type FigureMark = PictureMark | ThingMark

interface Mark {
  readonly name: Bilingual
  /** `claimed`: the option speaks of it. `leading`: it is what the option takes its own place for. */
  readonly role: 'claimed' | 'leading'
}

/** A place in a picture. */
export interface PictureMark extends Mark {
  readonly picture: PictureName
  /** SVG path data in a square of `OUTLINE_SIDE`; null: the whole picture is meant. */
  readonly outline: string | null
}

/** A layer, a word, a run: what is no place of a picture. */
export interface ThingMark extends Mark {
  readonly thing: Thing
}

/** Pixels of the classifier's input, in which regions are measured. */
export const OUTLINE_SIDE = 128

export interface MeasuredModel {
  readonly name: string
  /** The model that the question is about, where this one stands in for it. */
  readonly insteadOf: string | null
}
