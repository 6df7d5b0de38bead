import type { Corpus } from '../corpus/corpus'
import { ExplainerError } from '../errors'
import type { EvidenceRequest, Json } from '../evidence'
import type { Parameters } from '../explainer'
import type { LanguageModel } from '../language/language-model'
import { buildLanguageRequest, type RequestedMethod } from '../language/language-request'
import type { Sentence } from '../language/material'
import type { QuestionInput } from '../methods/embedding-space'
import type { EvidenceOf } from './context'
import type { FigureDocument } from './document'
import type { LanguageFigureSpec } from './spec'

/** What a figure of a language model must know before anything is computed. */
export interface LanguageFigureContext {
  readonly model: Pick<LanguageModel, 'name' | 'sha256' | 'config' | 'tokenizer'>
  readonly passages: readonly QuestionInput[]
  readonly sentences: readonly Sentence[]
  /** The text that the figure's spec names, as far as it is searched; there when the layout searches one. */
  readonly corpus?: Corpus
}

/** Evidence that a figure needs, with what it is computed from: the request itself holds only the input's hash. */
export interface LanguageAsk {
  readonly request: EvidenceRequest
  readonly input: unknown
  /** What differs from the method's defaults. */
  readonly parameters: { readonly [name: string]: Json }
}

/** One kind of figure of a language model, as `Layout` is one of a classifier. Its panels need no PNGs. */
export interface LanguageLayout<Spec> {
  asks(spec: Spec, context: LanguageFigureContext): LanguageAsk[]
  draw(spec: Spec, context: LanguageFigureContext, evidenceOf: EvidenceOf): Promise<FigureDocument>
}

/**
 * @param inputName for a reader: `sentence`, `passage 2`
 * @throws ExplainerError 'invalid-parameter'
 */
export function askFor<I, P extends Parameters>(
  { variant }: Pick<LanguageFigureSpec, 'variant'>,
  { model }: LanguageFigureContext,
  explainer: RequestedMethod<I, P>,
  inputName: string,
  input: unknown,
  parameters: { readonly [name: string]: Json } = {},
): LanguageAsk {
  const parts = { explainer, model, inputName, input, variant, parameters }
  return { request: buildLanguageRequest(parts), input, parameters }
}

/**
 * @param layers, head counted from 1
 * @throws ExplainerError 'invalid-parameter' that says how many there are
 */
export function checkLayers(
  { model }: LanguageFigureContext,
  layers: readonly number[],
  head?: number,
): void {
  const wrong = layers.find((layer) => layer > model.config.layers)
  if (wrong !== undefined) {
    const message = `${model.name} has no layer ${wrong}; its layers are 1 to ${model.config.layers}`
    throw new ExplainerError('invalid-parameter', 'layers', message)
  }
  if (head === undefined || head <= model.config.heads) return
  const message = `${model.name} has no head ${head}; its heads are 1 to ${model.config.heads}`
  throw new ExplainerError('invalid-parameter', 'head', message)
}

/** @throws ExplainerError 'invalid-parameter' when there are fewer */
export function numbered<Item>(items: readonly Item[], number: number, name: string): Item {
  const item = items[number - 1]
  if (item !== undefined) return item
  const message = `There is no ${name} ${number}; there are 1 to ${items.length}`
  throw new ExplainerError('invalid-parameter', name, message)
}
