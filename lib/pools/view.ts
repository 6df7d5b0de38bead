import type { Bilingual } from '@/lib/explainers/bilingual'
import type { QuestionPool } from '@/lib/pools/draw'

/** A pool as staff name it. */
export interface PoolView extends QuestionPool {
  readonly title: Bilingual
}
