import { CorpusIndex } from '@/lib/explainers/corpus/corpus-index'
import { openBert } from '@/lib/explainers/language/bert'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { corporaFolder } from '@/lib/language-folders'
import { findLanguageModelFolder } from '@/lib/models/model-folder'

/** Models kept open: a small one takes 0.2 GB, a BERT-base 0.6 GB. */
const mostModels = 2
const mostIndexes = 2

interface Shelved<Thing> {
  readonly thing: Promise<Thing>
  users: number
}

/** Keeps what was used last open, and closes what is over the limit once nobody uses it. */
class Shelf<Thing extends { close(): Promise<void> }> {
  /** In order of last use. */
  readonly #things = new Map<string, Shelved<Thing>>()

  constructor(private readonly limit: number) {}

  async use<Result>(
    name: string,
    open: () => Promise<Thing>,
    work: (thing: Thing) => Promise<Result>,
  ): Promise<Result> {
    const shelved = this.#things.get(name) ?? { thing: open(), users: 0 }
    this.#things.delete(name)
    this.#things.set(name, shelved)
    shelved.users++
    try {
      return await work(await shelved.thing.catch((error: unknown) => this.#refuse(name, error)))
    } finally {
      shelved.users--
      await this.#tidy()
    }
  }

  /** Closes one that is out of date; the next use opens it anew. */
  async drop(name: string): Promise<void> {
    const shelved = this.#things.get(name)
    this.#things.delete(name)
    await (await shelved?.thing)?.close()
  }

  async close(): Promise<void> {
    for (const name of [...this.#things.keys()]) await this.drop(name).catch(() => undefined)
  }

  /** What could not be opened is tried again the next time: it may have been installed meanwhile. */
  #refuse(name: string, error: unknown): never {
    this.#things.delete(name)
    throw error
  }

  async #tidy(): Promise<void> {
    for (const [name, { users }] of this.#things) {
      if (this.#things.size <= this.limit) return
      if (users === 0) await this.drop(name)
    }
  }
}

/** The language models and corpus indexes that a worker has open. */
export class LanguageShelf {
  readonly #models: Shelf<LanguageModel>
  readonly #indexes = new Shelf<CorpusIndex>(mostIndexes)

  /**
   * @param onOpen hears of every model that has just been opened.
   * @param limit models that stay open when nobody uses them
   */
  constructor(
    private readonly onOpen: (model: LanguageModel) => Promise<void>,
    limit = mostModels,
  ) {
    this.#models = new Shelf(limit)
  }

  /** @throws ExplainerError 'model-missing' and the others of `openBert` */
  withModel<Result>(name: string, work: (model: LanguageModel) => Promise<Result>): Promise<Result> {
    return this.#models.use(name, () => this.#open(name), work)
  }

  /** @throws ExplainerError 'corpus-missing', 'corpus-damaged', 'corpus-not-indexed' */
  withIndex<Result>(
    corpus: string,
    model: LanguageModel,
    work: (index: CorpusIndex) => Promise<Result>,
  ): Promise<Result> {
    const open = () => CorpusIndex.open(corporaFolder(), corpus, model)
    return this.#indexes.use(indexName(corpus, model), open, work)
  }

  dropIndex(corpus: string, model: LanguageModel): Promise<void> {
    return this.#indexes.drop(indexName(corpus, model))
  }

  async close(): Promise<void> {
    await this.#indexes.close()
    await this.#models.close()
  }

  async #open(name: string): Promise<LanguageModel> {
    const model = await openBert(await findLanguageModelFolder(name))
    await this.onOpen(model)
    return model
  }
}

function indexName(corpus: string, model: LanguageModel): string {
  return `${corpus} ${model.sha256}`
}
