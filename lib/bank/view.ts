import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Topic } from '@/lib/questions/content'
import type { VerdictName } from '@/lib/verification/part-verdict'

/** The bank of questions as its page shows it; for staff. */

export interface BankQuestion {
  readonly questionId: string
  readonly slug: string
  readonly label: string
  readonly topic: Topic
  readonly prompt: Bilingual
  readonly tags: readonly string[]
  readonly version: number
  readonly parts: number
  /** Thousandths. */
  readonly points: number
  readonly archived: boolean
  /** Kind of the figure; null: it has none. */
  readonly figure: string | null
  /** Of the parts of the latest key that have been checked. */
  readonly verdicts: readonly VerdictName[]
  readonly assignment: { readonly slug: string; readonly title: Bilingual }
  readonly course: { readonly slug: string; readonly title: Bilingual }
  /** Questions that were copied from this one, in any version. */
  readonly copies: number
  /** Whether the viewer may copy it, and open it in the studio. */
  readonly mayCopy: boolean
  /** How students did; null with fewer than ten. */
  readonly results: BankResults | null
}

export interface BankResults {
  readonly students: number
  /** Mean share of the points, 0..1. */
  readonly difficulty: number
  /** Correlation with the rest of the attempt; null where either does not vary. */
  readonly discrimination: number | null
}

/** An assignment that questions can be copied into. */
export interface CopyTarget {
  readonly assignmentId: string
  readonly slug: string
  readonly title: Bilingual
  readonly course: { readonly slug: string; readonly title: Bilingual }
}

export interface BankPage {
  readonly questions: readonly BankQuestion[]
  /** How many match. */
  readonly found: number
  readonly pages: number
  /** All that the viewer may search: what to choose from. */
  readonly tags: readonly string[]
  readonly courses: readonly { readonly slug: string; readonly title: Bilingual }[]
}

/** Where a question was copied from. */
export interface Provenance {
  readonly questionId: string
  readonly slug: string
  readonly label: string
  /** That was copied. */
  readonly version: number
  readonly latest: number
  readonly assignment: { readonly slug: string; readonly title: Bilingual }
  readonly course: { readonly slug: string; readonly title: Bilingual }
  /** Whether the viewer may open the original and compare. */
  readonly mayRead: boolean
}
