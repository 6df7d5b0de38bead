import type { FloatTensor } from '../evidence'
import type { Token, TokenizedText } from './tokenizer'
import { softmax } from './vectors'

export interface AnswerSpan {
  /** First and last token position of the answer, both included. */
  readonly first: number
  readonly last: number
  /** Characters of the passage, [start, end). */
  readonly span: readonly [number, number]
  readonly text: string
  /** p(first) · p(last), each a softmax over the passage's tokens. */
  readonly probability: number
}

/** Longest answer in tokens. */
const LONGEST = 30

/**
 * The likeliest span of the passage, as Devlin et al. (2019) read it off: first ≤ last, at most 30 tokens.
 * @param logits [tokens, 2]
 * @param text question and passage
 */
export function predictAnswer({ data }: FloatTensor, text: TokenizedText): AnswerSpan {
  const passage = passagePositions(text.tokens)
  const starts = softmax(passage.map((position) => data[position * 2]!))
  const ends = softmax(passage.map((position) => data[position * 2 + 1]!))
  let best = { first: 0, last: 0, probability: -1 }
  for (let first = 0; first < passage.length; first++) {
    for (let last = first; last < Math.min(passage.length, first + LONGEST); last++) {
      const probability = starts[first]! * ends[last]!
      if (probability > best.probability) best = { first, last, probability }
    }
  }
  return spanOf(text, passage[best.first]!, passage[best.last]!, best.probability)
}

/** @returns the tokens that cover the first place where `answer` stands in the passage; undefined where it does not. */
export function findAnswer(text: TokenizedText, answer: string): Omit<AnswerSpan, 'probability'> | undefined {
  const start = text.texts[1]?.indexOf(answer) ?? -1
  if (start < 0 || answer.length === 0) return undefined
  const covered = passagePositions(text.tokens).filter((position) => {
    const [from, to] = text.tokens[position]!.span!
    return from < start + answer.length && to > start
  })
  const [first, last] = [covered[0], covered.at(-1)]
  return first === undefined || last === undefined ? undefined : spanOf(text, first, last, 1)
}

/** @returns the positions of the passage's words. */
export function passagePositions(tokens: readonly Token[]): number[] {
  return tokens.flatMap((token, position) => (token.sequence === 1 && token.span ? [position] : []))
}

function spanOf(text: TokenizedText, first: number, last: number, probability: number): AnswerSpan {
  const span = [text.tokens[first]!.span![0], text.tokens[last]!.span![1]] as const
  return { first, last, span, text: text.texts[1]!.slice(...span), probability }
}
