import type { ZodType } from 'zod'
import type { Classifier } from './classifier'
import type { Evidence, Variant } from './evidence'
import type { ExplainRequest, Explanation, Parameters } from './explainer'

/** An explainer that continues where the evidence of another, with the same parameters but its own, ends. */
export interface DerivedExplainer<P extends Parameters = Parameters> {
  readonly method: string
  readonly version: number
  /** Method whose evidence it needs. */
  readonly basis: string
  /** Parameters of its own, without which the basis is asked for. */
  readonly ownParameters?: readonly string[]
  parameters(variant: Variant, classifier: Pick<Classifier, 'layers' | 'classes'>): ZodType<P>
  /** @throws ExplainerError */
  explain(request: ExplainRequest<P>, basis: Evidence): Promise<Explanation>
}
