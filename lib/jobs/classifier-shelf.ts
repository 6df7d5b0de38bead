import type { Classifier } from '@/lib/explainers/classifier'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { modelFolder } from '@/lib/figures/service'
import type { FigureSources } from '@/lib/figures/sources'

/** Keeps the model of the last figure open: opening one reads its weights and builds its graphs. */
export class ClassifierShelf {
  #open: { readonly name: string; readonly classifier: Classifier } | undefined

  constructor(private readonly sources: FigureSources) {}

  /** @throws ExplainerError */
  async take(name: string): Promise<Classifier> {
    if (this.#open?.name === name) return this.#open.classifier
    await this.close()
    const classifier = await openClassifier(modelFolder(this.sources, name))
    this.#open = { name, classifier }
    return classifier
  }

  async close(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    await open?.classifier.close()
  }
}
