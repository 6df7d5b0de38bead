import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Stability } from '@/lib/explainers/claims/verdict'
import type { FigureState } from '@/lib/figures/view'
import type { Draft } from '@/lib/studio/schema'
import type { KeyRefusal } from '@/lib/variants/recomputed-key'
import type { Substitution } from '@/lib/variants/substitution'
import type { VariantTexts } from '@/lib/variants/texts'
import type { Variety } from '@/lib/variants/variety'
import type { VerdictName } from '@/lib/verification/part-verdict'

/** What was measured for one part of a variant. */
export interface VariantPart {
  readonly partId: string
  readonly label: string
  readonly verdict: VerdictName
  readonly margin: number | null
  readonly stability: Stability | null
  /** null: the key is clearly supported. */
  readonly refusal: KeyRefusal | null
  /** What is missing where nothing could be computed. */
  readonly missing: Bilingual | null
  readonly options: readonly {
    readonly optionId: string
    readonly keyed: boolean
    readonly holds: boolean | null
    readonly why: Bilingual | null
  }[]
}

/** A variant, as whoever writes the question sees it. */
export interface VariantLine {
  readonly variantId: string
  /** Of its version, −1 downwards; null: it has none. */
  readonly number: number | null
  /** Made from a version that is not the latest any more: it is not dealt. */
  readonly stale: boolean
  readonly state: 'queued' | 'computing' | 'supported' | 'refused' | 'failed'
  /** Measurements made, of those to be made. */
  readonly done: number
  readonly total: number
  readonly substitution: Substitution
  /** Empty until it was measured. */
  readonly parts: readonly VariantPart[]
  /** null: its key is not clearly supported, or not measured yet. */
  readonly made: {
    /** As a student will see it, and its key. */
    readonly draft: Draft
    readonly figureRequestId: string | null
    readonly figure: FigureState | null
    /** Names of the question's own pictures that its texts still have. */
    readonly leftovers: readonly string[]
    /** Attempts that pin it. */
    readonly attempts: number
  } | null
  /** Whether somebody has read it and lets it be dealt. */
  readonly dealt: boolean
}

/**
 * Where the texts of variants come from. `suggested`: from the question, by rule. `provided`: they were written with the bundled
 * question. `saved`: by an instructor.
 */
export const TEXTS_ORIGINS = ['suggested', 'provided', 'saved'] as const
export type TextsOrigin = (typeof TEXTS_ORIGINS)[number]

/** The variants of a question; for instructors. */
export interface VariantsView {
  readonly questionId: string
  /** The latest, of which variants are made. */
  readonly version: number
  readonly variety: Variety
  /** What parts are called, by their ids. */
  readonly labels: { readonly [partId: string]: string }
  /** With placeholders; null: the question can have no variants. */
  readonly texts: VariantTexts | null
  readonly textsFrom: TextsOrigin
  /** What each placeholder stands for in the question itself. */
  readonly placeholders: readonly { readonly placeholder: string; readonly name: Bilingual }[]
  /** Whether attempts get one of the variants. */
  readonly dealing: boolean
  /** The latest first. */
  readonly variants: readonly VariantLine[]
}
