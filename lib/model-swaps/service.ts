import { Problem } from '@/lib/api/problem'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { ModelRole } from '@/lib/explainers/claims/measurement'
import { measuredPictures } from '@/lib/explainers/claims/place'
import { ExplainerError } from '@/lib/explainers/errors'
import { type FigureSpec, isLanguageSpec, picturesOf } from '@/lib/explainers/figures/spec'
import { methodsOf } from '@/lib/explainers/figures/spec-methods'
import { readBertTokenizer } from '@/lib/explainers/language/checkpoint'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import { checkFigure, readFigureMaterial } from '@/lib/figure-previews/service'
import type { LanguageModelChoice } from '@/lib/figure-previews/view'
import type { FigureSources } from '@/lib/figures/sources'
import { log } from '@/lib/log'
import {
  describeObstacle,
  findSwapObstacles,
  type ModelOutline,
  type SwapObstacle,
} from '@/lib/model-swaps/obstacles'
import { findLanguageModelFolder } from '@/lib/models/model-folder'
import type { QuestionKey } from '@/lib/questions/content'
import { neededWords } from '@/lib/verification/model-choice'
import { measurementsOf } from '@/lib/verification/part-verdict'

/** A model that a course has uploaded and that was tried out. */
export interface UploadedOutline {
  readonly name: string
  readonly isLanguage: boolean
  /** An operator without a gradient rule; null: there are gradients. */
  readonly ungraded: string | null
}

/** @returns every model that questions of the course may be about, by name, without opening one. */
export async function readModelOutlines(
  uploaded: readonly UploadedOutline[],
  sources: FigureSources,
): Promise<ReadonlyMap<string, ModelOutline>> {
  const named = (isLanguage: boolean) =>
    uploaded.filter((model) => model.isLanguage === isLanguage).map(({ name }) => name)
  const { classifiers, languageModels } = await readFigureMaterial(sources, {
    pictures: [],
    classifiers: named(false),
    languageModels: named(true),
  })
  const outlines: ModelOutline[] = [
    ...classifiers.map(({ name, classes, layers }): ModelOutline => {
      const ungraded = uploaded.find((model) => model.name === name)?.ungraded ?? null
      return { kind: 'classifier', name, classes, layers, roles: ['classifier'], ungraded }
    }),
    ...(await Promise.all(
      languageModels.map(async (model): Promise<ModelOutline> => {
        const { name, layers, heads } = model
        return { kind: 'language', name, layers, heads, classes: null, roles: await rolesOf(model) }
      }),
    )),
  ]
  return new Map(outlines.map((outline) => [outline.name, outline]))
}

async function rolesOf({ name, answersQuestions }: LanguageModelChoice): Promise<readonly ModelRole[]> {
  if (answersQuestions) return ['question-answering']
  try {
    const tokenizer = await readBertTokenizer(await findLanguageModelFolder(name))
    const roles = Object.entries(neededWords) as [keyof typeof neededWords, string][]
    return roles.flatMap(([role, word]) => (tokenizer.idOf(word) === undefined ? [] : [role]))
  } catch (error) {
    if (!(error instanceof ExplainerError)) throw error
    log.warn({ name, error }, 'a model cannot be offered for swaps')
    return []
  }
}

/** A question that a swap is about. */
export interface ExaminedQuestion {
  readonly figureSpec: FigureSpec
  readonly key: QuestionKey
}

/** @returns the same figure of another model. */
export function withModel(spec: FigureSpec, model: string): FigureSpec {
  return { ...spec, model }
}

/**
 * Says why a model cannot take another's place in a question, before anything is computed.
 * @param from null: it is gone
 * @returns in both languages; empty where nothing is known to stand in the way.
 */
export async function examineQuestion(
  { figureSpec, key }: ExaminedQuestion,
  from: ModelOutline | null,
  to: ModelOutline,
  sources: FigureSources,
): Promise<Bilingual[]> {
  const measurements = Object.values(key).flatMap((part) => Object.values(measurementsOf(part)))
  const shown = isLanguageSpec(figureSpec) ? [] : picturesOf(figureSpec)
  const names = [...new Set([...shown, ...measurements.flatMap(measuredPictures)])]
  const pictures = (await Promise.all(names.map((name) => findPicture(name, sources)))).flat()
  const methods = methodsOf(figureSpec).map(({ method }) => method)
  const obstacles = findSwapObstacles({ methods, measurements, pictures }, from, to)
  const refused = await figureRefusal(withModel(figureSpec, to.name), sources)
  // What was found names the same layer or filter more plainly.
  if (refused && !obstacles.some(({ kind }) => kind === 'layer' || kind === 'filter' || kind === 'head'))
    obstacles.push(refused)
  return obstacles.map(describeObstacle)
}

/** What is wrong with a picture the figure says itself. */
async function findPicture(name: PictureName, sources: FigureSources) {
  try {
    const { title, label } = await sources.pictures.find(name)
    return [{ title, label }]
  } catch (error) {
    if (error instanceof ExplainerError) return []
    throw error
  }
}

async function figureRefusal(spec: FigureSpec, sources: FigureSources): Promise<SwapObstacle | null> {
  try {
    await checkFigure(spec, sources)
    return null
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'figure-impossible') throw error
    return { kind: 'figure', reason: error.options.facts?.reason as Bilingual }
  }
}
