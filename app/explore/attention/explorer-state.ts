import { type AttentionTarget, attentionTargets } from '@/lib/explorations/view'

/** Everything that the attention explorer shows, small enough for an address: a link reproduces it. */
export interface ExplorerState {
  readonly model: string
  readonly sentence: string
  /** Token positions that are masked, rising. */
  readonly masks: readonly number[]
  /** Predictions are compared with the sentence in which only these are masked. */
  readonly compare: readonly number[]
  /** Counted from 1, as everywhere in the interface. */
  readonly layer: number
  /** Counted from 1, rising; empty: all, averaged. */
  readonly heads: readonly number[]
  /** Token that is held; null: all are shown. */
  readonly held: number | null
  /** Share of each token's weight that is drawn, strongest first, in percent. */
  readonly mass: number
  readonly hideSpecial: boolean
  /** What the overview of all heads shows. */
  readonly overview: 'maps' | AttentionTarget
  readonly search: CorpusChoice | null
}

/** A search in a corpus, from a token at a layer. */
export interface CorpusChoice {
  readonly corpus: string
  readonly position: number
  readonly layer: number
  /** `exbert`: "Layer L" is what enters layer L; `output`: what leaves it. */
  readonly numbering: 'exbert' | 'output'
}

export const defaultSentence =
  'The police officer is popular with the residents because she is very generous and kind.'

export const defaultState: ExplorerState = {
  model: 'bert-small-mlm',
  sentence: defaultSentence,
  masks: [],
  compare: [],
  layer: 1,
  heads: [],
  held: null,
  mass: 90,
  hideSpecial: false,
  overview: 'maps',
  search: null,
}

const mostPositions = 64

/** @returns the query of an address, without what is as it is by default. */
export function writeState(state: ExplorerState): URLSearchParams {
  const query = new URLSearchParams()
  const keep = (name: string, value: string, usual: string) => {
    if (value !== usual) query.set(name, value)
  }
  keep('model', state.model, defaultState.model)
  keep('sentence', state.sentence, defaultState.sentence)
  keep('masks', state.masks.join(), '')
  keep('compare', state.compare.join(), '')
  keep('layer', String(state.layer), String(defaultState.layer))
  keep('heads', state.heads.join(), '')
  keep('held', state.held === null ? '' : String(state.held), '')
  keep('mass', String(state.mass), String(defaultState.mass))
  keep('special', state.hideSpecial ? 'hide' : '', '')
  keep('overview', state.overview, defaultState.overview)
  if (state.search) {
    const { corpus, position, layer, numbering } = state.search
    query.set('search', [corpus, position, layer, numbering].join('~'))
  }
  return query
}

/** @param query of an address, maybe typed by hand: what it says wrongly counts as not said. */
export function readState(query: URLSearchParams, start: ExplorerState = defaultState): ExplorerState {
  const sentence = query.get('sentence')?.trim()
  const model = query.get('model')
  const overview = query.get('overview')
  const masks = readNumbers(query.get('masks'), 0)
  return {
    model: model && /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(model) ? model : start.model,
    sentence: sentence && sentence.length <= 600 ? sentence : start.sentence,
    masks: masks ?? start.masks,
    compare: readNumbers(query.get('compare'), 0) ?? start.compare,
    layer: readNumber(query.get('layer'), 1, 48) ?? start.layer,
    heads: readNumbers(query.get('heads'), 1) ?? start.heads,
    held: readNumber(query.get('held'), 0, mostPositions - 1) ?? start.held,
    mass: readNumber(query.get('mass'), 0, 100) ?? start.mass,
    hideSpecial: query.has('special') ? query.get('special') === 'hide' : start.hideSpecial,
    overview: ['maps', ...attentionTargets].includes(overview ?? '')
      ? (overview as ExplorerState['overview'])
      : start.overview,
    search: readSearch(query.get('search')) ?? start.search,
  }
}

/**
 * @returns the state as far as a sentence and model of these sizes have such tokens, layers and heads; the same object
 * where nothing had to change
 */
export function fitState(
  state: ExplorerState,
  { tokens, layers, heads }: { readonly tokens: number; readonly layers: number; readonly heads: number },
): ExplorerState {
  // [CLS] and [SEP] at the ends cannot be masked.
  const isWord = (position: number) => position > 0 && position < tokens - 1
  const { search } = state
  const fitted: ExplorerState = {
    ...state,
    masks: state.masks.every(isWord) ? state.masks : state.masks.filter(isWord),
    compare: state.compare.every(isWord) ? state.compare : state.compare.filter(isWord),
    layer: Math.min(state.layer, layers),
    heads: state.heads.every((head) => head <= heads)
      ? state.heads
      : state.heads.filter((head) => head <= heads),
    held: state.held !== null && state.held >= tokens ? null : state.held,
    search: search && (!isWord(search.position) || search.layer > layers) ? null : search,
  }
  const keys = Object.keys(fitted) as (keyof ExplorerState)[]
  return keys.every((key) => fitted[key] === state[key]) ? state : fitted
}

/** Masks or unmasks a token. What is predicted then is compared with how it was before, where something was masked. */
export function toggleMask(state: ExplorerState, position: number): ExplorerState {
  const { masks } = state
  const isMasked = masks.includes(position)
  const next = isMasked ? masks.filter((mask) => mask !== position) : [...masks, position]
  return {
    ...state,
    masks: next.sort((one, other) => one - other),
    compare: isMasked || masks.length === 0 ? [] : masks,
  }
}

function readNumber(text: string | null, least: number, most: number): number | null {
  if (text === null || !/^\d{1,3}$/.test(text)) return null
  const number = Number(text)
  return number >= least && number <= most ? number : null
}

function readNumbers(text: string | null, least: number): number[] | null {
  if (text === null) return null
  if (!/^\d{1,3}(,\d{1,3})*$/.test(text)) return null
  const numbers = [...new Set(text.split(',').map(Number))]
  return numbers
    .filter((number) => number >= least && number <= mostPositions)
    .sort((one, other) => one - other)
}

function readSearch(text: string | null): CorpusChoice | null {
  const [corpus = '', position = '', layer = '', numbering = ''] = text?.split('~') ?? []
  const [place, number] = [readNumber(position, 0, mostPositions - 1), readNumber(layer, 0, 48)]
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(corpus) || place === null || number === null) return null
  if (numbering !== 'exbert' && numbering !== 'output') return null
  return { corpus, position: place, layer: number, numbering }
}
