import type { Bilingual } from '@/lib/explainers/bilingual'
import type { QuestionPool } from '@/lib/pools/draw'

/** A pool as staff name it. */
export interface PoolView extends QuestionPool {
  readonly title: Bilingual
}

/** A pool as it is saved: with its questions, and without an id, as each save makes all pools anew. */
export interface ArrangedPool {
  readonly title: Bilingual
  readonly draw: number
  readonly questionIds: readonly string[]
}

/** The pools that are stored, and who saved them when. */
export interface StoredPools {
  readonly revision: number
  /** null: nobody, they came with a file or a copy. */
  readonly author: { readonly userId: string; readonly name: string } | null
  /** ISO 8601. */
  readonly savedAt: string | null
  readonly pools: readonly ArrangedPool[]
}
