import type { ProgressStep } from '@/lib/explainers/evidence'
import type { LegendEntry } from '@/lib/explainers/figures/document'

/** What is said around a figure, and how it was made. */
export interface FigureMessages {
  readonly figure: {
    readonly title: string
    readonly hide: string
    readonly show: string
    readonly steps: Readonly<Record<ProgressStep, (done: number, total: number) => string>>
    readonly queued: (ahead: number) => string
    readonly estimate: (seconds: number) => string
    readonly answeringOpen: string
    readonly stillOpen: string
    readonly failed: string
    readonly lost: string
    undrawn: string
    readonly arrived: string
    readonly tools: string
    readonly zoom: string
    readonly zoomPanel: (caption: string) => string
    readonly view: string
    readonly side: string
    readonly overlay: string
    readonly swipe: string
    readonly opacity: string
    readonly swipePosition: string
    readonly safeColours: string
    readonly download: string
    readonly how: string
    readonly marks: Readonly<Record<LegendEntry['mark'], string>>
    readonly legend: string
    readonly scale: (minimum: string, maximum: string, unit: string) => string
    readonly value: string
    readonly superpixels: (caption: string) => string
    readonly superpixelsHint: string
    readonly pointHint: string
    readonly superpixel: (index: number, weight: string) => string
    readonly zoomIn: string
    readonly zoomOut: string
    readonly zoomReset: string
    readonly zoomHint: string
    readonly fullScreen: string
    readonly leaveFullScreen: string
    readonly previousPanel: string
    readonly nextPanel: string
    /** Added to what is read of a picture in which a region is pointed out. */
    readonly outlined: (name: string) => string
    readonly alternative: string
    readonly layer: (index: number, type: string, channels: number) => string
    readonly showFigure: string
    readonly asTable: string
    readonly trust: string
  }
  readonly plaque: {
    readonly title: string
    readonly input: string
    /** The device that failed while it was in use. */
    readonly insteadOf: (provider: string) => string
    /** Relative distance from float32. */
    readonly precisionError: (distance: string) => string
    readonly seed: (seed: number) => string
    readonly seconds: (seconds: string) => string
    readonly time: string
    readonly name: string
    readonly variants: Readonly<Record<'homework' | 'paper', string>>
    readonly reproducible: string
    readonly methods: Readonly<Record<string, string>>
    readonly settings: Readonly<Record<string, (value: string) => string>>
  }
}
