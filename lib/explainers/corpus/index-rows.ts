import type { FloatTensor } from '../evidence'
import type { EncodedBatch } from '../language/language-model'
import { PARTS_OF_SPEECH, partOfSpeechAt, type TaggedSentence } from '../language/parts-of-speech'
import type { TokenizedText } from '../language/tokenizer'
import { TOKEN_FIELDS } from './index-files'
import { writeNormalized } from './normalized-row'

/** What one sentence adds to an index, see `IndexProgress`. */
export interface Rows {
  readonly count: number
  /** One for each hidden state, float16 [count, width]. */
  readonly states: readonly Uint16Array[]
  readonly tokens: Int32Array
  readonly attended: Uint16Array
}

/** @param place of the sentence in the batch */
export function makeRows(
  { hiddenStates, attentions }: EncodedBatch,
  place: number,
  { number, sentence, text }: { number: number; sentence: TaggedSentence; text: TokenizedText },
): Rows {
  const indexed = text.tokens.flatMap((token, position) => (token.special ? [] : [position]))
  const [stateCount = 0, batch = 0, padded = 0, width = 0] = hiddenStates.shape
  const states = Array.from({ length: stateCount }, (_, state) => {
    const values = new Uint16Array(indexed.length * width)
    for (const [row, position] of indexed.entries()) {
      const start = ((state * batch + place) * padded + position) * width
      writeNormalized(hiddenStates.data.subarray(start, start + width), values, row * width)
    }
    return values
  })
  const tokens = new Int32Array(indexed.length * TOKEN_FIELDS)
  for (const [row, position] of indexed.entries()) {
    const { id, span } = text.tokens[position]!
    const [start, end] = span ?? [0, 0]
    const pos = PARTS_OF_SPEECH.indexOf(partOfSpeechAt(sentence.words, start, end))
    tokens.set([number, position, id, start, end, pos], row * TOKEN_FIELDS)
  }
  return { count: indexed.length, states, tokens, attended: mostAttended(attentions, place, indexed) }
}

/**
 * In the order in which the weights lie in memory, which is several times faster than row by row of the result.
 * @returns [indexed, layers, heads+1]: the indexed key of largest weight, in the mean of the heads first
 */
function mostAttended({ data, shape }: FloatTensor, place: number, indexed: readonly number[]): Uint16Array {
  const [layers = 0, batch = 0, heads = 0, padded = 0] = shape
  const count = indexed.length
  const width = layers * (heads + 1)
  const result = new Uint16Array(count * width)
  const sums = new Float64Array(count * padded)
  for (let layer = 0; layer < layers; layer++) {
    sums.fill(0)
    for (let head = 0; head < heads; head++) {
      const square = ((layer * batch + place) * heads + head) * padded * padded
      for (let row = 0; row < count; row++) {
        const start = square + indexed[row]! * padded
        let best = indexed[0]!
        let most = data[start + best]!
        for (let at = 0; at < count; at++) {
          const key = indexed[at]!
          const weight = data[start + key]!
          sums[row * padded + key]! += weight
          if (weight <= most) continue
          most = weight
          best = key
        }
        result[row * width + layer * (heads + 1) + 1 + head] = best
      }
    }
    for (let row = 0; row < count; row++) {
      let best = indexed[0]!
      for (const key of indexed) if (sums[row * padded + key]! > sums[row * padded + best]!) best = key
      result[row * width + layer * (heads + 1)] = best
    }
  }
  return result
}
