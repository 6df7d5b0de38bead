import type { Measurement } from './measurement'
import type { Phrase, PictureWords } from './phrase'
import { picturePhrases } from './picture-phrases'
import { textPhrases } from './text-phrases'

const phrases = { ...picturePhrases, ...textPhrases }

/** @returns how to speak of a measurement's numbers in a sentence. */
export function phraseOf(measurement: Measurement, words: PictureWords): Phrase {
  // The compiler cannot see that a measurement meets the function of its own name.
  const make = phrases[measurement.measure] as (measurement: Measurement, words: PictureWords) => Phrase
  return make(measurement, words)
}
