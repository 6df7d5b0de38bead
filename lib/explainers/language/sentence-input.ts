import { z } from 'zod'
import { ExplainerError } from '../errors'
import type { Json } from '../evidence'
import type { Token, TokenizedText } from './tokenizer'

/** What the attention questions are about. */
export interface SentenceInput {
  readonly sentence: string
}

/** Longest sentence in characters; its tokens are checked against the model later. */
const LONGEST = 2000

export const sentenceInputSchema = z.strictObject({
  sentence: z.string().trim().min(1).max(LONGEST),
})

/** Token positions: 0 is [CLS]. The same position twice is one mask. */
export const positionsSchema = z
  .array(z.int().nonnegative())
  .max(512)
  .transform((positions) => [...new Set(positions)].sort((one, other) => one - other))

/** Tokens as measurements show them; `span` in UTF-16 units of the sentence. */
export function describeTokens(tokens: readonly Token[]): Json {
  return tokens.map(({ id, text, special, span, word }) => ({
    id,
    text,
    special,
    span: span ? [...span] : null,
    word,
  }))
}

/** A whole word of a text, as it stands there. */
export interface Word {
  readonly text: string
  /** Token positions of its pieces. */
  readonly positions: number[]
}

/** @returns the words of a text in its order, marks among them. */
export function wordsOf({ texts, tokens }: TokenizedText): Word[] {
  const keys = [...new Set(tokens.map(wordKey).filter((key) => key !== undefined))]
  return keys.map((key) => {
    const positions = tokens.flatMap((token, position) => (wordKey(token) === key ? [position] : []))
    const [first, last] = [tokens[positions[0]!]!, tokens[positions.at(-1)!]!]
    return { text: texts[first.sequence]?.slice(first.span![0], last.span![1]) ?? '', positions }
  })
}

/**
 * @param word whole word as it stands in the text, case counts
 * @param occurrence which of several, counted from 1
 * @returns the token positions of its pieces
 * @throws ExplainerError 'invalid-parameter' when the text has no such word
 */
export function positionsOfWord(text: TokenizedText, word: string, occurrence = 1): number[] {
  const found = wordsOf(text).filter((each) => each.text === word)
  const positions = found[occurrence - 1]?.positions
  if (positions) return positions
  throw new ExplainerError(
    'invalid-parameter',
    word,
    `the sentence has ${found.length === 0 ? 'no word' : `only ${found.length} of the word`} '${word}'; its words are: ${text.texts.join(' ')}`,
  )
}

function wordKey(token: Token): string | undefined {
  return token.word === null ? undefined : `${token.sequence}:${token.word}`
}
