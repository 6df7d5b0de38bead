import { ExplainerError } from '@/lib/explainers/errors'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import type { Token } from '@/lib/explainers/language/tokenizer'
import { mostTokens } from '@/lib/explorations/schema'

/** An exploration that would be computed, but cannot be shown. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError'

  constructor(
    readonly tokens: number,
    readonly most: number,
  ) {
    super(`there are ${tokens} tokens; at most ${most} can be shown`)
  }
}

/**
 * @returns the sentence as the model reads it
 * @throws TooLongError
 * @throws ExplainerError 'invalid-parameter' when nothing in it makes a token
 */
export function readTokens(model: LanguageModel, sentence: string): readonly Token[] {
  const { tokens } = model.tokenizer.tokenize(sentence)
  if (tokens.length > mostTokens) throw new TooLongError(tokens.length, mostTokens)
  if (tokens.length < 3) throw new ExplainerError('invalid-parameter', 'sentence', 'the sentence has no word')
  return tokens
}
