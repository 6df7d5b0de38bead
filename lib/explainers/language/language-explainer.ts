import type { ZodType } from 'zod'
import type { Variant } from '../evidence'
import type { Explanation, Parameters } from '../explainer'
import type { LanguageModel } from './language-model'

/** As `ExplainRequest`, for a model that reads text. Nothing here is random: there is no seed. */
export interface LanguageExplainRequest<I, P extends Parameters = Parameters> {
  readonly model: LanguageModel
  readonly input: I
  readonly variant: Variant
  /** Output of `parameters(variant, model).parse(…)`: every default filled in. */
  readonly parameters: P
  /** When it aborts, `explain` throws an `ExplainerError` 'cancelled' before its next run of the model. */
  readonly signal?: AbortSignal
}

/**
 * A method of explanation for text. `explain` returns, beside its own arrays and measurements, what it was computed
 * from: `hidden_states` [layers+1, tokens, width] and, where attention takes part, `attentions`
 * [layers, heads, tokens, tokens].
 */
export interface LanguageExplainer<I, P extends Parameters = Parameters> {
  readonly method: string
  /** Raised whenever the numbers that the method gives change. */
  readonly version: number
  /** @returns the schema of what is explained: a sentence, a question with its passage, several sentences. */
  input(): ZodType<I>
  /** @returns the schema of the parameters; it fills in defaults and checks layers and heads against the model. */
  parameters(variant: Variant, model: Pick<LanguageModel, 'config'>): ZodType<P>
  /** @throws ExplainerError */
  explain(request: LanguageExplainRequest<I, P>): Promise<Explanation>
}
