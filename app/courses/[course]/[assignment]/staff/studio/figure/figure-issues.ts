import type { FigureSpec } from '@/lib/explainers/figures/spec'
import {
  isLanguageSpec,
  type LanguageFigureSpec,
  type PictureFigureSpec,
} from '@/lib/explainers/figures/spec'
import { methodsOf } from '@/lib/explainers/figures/spec-methods'
import type { FigureMaterial, SentenceWord } from '@/lib/figure-previews/view'
import { isValues, type PlacedProblem, problemsOf } from '@/lib/schema-form/problems'

/** What a specification asks for that this installation does not have, though its form is right. */
export type FigureIssue =
  | { readonly kind: 'no-model' | 'no-picture' | 'no-corpus'; readonly name: string }
  | {
      readonly kind: 'out-of-range'
      readonly subject: string
      readonly least: number
      readonly most: number
    }
  | { readonly kind: 'not-in-sentence'; readonly word: string }
  | { readonly kind: 'not-in-every-sentence'; readonly word: string; readonly number: number }

export interface PlacedIssue {
  readonly path: string
  readonly issue: FigureIssue
}

/**
 * @param words of the figure's sentence; null: not known (yet), and not judged.
 * @returns what keeps the figure from being made, by the field at fault.
 */
export function issuesOf(
  spec: FigureSpec,
  material: FigureMaterial,
  words: readonly SentenceWord[] | null,
): PlacedIssue[] {
  return isLanguageSpec(spec) ? textIssues(spec, material, words) : pictureIssues(spec, material)
}

/**
 * @param parameters of the figure's methods, by method: the specification's own schema lets them be.
 * @returns what is wrong with them.
 */
export function parameterProblems(
  spec: FigureSpec,
  parameters: unknown,
  material: FigureMaterial,
): PlacedProblem[] {
  if (isLanguageSpec(spec)) return []
  const model = material.classifiers.find(({ name }) => name === spec.model)
  if (!model) return []
  const given = isValues(parameters) ? parameters : {}
  return methodsOf(spec).flatMap(({ method, decided }) => {
    const members = (model.parameters[spec.variant][method] ?? []).filter(
      ({ name }) => !decided.includes(name),
    )
    return problemsOf({ kind: 'group', members }, given[method] ?? {}, `parameters.${method}`)
  })
}

function pictureIssues(spec: PictureFigureSpec, { pictures, classifiers }: FigureMaterial): PlacedIssue[] {
  const issues: PlacedIssue[] = []
  const known = new Set<number | string>(pictures.map(({ name }) => name))
  const checkPicture = (path: string, name: number | string) => {
    if (!known.has(name)) issues.push({ path, issue: { kind: 'no-picture', name: String(name) } })
  }
  if ('picture' in spec) checkPicture('picture', spec.picture)
  if ('pictures' in spec) for (const name of spec.pictures) checkPicture('pictures', name)
  if ('maps' in spec)
    for (const [index, { picture }] of spec.maps.entries()) checkPicture(`maps.${index}.picture`, picture)

  const model = classifiers.find(({ name }) => name === spec.model)
  if (!model) return [...issues, { path: 'model', issue: { kind: 'no-model', name: spec.model } }]
  const { layers } = model
  const asked = 'layers' in spec ? spec.layers : 'layer' in spec ? [spec.layer] : []
  const path = 'layers' in spec ? 'layers' : 'layer'
  if (asked.some((layer) => layer >= layers.length))
    issues.push({ path, issue: range(spec.model, 0, layers.length - 1) })
  if ('filter' in spec)
    for (const layer of asked) {
      const channels = layers[layer]?.channels
      if (channels !== undefined && spec.filter >= channels)
        issues.push({ path: 'filter', issue: range(layers[layer]!.type, 0, channels - 1) })
    }
  return issues
}

function textIssues(
  spec: LanguageFigureSpec,
  { languageModels, corpora, passages, sentences }: FigureMaterial,
  words: readonly SentenceWord[] | null,
): PlacedIssue[] {
  const issues: PlacedIssue[] = []
  const add = (path: string, issue: FigureIssue) => issues.push({ path, issue })
  const model = languageModels.find(({ name }) => name === spec.model)
  if (!model) add('model', { kind: 'no-model', name: spec.model })
  if (model && 'layers' in spec && spec.layers.some((layer) => layer > model.layers))
    add('layers', range(spec.model, 1, model.layers))
  if (model && 'layer' in spec && spec.layer > model.layers) add('layer', range(spec.model, 0, model.layers))
  if (model && 'head' in spec && spec.head > model.heads) add('head', range(spec.model, 1, model.heads))
  if ('corpus' in spec && !corpora.includes(spec.corpus))
    add('corpus', { kind: 'no-corpus', name: spec.corpus })
  if ('passages' in spec && spec.passages.some((number) => number > passages.length))
    add('passages', range('', 1, passages.length))
  if ('pair' in spec && spec.pair.some((number) => number > sentences.length))
    add('pair', range('', 1, sentences.length))

  const parts = 'parts' in spec ? spec.parts : 'part' in spec ? [spec.part] : []
  for (const [index, part] of parts.entries()) {
    const without = sentences.findIndex((sentence) => !sentence.includes(part))
    if (without >= 0)
      add('parts' in spec ? `parts.${index}` : 'part', {
        kind: 'not-in-every-sentence',
        word: part,
        number: without + 1,
      })
  }

  const inSentence = words && new Set(words.map(({ text }) => text))
  const check = (path: string, word: string | undefined) => {
    if (inSentence && word !== undefined && !inSentence.has(word))
      add(path, { kind: 'not-in-sentence', word })
  }
  if ('at' in spec) check('at', spec.at)
  if ('from' in spec) check('from', spec.from)
  if ('to' in spec) check('to', spec.to)
  if ('mask' in spec) for (const word of spec.mask) check('mask', word)
  if ('also' in spec)
    for (const [index, group] of spec.also.entries()) for (const word of group) check(`also.${index}`, word)
  return issues
}

const range = (subject: string, least: number, most: number): FigureIssue => ({
  kind: 'out-of-range',
  subject,
  least,
  most,
})
