import type { ZodType } from 'zod'
import type { Classifier } from './classifier'
import type { EvidenceManifest, FloatTensor, Json, ReportProgress, Tensor, Variant } from './evidence'
import type { Region } from './regions'

export type Parameters = { readonly [name: string]: Json }

/** What one explainer is asked to explain, with everything decided. */
export interface ExplainRequest<P extends Parameters = Parameters> {
  readonly classifier: Classifier
  /** [3, height, width] of the classifier's input size, RGB, 0 to 1. */
  readonly picture: FloatTensor
  /** Index of the class that is explained. */
  readonly target: number
  readonly variant: Variant
  /** Output of `parameters(variant, classifier).parse(…)`: every default filled in. */
  readonly parameters: P
  /** Every random number of the explanation comes from this seed; equal seeds give equal bits on one device. */
  readonly seed: number
  /** Named parts of the picture, where they are known. */
  readonly regions?: readonly Region[]
  readonly progress?: ReportProgress
  /** When it aborts, `explain` throws an `ExplainerError` 'cancelled' before its next batch. */
  readonly signal?: AbortSignal
}

/**
 * `arrays` always hold `input` [3,H,W] and `logits` [classes] of the unchanged picture, and the method's own map,
 * never normalised:
 * saliency `attribution` [H,W]; smooth-grad and integrated-gradients `attribution` [3,H,W];
 * filter-activation `activation` [h,w]; filter-visualization `image` [3,H,W] (and `start` [3,H,W]);
 * lime `superpixels` int32 [H,W] and `weights` [H,W].
 */
export interface Explanation {
  readonly arrays: { readonly [name: string]: Tensor }
  readonly measurements: { readonly [name: string]: Json }
  /** Pictures per run of the graph that made the map; goes into the manifest. */
  readonly batch: number
  /** Models that took part beside the explained one; they go into the manifest. */
  readonly otherModels?: EvidenceManifest['otherModels']
  /** Where it is not the model's own: of the graph that made the map; goes into the manifest. */
  readonly precision?: EvidenceManifest['precision']
}

/** A method of explanation: one file in `methods/` exports one of these. */
export interface Explainer<P extends Parameters = Parameters> {
  readonly method: string
  /** Raised whenever the numbers that the method gives change. */
  readonly version: number
  /**
   * @returns the schema of the parameters. It fills in the variant's defaults, refuses unknown names, and checks
   * ranges that depend on the classifier (layers, filters).
   */
  parameters(variant: Variant, classifier: Pick<Classifier, 'layers' | 'classes'>): ZodType<P>
  /** @throws ExplainerError */
  explain(request: ExplainRequest<P>): Promise<Explanation>
}
