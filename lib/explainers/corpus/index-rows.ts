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

/** @returns [indexed, layers, heads+1]: the indexed key of largest weight, in the mean of the heads first. */
function mostAttended({ data, shape }: FloatTensor, place: number, indexed: readonly number[]): Uint16Array {
  const [layers = 0, batch = 0, heads = 0, padded = 0] = shape
  const result = new Uint16Array(indexed.length * layers * (heads + 1))
  const sums = new Float64Array(padded)
  let out = 0
  for (const query of indexed) {
    for (let layer = 0; layer < layers; layer++) {
      sums.fill(0)
      for (let head = 0; head < heads; head++) {
        const start = (((layer * batch + place) * heads + head) * padded + query) * padded
        let best = indexed[0]!
        for (const key of indexed) {
          const weight = data[start + key]!
          sums[key]! += weight
          if (weight > data[start + best]!) best = key
        }
        result[out + 1 + head] = best
      }
      let best = indexed[0]!
      for (const key of indexed) if (sums[key]! > sums[best]!) best = key
      result[out] = best
      out += heads + 1
    }
  }
  return result
}
