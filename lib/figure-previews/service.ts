import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '@/lib/api/problem'
import { listCorpora } from '@/lib/explainers/corpus/corpus'
import { ExplainerError } from '@/lib/explainers/errors'
import { evidenceRequests } from '@/lib/explainers/figures/render'
import { languageAsks } from '@/lib/explainers/figures/render-language'
import { type FigureSpec, isLanguageSpec, type LanguageFigureSpec } from '@/lib/explainers/figures/spec'
import { parseBertConfig, readBertTokenizer } from '@/lib/explainers/language/checkpoint'
import { wordsOf } from '@/lib/explainers/language/sentence-input'
import { readNetwork } from '@/lib/explainers/onnx/classifier-folder'
import { readBundledPictures } from '@/lib/explainers/pictures/bundled'
import { findMethod, listedMethods } from '@/lib/explainers/registry'
import { defaultCorpusName } from '@/lib/explorations/corpus-names'
import { readMaterial } from '@/lib/explorations/material'
import type {
  ClassifierChoice,
  FigureMaterial,
  LanguageModelChoice,
  PictureChoice,
  SentenceWord,
} from '@/lib/figure-previews/view'
import { failureMessage, failureOf } from '@/lib/figures/failure'
import { readLanguageContext } from '@/lib/figures/language-service'
import { readFigureContext } from '@/lib/figures/service'
import { bundledPicturesFolder, type FigureSources } from '@/lib/figures/sources'
import {
  corporaFolder,
  type InstalledModel,
  listLanguageModels,
  modelFolders,
  readLanguageFolder,
} from '@/lib/language-folders'
import { log } from '@/lib/log'
import { findLanguageModelFolder, findModelFolder } from '@/lib/models/model-folder'
import { fieldOf } from '@/lib/schema-form/field'

/** What a course has beside what the installation offers to all. */
export interface OwnMaterial {
  readonly pictures: readonly PictureChoice[]
  /** Names of uploaded models that have been read. */
  readonly classifiers: readonly string[]
  readonly languageModels: readonly string[]
}

const nothingOwn: OwnMaterial = { pictures: [], classifiers: [], languageModels: [] }

/** What figures can be made of: the files of this installation, and what the course has. */
export async function readFigureMaterial(
  sources: FigureSources,
  own: OwnMaterial = nothingOwn,
): Promise<FigureMaterial> {
  const [pictures, classifiers, languageModels, corpora, { passages, sentences }] = await Promise.all([
    readBundledPictures(bundledPicturesFolder()),
    listClassifiers(sources, own.classifiers),
    listFigureLanguageModels(own.languageModels),
    listCorpora(corporaFolder()),
    readMaterial(),
  ])
  return {
    pictures: [
      ...own.pictures,
      ...pictures.map(({ number, file, title }) => ({ name: number, title, address: `/pictures/${file}` })),
    ],
    classifiers,
    languageModels,
    corpora: [...new Set([defaultCorpusName, ...corpora])],
    passages: passages.map(({ question }) => question),
    sentences: sentences.map(({ text }) => text),
  }
}

/** Folders without a readable classifier are left out: most of them hold language models. */
async function listClassifiers(
  sources: FigureSources,
  uploaded: readonly string[],
): Promise<ClassifierChoice[]> {
  const listings = await Promise.all(
    [sources.models, ...modelFolders()].map((folder) =>
      readdir(/*turbopackIgnore: true*/ folder, { withFileTypes: true }).catch(() => []),
    ),
  )
  const folders = listings.flat().filter((entry) => entry.isDirectory())
  const names = [...new Set(folders.map(({ name }) => name))]
  const language = new Set((await listLanguageModels()).map(({ name }) => name))
  const found = await Promise.all(
    [...names.filter((name) => !language.has(name)), ...uploaded]
      .sort((one, other) => one.localeCompare(other, 'en'))
      .map((name) => describeClassifier(sources, name)),
  )
  return found.filter((classifier) => classifier !== null)
}

async function describeClassifier(sources: FigureSources, name: string): Promise<ClassifierChoice | null> {
  try {
    const { classes, layers } = await readClassifier(sources, name)
    const membersOf = (variant: 'homework' | 'paper') =>
      Object.fromEntries(
        listedMethods.map((method) => {
          const field = fieldOf(findMethod(method).explainer.parameters(variant, { classes, layers }))
          return [method, field.kind === 'group' ? field.members : []]
        }),
      )
    return {
      name,
      classes,
      layers,
      parameters: { homework: membersOf('homework'), paper: membersOf('paper') },
    }
  } catch (error) {
    if (!(error instanceof ExplainerError)) throw error
    if (error.code !== 'model-missing') log.warn({ name, error }, 'a model cannot be offered for figures')
    return null
  }
}

/** What a figure needs to know of a classifier, without opening it: no session is made, no device asked for. */
async function readClassifier(sources: FigureSources, name: string) {
  const { network, sha256, classes } = await readNetwork(await findModelFolder(name, sources.models))
  return { name, sha256, classes, layers: network.layers }
}

/** Models of this installation, then what the course has uploaded. */
async function listFigureLanguageModels(uploaded: readonly string[]): Promise<LanguageModelChoice[]> {
  const own = await Promise.all(
    uploaded.map(async (name) => readLanguageFolder(name, await findLanguageModelFolder(name))),
  )
  const all = [...(await listLanguageModels()), ...own.filter((model) => model !== null)]
  return (await Promise.all(all.map(describeLanguageModel))).filter((model) => model !== null)
}

async function describeLanguageModel({
  name,
  folder,
  answersQuestions,
}: InstalledModel): Promise<LanguageModelChoice | null> {
  try {
    const { layers, heads } = await readBertConfig({ name, folder })
    return { name, layers, heads, answersQuestions }
  } catch (error) {
    if (!(error instanceof ExplainerError)) throw error
    log.warn({ name, error }, 'a model cannot be offered for figures')
    return null
  }
}

async function readBertConfig({ name, folder }: { readonly name: string; readonly folder: string }) {
  return parseBertConfig(JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')), name)
}

/**
 * Asks of a figure what it would be made of, which finds the layer, filter, head, word or picture that does not exist.
 * @throws Problem `figure-impossible`, with the reason in both languages.
 */
export async function checkFigure(spec: FigureSpec, sources: FigureSources): Promise<void> {
  try {
    if (isLanguageSpec(spec)) await askLanguageModel(spec, sources)
    else {
      const classifier = await readClassifier(sources, spec.model)
      evidenceRequests(spec, await readFigureContext(spec, classifier, sources))
    }
  } catch (error) {
    if (!(error instanceof ExplainerError)) throw error
    const { message: reason } = failureMessage(failureOf(error))
    throw new Problem('figure-impossible', error.message, { cause: error, facts: { reason } })
  }
}

async function askLanguageModel(spec: LanguageFigureSpec, sources: FigureSources): Promise<void> {
  const name = spec.model
  const folder = await findLanguageModelFolder(name)
  const model = {
    name,
    sha256: '', // Names evidence, which nobody looks for here.
    config: await readBertConfig({ name, folder }),
    tokenizer: await readBertTokenizer(folder),
  }
  languageAsks(spec, await readLanguageContext(spec, model, sources))
}

/**
 * @returns the sentence's words, as figures name them, with the pieces that the model reads.
 * @throws Problem `not-found` for a model that is not there; `figure-impossible` for one that cannot be read.
 */
export async function readSentenceWords(model: string, sentence: string): Promise<SentenceWord[]> {
  try {
    const folder = await findLanguageModelFolder(model)
    const text = (await readBertTokenizer(folder)).tokenize(sentence)
    return wordsOf(text).map(({ text: word, positions }) => ({
      text: word,
      pieces: positions.map((position) => text.tokens[position]!.text),
    }))
  } catch (error) {
    if (!(error instanceof ExplainerError)) throw error
    if (error.code === 'model-missing') throw new Problem('not-found', error.message)
    const { message: reason } = failureMessage(failureOf(error))
    throw new Problem('figure-impossible', error.message, { cause: error, facts: { reason } })
  }
}
