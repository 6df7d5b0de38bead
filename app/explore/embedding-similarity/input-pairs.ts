import type { ComparedSentence } from '@/lib/explorations/view'

/** Two sentences, and in what they differ where no layer has mixed their words yet. */
export interface InputPair {
  /** Counted from 0, the earlier one first. */
  readonly sentences: readonly [number, number]
  readonly value: number
  /** Differences of the selection's position, of the length in tokens, and of how often it stands there; all ≥ 0. */
  readonly position: number
  readonly length: number
  readonly occurrences: number
}

/** @param matrix [sentences][sentences] of hidden state 0 */
export function inputPairs(
  sentences: readonly ComparedSentence[],
  matrix: readonly (readonly number[])[],
): InputPair[] {
  return sentences.flatMap((one, first) =>
    sentences.slice(first + 1).map((other, offset) => {
      const second = first + 1 + offset
      return {
        sentences: [first, second] as const,
        value: matrix[first]![second]!,
        position: Math.abs(one.position - other.position),
        length: Math.abs(one.tokens - other.tokens),
        occurrences: Math.abs(one.occurrences - other.occurrences),
      }
    }),
  )
}
