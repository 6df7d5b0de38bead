import { defaultAnsweringModelName } from '@/lib/explorations/default-model'
import type { ExplorationMaterial } from '@/lib/explorations/view'

/** Everything that the room of embedding spaces shows, small enough for an address. */
export interface SpaceState {
  readonly model: string
  readonly question: string
  readonly context: string
  /** As it stands in the passage; empty: what the model answers. */
  readonly answer: string
  /** Counted from 1. */
  readonly layer: number
}

export type Passage = Pick<SpaceState, 'question' | 'context' | 'answer'>

/** The third passage is the one whose question the bundled model answers right. */
const firstShown = 2

export function startState({ passages }: ExplorationMaterial): SpaceState {
  const passage = passages[firstShown] ?? passages[0]!
  return { model: defaultAnsweringModelName, ...passage, layer: 1 }
}

/** @returns the number of a bundled passage, from 1; null for one that was typed. */
export function passageNumber({ passages }: ExplorationMaterial, shown: Passage): number | null {
  const index = passages.findIndex(
    ({ question, context, answer }) =>
      question === shown.question && context === shown.context && answer === shown.answer,
  )
  return index < 0 ? null : index + 1
}

/** @returns the query of an address, without what is as it is by default. */
export function writeState(state: SpaceState, material: ExplorationMaterial): URLSearchParams {
  const query = new URLSearchParams()
  const start = startState(material)
  if (state.model !== start.model) query.set('model', state.model)
  const number = passageNumber(material, state)
  if (number === null) {
    query.set('question', state.question)
    query.set('passage', state.context)
    if (state.answer) query.set('answer', state.answer)
  } else if (number !== passageNumber(material, start)) query.set('passage', String(number))
  if (state.layer !== start.layer) query.set('layer', String(state.layer))
  return query
}

/** @param query of an address, maybe typed by hand: what it says wrongly counts as not said. */
export function readState(query: URLSearchParams, material: ExplorationMaterial): SpaceState {
  const start = startState(material)
  const model = query.get('model')
  const layer = query.get('layer') ?? ''
  return {
    model: model && /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(model) ? model : start.model,
    ...(readPassage(query, material) ?? {
      question: start.question,
      context: start.context,
      answer: start.answer,
    }),
    layer: /^[1-9]\d?$/.test(layer) && Number(layer) <= 48 ? Number(layer) : start.layer,
  }
}

function readPassage(query: URLSearchParams, { passages }: ExplorationMaterial): Passage | undefined {
  const context = query.get('passage')?.trim() ?? ''
  if (/^\d+$/.test(context)) return passages[Number(context) - 1]
  const question = query.get('question')?.trim() ?? ''
  const answer = query.get('answer')?.trim() ?? ''
  if (!question || question.length > 300 || !context || context.length > 1500 || answer.length > 100)
    return undefined
  return { question, context, answer }
}
