import type { LanguageModel } from '../../language/language-model'
import { computeLanguageEvidence } from '../../language/language-request'
import { positionsOfWord } from '../../language/sentence-input'
import { ATTENTION_TARGETS, attention } from '../../methods/attention'
import { corpusSearch } from '../../methods/corpus-search'
import { maskedPrediction } from '../../methods/masked-prediction'
import type { Lab } from '../lab'
import type { MeasurementOf } from '../measurement'
import type { ReadingValue } from '../reading'
import { targetNames } from '../subjects'
import { layerName, named, plainName } from './values'

/** Measurements of attention and masked words in a sentence. See `measurementSchema` for what each gives. */

function wordPositions(model: LanguageModel, sentence: string, word: string): number[] {
  return positionsOfWord(model.tokenizer.tokenize(sentence), word)
}

export async function headFocus(
  { sentence, head }: MeasurementOf<'head-focus'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const model = await lab.languageModel('masked-language')
  const { arrays, measurements } = await computeLanguageEvidence({
    explainer: attention,
    model,
    input: { sentence },
    inputName: 'sentence',
    variant: 'homework',
  })
  const { data, shape } = arrays.measures!
  const [layers = 0, heads = 0, targets = 0] = shape
  const tokens = (measurements.tokens as readonly unknown[]).length
  return ATTENTION_TARGETS.map((target, place) => {
    const weights = Array.from(
      { length: layers },
      (_, layer) => data[(layer * heads + head - 1) * targets + place]!,
    )
    // [CLS] and [SEP] are two.
    const evenShare = (target === 'special' ? 2 : 1) / tokens
    return named(target, targetNames[target], head > heads ? null : Math.max(...weights) / evenShare)
  })
}

export async function headWeight(
  { sentence, from, to, head, layers }: MeasurementOf<'head-weight'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const model = await lab.languageModel('masked-language')
  const [query, key] = [wordPositions(model, sentence, from)[0]!, wordPositions(model, sentence, to)[0]!]
  const { arrays } = await computeLanguageEvidence({
    explainer: attention,
    model,
    input: { sentence },
    inputName: 'sentence',
    variant: 'homework',
  })
  const { data, shape } = arrays.attentions!
  const [, heads = 0, tokens = 0] = shape
  return layers.map((layer) => {
    const weight = data[(((layer - 1) * heads + head - 1) * tokens + query) * tokens + key]
    return named(layer, layerName(layer), weight === undefined ? null : weight * tokens)
  })
}

interface Predicted {
  readonly token: string
  readonly probability: number
  readonly change: number
}

async function predict(
  lab: Lab,
  { sentence, word }: { readonly sentence: string; readonly word: string },
  watch: readonly string[],
  also?: string,
): Promise<{ readonly top: readonly Predicted[]; readonly watched: readonly Predicted[] }> {
  const model = await lab.languageModel('masked-language')
  const masks = wordPositions(model, sentence, word).slice(0, 1)
  const { measurements } = await computeLanguageEvidence({
    explainer: maskedPrediction,
    model,
    input: { sentence },
    inputName: 'sentence',
    variant: 'homework',
    parameters: {
      masks,
      compare: also === undefined ? [] : [...masks, ...wordPositions(model, sentence, also)],
      watch: [...watch],
    },
  })
  const [prediction] = measurements.predictions as unknown as readonly {
    readonly top: readonly Predicted[]
    readonly watched: readonly Predicted[]
  }[]
  return prediction!
}

export async function maskedWords(
  measurement: MeasurementOf<'masked-words'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { top, watched } = await predict(lab, measurement, measurement.tokens)
  const byToken = new Map([...watched, ...top].map(({ token, probability }) => [token, probability]))
  return [...byToken].map(([token, probability]) => named(token, plainName(token), probability))
}

export async function maskedDrop(
  measurement: MeasurementOf<'masked-drop'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { token, also } = measurement
  const { watched } = await predict(lab, measurement, [token], also)
  return [named(token, plainName(token), watched[0]!.change)]
}

export async function maskedPartOfSpeech(
  { sentence, word, partOfSpeech, neighbours }: MeasurementOf<'masked-part-of-speech'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const model = await lab.languageModel('masked-language')
  const index = await lab.corpusIndex(model)
  const masks = wordPositions(model, sentence, word)
  const { measurements } = await computeLanguageEvidence({
    explainer: corpusSearch(index),
    model,
    input: { sentence },
    inputName: 'sentence',
    variant: 'homework',
    parameters: { position: masks[0]!, masks, k: neighbours },
    ...(lab.signal && { signal: lab.signal }),
  })
  const layers = measurements.layers as unknown as readonly {
    readonly layer: number
    readonly partsOfSpeech: readonly { readonly value: string; readonly count: number }[]
  }[]
  return layers.map(({ layer, partsOfSpeech }) => {
    const own = partsOfSpeech.find(({ value }) => value === partOfSpeech)?.count ?? 0
    const rival = Math.max(
      0,
      ...partsOfSpeech.filter(({ value }) => value !== partOfSpeech).map(({ count }) => count),
    )
    return named(layer, { zh: `Layer ${layer}`, en: `Layer ${layer}` }, (own - rival) / neighbours)
  })
}
