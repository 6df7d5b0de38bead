import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Lab, LabPicture, WantedEvidence } from '@/lib/explainers/claims/lab'
import type { ModelRole } from '@/lib/explainers/claims/measurement'
import type { UsedModel } from '@/lib/explainers/claims/reading'
import type { Classifier } from '@/lib/explainers/classifier'
import { CorpusIndex } from '@/lib/explainers/corpus/corpus-index'
import { ExplainerError } from '@/lib/explainers/errors'
import type { Evidence, EvidenceRequest, ReportProgress, Tensor } from '@/lib/explainers/evidence'
import { openBert } from '@/lib/explainers/language/bert'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { parsePassages, parseSentences } from '@/lib/explainers/language/material'
import type { SimilarityInput } from '@/lib/explainers/methods/embedding-similarity'
import type { QuestionInput } from '@/lib/explainers/methods/embedding-space'
import { readModelHash } from '@/lib/explainers/onnx/classifier-folder'
import { preparePicture } from '@/lib/explainers/pictures/picture'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import { findMethod } from '@/lib/explainers/registry'
import { buildRequest, computeEvidence, requestId } from '@/lib/explainers/request'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { bundledSources, type FigureSources } from '@/lib/figures/sources'
import { corporaFolder } from '@/lib/language-folders'
import { chooseModels, type ModelChoice } from '@/lib/verification/model-choice'

export interface WorkbenchOptions {
  /** Names of installed models, or paths, that take the place of those of their kind. */
  readonly models?: readonly string[]
  /** Evidence that is there already, asked for before it is computed. */
  readonly knownEvidence?: (request: EvidenceRequest) => Promise<Evidence | undefined>
  /** Default: what comes with Vitrine. */
  readonly sources?: FigureSources
  readonly progress?: ReportProgress
  readonly signal?: AbortSignal
}

/** What figures show beside the map; nothing is measured of it, and it is most of the memory. */
const shownOnly = new Set(['input', 'noisyCopies', 'noisyGradients', 'copies', 'samples'])

/** The course searched the Wizard of Oz; Moby-Dick stands in for it, as it comes with Vitrine. */
const corpora = ['wizard-of-oz', 'moby-dick'] as const

/** A lab on the files of this installation. Models are opened when they are first needed; close it afterwards. */
export class Workbench implements Lab {
  readonly signal?: AbortSignal
  readonly #sources: FigureSources
  readonly #opened = new Map<string, Promise<unknown>>()
  readonly #closing: (() => Promise<void>)[] = []

  private constructor(
    private readonly choices: Readonly<Record<ModelRole, ModelChoice>>,
    private readonly options: WorkbenchOptions,
  ) {
    this.#sources = options.sources ?? bundledSources()
    if (options.signal) this.signal = options.signal
  }

  /** @throws ExplainerError 'model-missing' where a model of `options` does not exist. */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    return new Workbench(await chooseModels(options.models ?? []), options)
  }

  classifier(): Promise<Classifier> {
    return this.#once('classifier', async () => {
      const classifier = await openClassifier(this.#folderOf('classifier'))
      this.#closing.push(() => classifier.close())
      return classifier
    })
  }

  languageModel(role: Exclude<ModelRole, 'classifier'>): Promise<LanguageModel> {
    const folder = this.#folderOf(role)
    return this.#once(`model ${folder}`, async () => {
      const model = await openBert(folder)
      this.#closing.push(() => model.close())
      return model
    })
  }

  modelFor(role: ModelRole): Promise<UsedModel> {
    const folder = this.#folderOf(role)
    const { name, insteadOf } = this.choices[role]
    return this.#once(`used ${role} ${folder}`, async () => {
      return { name, sha256: await readModelHash(folder), insteadOf }
    })
  }

  picture(id: PictureName): Promise<LabPicture> {
    return this.#once(`picture ${id}`, async () => {
      const { inputSize } = await this.classifier()
      const { name, sha256, label, title, regionsSha256, ...found } = await this.#sources.pictures.find(id)
      const { input } = await preparePicture(await found.bytes(), name, inputSize)
      const regions = await found.regions(inputSize)
      return { id, name, sha256, input, label, title, regions, ...(regionsSha256 && { regionsSha256 }) }
    })
  }

  async evidence({
    method,
    picture: id,
    seed,
    variant = 'homework',
    parameters,
  }: WantedEvidence): Promise<Evidence> {
    const [classifier, picture] = await Promise.all([this.classifier(), this.picture(id)])
    const request = buildRequest({
      method,
      model: classifier,
      picture,
      target: picture.label,
      variant,
      // What figures use: methods without chance are then found under the same name.
      seed: seed ?? figureSeed,
      ...(parameters && { parameters }),
    })
    return this.#once(requestId(request), () => this.#obtain(request, picture))
  }

  async #obtain(request: EvidenceRequest, picture: LabPicture): Promise<Evidence> {
    const known = await this.options.knownEvidence?.(request)
    if (known) return withoutShown(known)
    const { progress, signal } = this.options
    const { explainer } = findMethod(request.method)
    const evidence = await computeEvidence(request, {
      classifier: await this.classifier(),
      picture: picture.input,
      knownEvidence: (basis) =>
        'basis' in explainer
          ? this.#once(requestId(basis), () => this.#obtain(basis, picture))
          : Promise.resolve(undefined),
      ...(progress && { progress }),
      ...(signal && { signal }),
    })
    return withoutShown(evidence)
  }

  async corpusIndex(model: LanguageModel): Promise<CorpusIndex> {
    for (const corpus of corpora) {
      try {
        return await this.#once(`corpus ${corpus} ${model.sha256}`, async () => {
          const index = await CorpusIndex.open(corporaFolder(), corpus, model)
          this.#closing.push(() => index.close())
          return index
        })
      } catch (error) {
        if (!(error instanceof ExplainerError) || error.code === 'corpus-damaged') throw error
      }
    }
    // The last one comes with Vitrine: building its index is all that is needed.
    const corpus = corpora.at(-1)!
    const message = `no corpus is indexed for ${model.name}`
    throw new ExplainerError('corpus-not-indexed', `${corpus} ${model.name}`, message)
  }

  passages(): Promise<readonly QuestionInput[]> {
    return this.#once('passages', async () => parsePassages(await this.#readText('passages.yaml')))
  }

  sentences(part: string): Promise<SimilarityInput> {
    return this.#once(`sentences ${part}`, async () =>
      parseSentences(await this.#readText('sentences.yaml'), part),
    )
  }

  async close(): Promise<void> {
    this.#opened.clear()
    for (const close of this.#closing.splice(0)) await close()
  }

  #readText(file: string): Promise<string> {
    return readFile(path.join(this.#sources.texts, file), 'utf8')
  }

  /** @throws ExplainerError 'model-missing' */
  #folderOf(role: ModelRole): string {
    const { folder, name } = this.choices[role]
    if (folder !== null) return folder
    throw new ExplainerError('model-missing', name, `there is no model ${name}`)
  }

  /** What failed is tried again the next time it is asked for. */
  #once<Thing>(name: string, make: () => Promise<Thing>): Promise<Thing> {
    const known = this.#opened.get(name)
    if (known) return known as Promise<Thing>
    const making = make()
    this.#opened.set(name, making)
    making.catch(() => this.#opened.delete(name))
    return making
  }
}

const figureSeed = 16

function withoutShown(evidence: Evidence): Evidence {
  const arrays = Object.entries(evidence.arrays).filter(([name]) => !shownOnly.has(name))
  return { ...evidence, arrays: Object.fromEntries(arrays) as { readonly [name: string]: Tensor } }
}
