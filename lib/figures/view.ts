import type { Bilingual } from '@/lib/explainers/bilingual'
import type { ProgressStep } from '@/lib/explainers/evidence'
import type { FigureDocument, FigureManifest } from '@/lib/explainers/figures/document'

/** The state of a requested figure, polled by a waiting page: GET /api/figures?request=ID&request=ID. */
export type FigureState =
  | {
      readonly requestId: string
      readonly status: 'queued'
      readonly ahead: number
      readonly secondsLeft: number | null
    }
  | {
      readonly requestId: string
      readonly status: 'computing'
      readonly step: ProgressStep
      readonly done: number
      readonly total: number
      readonly secondsLeft: number | null
    }
  | { readonly requestId: string; readonly status: 'ready'; readonly figureId: string }
  | {
      readonly requestId: string
      readonly status: 'failed'
      readonly code: string
      readonly message: Bilingual
    }

/** GET /api/figures/FIGURE_ID, immutable. Assets: /api/figures/FIGURE_ID/assets/NAME. One PNG: /api/figures/FIGURE_ID/image?language=zh&theme=dark. */
export interface FigureView {
  readonly figureId: string
  readonly document: FigureDocument
  readonly manifest: FigureManifest
  /** Wall-clock seconds of all its evidence. */
  readonly seconds: number
}

/** What the pointing game found about one map and one object. */
export interface PointingGameView {
  readonly map: Bilingual
  readonly object: Bilingual
  /** 0 to 1: share of the map's highest places that lie on the object. */
  readonly hit: number
  /** The same of a place drawn at random. */
  readonly chance: number
}
