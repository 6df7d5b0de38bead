import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Selection, Topic } from '@/lib/questions/content'
import type { RichBilingual } from '@/lib/questions/rich-content'
import type { ItemFlag } from '@/lib/statistics/flags'
import type { GroupScores } from '@/lib/statistics/groups'
import type { ItemAnalysis, ItemStatistics, TooFewStudents } from '@/lib/statistics/items'
import type { VariantDifficulty } from '@/lib/statistics/variants'

/** Whose answers count, where somebody has more than one attempt. */
export type AttemptChoice = 'first' | 'latest'

/** In which language an attempt was read; `both` also where it was changed between start and submission. */
export const readingLanguages = ['zh', 'en', 'both'] as const
export type ReadingLanguage = (typeof readingLanguages)[number]

/** How hard one variant of an item was. */
export interface VariantScores extends Omit<VariantDifficulty<number>, 'name'> {
  /** Below 0; null: the question itself. */
  readonly number: number | null
  /** What it shows; null: as the question itself. */
  readonly pictures: Bilingual | null
}

/** What an item's numbers are about. */
export interface ItemCard {
  readonly statistics: ItemStatistics
  readonly flags: readonly ItemFlag[]
  readonly label: string
  readonly position: number
  readonly topic: Topic
  readonly prompt: RichBilingual
  readonly partPrompt: RichBilingual | null
  readonly selection: Selection
  /** By option id. */
  readonly optionTexts: { readonly [optionId: string]: RichBilingual }
  /** The question itself and its variants, as far as somebody had them; empty: everybody had the question itself. */
  readonly variants: readonly VariantScores[]
}

export interface ItemAnalysisView {
  /** ISO 8601: the moment that it shows, where that is some seconds ago. */
  readonly asOf: string | null
  readonly attempts: AttemptChoice
  /** Whose: the id of a section, `none`, or null for everybody. */
  readonly section: string | null
  readonly analysis: ItemAnalysis | TooFewStudents
  /** By position; empty where too few have submitted. */
  readonly items: readonly ItemCard[]
  /** Those counted by the language that they read, as far as it is known; items in the order of the parts. */
  readonly languages: readonly GroupScores<ReadingLanguage>[]
  /** Labels of drawn parts that fewer than ten of those counted have had: nothing is said of them. */
  readonly rarelyDrawn: readonly string[]
  /** Submitted attempts that showed other parts than the assignment has now: left out. */
  readonly leftOut: number
  /** Simulated students among those counted. */
  readonly simulated: number
}
