import type { Bilingual } from '../bilingual'
import type { EvidenceManifest } from '../evidence'

/**
 * A figure as data: what it shows, independent of how it is laid out. The page draws it with HTML (any width,
 * language and theme), and `compose` draws the same document into one PNG for downloads and the command line.
 * It holds what the explainer shows, never the region sums or verdicts that decide a key.
 */
export interface FigureDocument {
  readonly groups: readonly PanelGroup[]
  /** Alternative text: the same facts as the figure. */
  readonly alternative: Bilingual
}

export interface PanelGroup {
  readonly heading?: Bilingual
  readonly panels: readonly Panel[]
}

export type Panel = ImagePanel | BarsPanel | LayersPanel | ArrowPanel

export interface ImagePanel {
  readonly kind: 'image'
  /** `picture`: what the model saw; `map`: what an explainer made of it; `copy`: a perturbed or generated picture. */
  readonly role: 'picture' | 'map' | 'copy'
  readonly caption: Bilingual
  /** Second, quieter line under the caption: a value, a layer. */
  readonly note?: Bilingual
  readonly alternative: Bilingual
  /** Name of the PNG among the figure's assets. Square, at least 512 pixels wide, transparent where nothing is shown. */
  readonly asset: string
  /** Asset of the picture that this map explains, for overlay, swipe and side by side. */
  readonly over?: string
  readonly scale?: ColourScale
  readonly legend?: readonly LegendEntry[]
  readonly superpixels?: {
    /** PNG [128,128], 8- or 16-bit grey: the superpixel's number in each pixel. */
    readonly asset: string
    /** Weight of each superpixel, by number. Change of the logit when it is shown instead of hidden. */
    readonly weights: readonly number[]
  }
}

export interface ColourScale {
  readonly colours: 'viridis' | 'hot' | 'signed' | 'magnitude'
  readonly minimum: number
  readonly maximum: number
  readonly unit: Bilingual
}

export interface LegendEntry {
  /** Key of a colour that both renderers know. */
  readonly mark: 'positive' | 'negative' | 'hidden'
  readonly text: Bilingual
}

/** Horizontal bars with their values, for example the largest gradient per picture. */
export interface BarsPanel {
  readonly kind: 'bars'
  readonly caption: Bilingual
  readonly alternative: Bilingual
  readonly axis: 'linear' | 'log'
  readonly unit: Bilingual
  readonly bars: readonly { readonly label: Bilingual; readonly value: number }[]
}

/** The network as a strip of numbered tiles, one a layer. */
export interface LayersPanel {
  readonly kind: 'layers'
  readonly caption: Bilingual
  readonly alternative: Bilingual
  readonly layers: readonly { readonly index: number; readonly type: string; readonly channels: number }[]
}

/** "then": stands between panels that are the steps of a procedure. */
export interface ArrowPanel {
  readonly kind: 'arrow'
  readonly caption: Bilingual
}

/** Names a figure by content: what was drawn, from which evidence, by which version of the drawing. */
export interface FigureManifest {
  readonly spec: unknown
  readonly evidence: readonly { readonly id: string; readonly manifest: EvidenceManifest }[]
  /** Raised when the drawing changes. */
  readonly drawing: number
}
