import type { Bilingual } from '../bilingual'
import type { EvidenceManifest } from '../evidence'
import type { ChartColour } from './chart/colours'
import type { Mark } from './chart/scene'
import type { FigurePicture } from './context'

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
  /** How to read the group's panels. */
  readonly note?: Bilingual
  /** What the marks of the group's plots stand for. */
  readonly marks?: readonly MarkEntry[]
  readonly panels: readonly Panel[]
}

export interface MarkEntry {
  readonly mark: Mark
  readonly colour: ChartColour
  readonly text: Bilingual
}

export type Panel = ImagePanel | BarsPanel | LayersPanel | ArrowPanel | TablePanel | ChartPanel

/** Panels that are drawn from a scene, see `chart/`. */
export type ChartPanel = AttentionPanel | MatrixPanel | PlotPanel

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
  /** End of a linear axis, where several panels share one; default: the largest value. */
  readonly maximum?: number
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

interface ChartWords {
  readonly caption: Bilingual
  readonly note?: Bilingual
  readonly alternative: Bilingual
  /** The same numbers as a table, which a page opens on request. */
  readonly twin?: TablePanel
}

/** Attention weights of one head. */
export interface AttentionPanel extends ChartWords {
  readonly kind: 'attention'
  readonly tokens: readonly string[]
  /** From which position to which, with the weight, 0 to 1. */
  readonly links: readonly (readonly [from: number, to: number, weight: number])[]
  /** The position whose weights are singled out. */
  readonly from?: number
}

/** Numbers in rows and columns. `colours`: cells of a heat map; `columns`: a histogram for each row. */
export interface MatrixPanel extends ChartWords {
  readonly kind: 'matrix'
  readonly cells: 'colours' | 'columns'
  readonly rows: readonly Bilingual[]
  readonly columns: readonly Bilingual[]
  readonly rowTitle: Bilingual
  readonly columnTitle: Bilingual
  readonly values: readonly (readonly number[])[]
  /** Digits after the point of the written values. */
  readonly digits: number
  readonly scale: ColourScale
}

export interface Axis {
  readonly title: Bilingual
  readonly minimum: number
  readonly maximum: number
  /** None: the axis has no numbers worth reading. */
  readonly ticks: readonly { readonly at: number; readonly words: Bilingual }[]
}

/** Points between two axes. */
export interface PlotPanel extends ChartWords {
  readonly kind: 'plot'
  readonly form: 'square' | 'wide'
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly {
    readonly mark: Mark
    readonly colour: ChartColour
    /** Joined by a line, in this order. */
    readonly joined?: boolean
    readonly dashed?: boolean
    /** A mark at every nth point only; 0: none. Default: at every point. */
    readonly markEvery?: number
    /** Of each point, where its numbers spread: a bar from the lowest to the highest. */
    readonly spread?: readonly (readonly [low: number, high: number])[]
    /** With how many things stand at one point; their area says so. */
    readonly points: readonly (readonly [x: number, y: number, count?: number])[]
  }[]
  readonly labels: readonly PlotLabel[]
}

/** A label where there was room for it, in units of the plot's scene. */
export interface PlotLabel {
  readonly text: string
  readonly at: readonly [x: number, y: number]
  readonly anchor: 'start' | 'middle' | 'end'
  /** The point that it belongs to, where it stands at a distance from it: a line joins them. */
  readonly leader?: readonly [x: number, y: number]
  readonly series: number
}

/** Words and numbers in rows, read as they stand. */
export interface TablePanel {
  readonly kind: 'table'
  readonly caption: Bilingual
  readonly columns: readonly { readonly title: Bilingual; readonly numbers?: boolean }[]
  readonly rows: readonly (readonly Bilingual[])[]
}

/** Names a figure by content: what was drawn, from which evidence, by which version of the drawing. */
export interface FigureManifest {
  readonly spec: unknown
  /** What was said of the pictures that people can rename and classify anew; absent where there are none. */
  readonly pictures?: readonly Pick<FigurePicture, 'id' | 'title' | 'label'>[]
  readonly evidence: readonly { readonly id: string; readonly manifest: EvidenceManifest }[]
  /** Raised when the drawing changes. */
  readonly drawing: number
}
