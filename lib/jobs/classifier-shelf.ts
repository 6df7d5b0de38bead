import type { Classifier } from '@/lib/explainers/classifier'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import type { FigureSources } from '@/lib/figures/sources'
import { findModelFolder } from '@/lib/models/model-folder'

/** Keeps the model of the last figure open: opening one reads its weights and builds its graphs. */
export class ClassifierShelf {
  #open: { readonly folder: string; readonly classifier: Classifier } | undefined

  constructor(private readonly sources: FigureSources) {}

  /** @throws ExplainerError */
  async take(name: string): Promise<Classifier> {
    // By its folder: an uploaded model of the same name may be another one by now.
    const folder = await findModelFolder(name, this.sources.models)
    if (this.#open?.folder === folder) return this.#open.classifier
    await this.close()
    const classifier = await openClassifier(folder)
    this.#open = { folder, classifier }
    return classifier
  }

  async close(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    await open?.classifier.close()
  }
}
