import { defaultModelName } from '@/lib/explorations/default-model'
import {
  type ExplorationMaterial,
  type GivenSentence,
  type SimilarityMetric,
  similarityMetrics,
} from '@/lib/explorations/view'
import { commonSelection, selectEverywhere } from './selection'

/** Everything that the room of similarities shows, small enough for an address. */
export interface SimilarityState {
  readonly model: string
  readonly sentences: readonly GivenSentence[]
  readonly metric: SimilarityMetric
  /** Hidden state: 0 is the embedding that no layer has seen. */
  readonly layer: number
  /** Two different sentences, counted from 0, whose likeness is followed through the layers. */
  readonly pair: readonly [number, number]
}

/** The character that the homework's sentences are compared by, and the two of them that it quotes. */
const firstPart = '果'
const firstPair = [7, 6] as const

export const mostSentences = 12
export const longestSentence = 60

export function startState({ sentences }: ExplorationMaterial): SimilarityState {
  return {
    model: defaultModelName,
    sentences: selectEverywhere(sentences, firstPart) ?? sentences,
    metric: 'cosine',
    layer: 1,
    pair: firstPair,
  }
}

/** @returns the query of an address, without what is as it is by default. */
export function writeState(state: SimilarityState, material: ExplorationMaterial): URLSearchParams {
  const query = new URLSearchParams()
  const start = startState(material)
  if (state.model !== start.model) query.set('model', state.model)
  if (!areSame(state.sentences, start.sentences)) {
    const part = commonSelection(state.sentences)
    const preset = part === null ? null : selectEverywhere(material.sentences, part)
    if (part !== null && preset && areSame(state.sentences, preset)) query.set('part', part)
    else query.set('sentences', state.sentences.map(writeSentence).join('\n'))
  }
  if (state.metric !== start.metric) query.set('metric', state.metric)
  if (state.layer !== start.layer) query.set('layer', String(state.layer))
  if (state.pair.join() !== start.pair.join()) query.set('pair', state.pair.map((index) => index + 1).join())
  return query
}

/** @param query of an address, maybe typed by hand: what it says wrongly counts as not said. */
export function readState(query: URLSearchParams, material: ExplorationMaterial): SimilarityState {
  const start = startState(material)
  const model = query.get('model')
  const part = query.get('part')
  const layer = query.get('layer') ?? ''
  const sentences =
    readSentences(query.get('sentences')) ??
    (part ? selectEverywhere(material.sentences, part) : null) ??
    start.sentences
  return {
    model: model && /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(model) ? model : start.model,
    sentences,
    metric: similarityMetrics.find((metric) => metric === query.get('metric')) ?? start.metric,
    layer: /^\d{1,2}$/.test(layer) && Number(layer) <= 48 ? Number(layer) : start.layer,
    pair: fitPair(readPair(query.get('pair')) ?? start.pair, sentences.length),
  }
}

/** @returns a pair of sentences that are there. */
export function fitPair(pair: readonly [number, number], count: number): readonly [number, number] {
  return pair[0] !== pair[1] && pair.every((index) => index >= 0 && index < count) ? pair : [0, 1]
}

function writeSentence({ text, group, selection }: GivenSentence): string {
  return `${group === 'fruit' ? 'f' : 'c'}${selection.join('-')} ${text}`
}

function readSentences(text: string | null): GivenSentence[] | null {
  const lines = text?.split('\n') ?? []
  if (lines.length < 2 || lines.length > mostSentences) return null
  const sentences = lines.flatMap((line): GivenSentence[] => {
    const [, group, start, end, sentence = ''] = /^([fc])(\d{1,2})-(\d{1,2}) (.*\S.*)$/u.exec(line) ?? []
    const selection = [Number(start), Number(end)] as const
    if (
      sentence.length > longestSentence ||
      !(selection[0] < selection[1] && selection[1] <= sentence.length)
    )
      return []
    return [{ text: sentence, group: group === 'f' ? 'fruit' : 'company', selection }]
  })
  return sentences.length === lines.length ? sentences : null
}

function readPair(text: string | null): readonly [number, number] | null {
  const [, one, other] = /^(\d{1,2}),(\d{1,2})$/.exec(text ?? '') ?? []
  return one === undefined || other === undefined ? null : [Number(one) - 1, Number(other) - 1]
}

function areSame(one: readonly GivenSentence[], other: readonly GivenSentence[]): boolean {
  return one.map(writeSentence).join('\n') === other.map(writeSentence).join('\n')
}
