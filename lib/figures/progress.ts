import type { ProgressStep } from '@/lib/explainers/evidence'

/** Every step that an explainer may report. */
export const progressSteps = [
  'loading',
  'superpixels',
  'perturbed-copies',
  'regression',
  'gradient',
  'noisy-copies',
  'path',
  'activation',
  'optimisation',
  'reading-text',
  'reading-corpus',
  'testing-map',
  'drawing',
] as const satisfies readonly ProgressStep[]

/** How far a figure is, as stored while it is computed. */
export interface FigureProgress {
  readonly step: ProgressStep
  readonly done: number
  readonly total: number
  /** null: not known. */
  readonly secondsLeft: number | null
}

/** @returns the stored step; one that is not known (any more) reads as the first. */
export function asProgressStep(stored: string | null): ProgressStep {
  return progressSteps.find((step) => step === stored) ?? 'loading'
}
