/** The closed list of reasons why evidence cannot be computed. A page or command puts each into words. */
export type ExplainerErrorCode =
  | 'unknown-method'
  | 'invalid-parameter'
  | 'model-missing'
  | 'model-damaged'
  | 'model-unsupported'
  | 'operator-without-gradient'
  | 'picture-missing'
  | 'picture-damaged'
  | 'provider-unavailable'
  | 'corpus-missing'
  | 'corpus-damaged'
  /** The corpus is there, its index for this model is not: it can be built. */
  | 'corpus-not-indexed'
  | 'cancelled'

/** An expected failure. `subject` names the thing at fault (a file's name, an operator), `message` says what is allowed. */
export class ExplainerError extends Error {
  override readonly name = 'ExplainerError'

  constructor(
    readonly code: ExplainerErrorCode,
    readonly subject: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}
