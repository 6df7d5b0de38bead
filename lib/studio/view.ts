import type { Bilingual } from '@/lib/explainers/bilingual'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { FigureState } from '@/lib/figures/view'
import type { PoolView } from '@/lib/pools/view'
import type { Topic } from '@/lib/questions/content'
import type { Draft, StoredDraft } from '@/lib/studio/schema'
import type { VerdictName } from '@/lib/verification/part-verdict'

/** A question as the studio's list shows it; for instructors. */
export interface StudioQuestion {
  readonly questionId: string
  readonly slug: string
  /** Of the draft where there is one, else of the latest version. */
  readonly label: string
  readonly topic: Topic
  readonly prompt: Bilingual
  /** Thousandths of a point. */
  readonly points: number
  readonly archived: boolean
  /** null: every attempt has it. */
  readonly poolId: string | null
  readonly tags: readonly string[]
  /** The latest; null: never published. */
  readonly version: number | null
  readonly draft: { readonly author: string; readonly savedAt: string } | null
  /** The verdict on each part of the latest key, in their order; null: not checked. */
  readonly verdicts: readonly (VerdictName | null)[]
  /** null: the latest version has no figure. */
  readonly figure: FigureState | null
  /** Attempts that pin the question, in any version. */
  readonly attempts: number
}

/** What an assignment draws. */
export interface StudioPools {
  /** In their order. */
  readonly pools: readonly PoolView[]
  /** Students who have begun, and keep what they have drawn. */
  readonly started: number
}

/** What the editor of a question starts from; for instructors. */
export interface EditedQuestion {
  readonly questionId: string
  readonly slug: string
  readonly tags: readonly string[]
  /** The latest version; null: never published. */
  readonly published: {
    readonly version: number
    /** Of its key, which `draft` has: regrades make later ones. */
    readonly keyVersion: number
    readonly draft: Draft
    readonly figureRequestId: string | null
  } | null
  /** The draft that is stored, with who saved it; null: never one. Its `draft` is null where it ended. */
  readonly stored: StoredDraft | null
  /** Ids of parts and options that any version has had. */
  readonly takenIds: readonly string[]
}

/** A picture of which measurements can be made. */
export interface MeasurablePicture {
  readonly name: PictureName
  readonly title: Bilingual
  /** Names of its regions, which claims call by their English. */
  readonly regions: readonly Bilingual[]
}
