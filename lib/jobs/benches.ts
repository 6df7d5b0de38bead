import { findMethod } from '@/lib/explainers/registry'
import { requestId } from '@/lib/explainers/request'
import { readEvidence } from '@/lib/figures/data'
import type { FigureSources } from '@/lib/figures/sources'
import { isPreferredModel } from '@/lib/verification/model-choice'
import { Workbench } from '@/lib/verification/workbench'

/** A workbench for each model that figures are of: a key is checked against what its question shows. */
export class Benches {
  readonly #open = new Map<string, Promise<Workbench>>()

  constructor(
    private readonly sources: FigureSources,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws ExplainerError 'model-missing' */
  of(figureModel: string | null): Promise<Workbench> {
    const named = figureModel !== null && !isPreferredModel(figureModel) ? [figureModel] : []
    const name = named.join()
    const bench =
      this.#open.get(name) ??
      Workbench.open({
        models: named,
        sources: this.sources,
        signal: this.signal,
        knownEvidence: async (request) =>
          (await readEvidence(requestId(request), findMethod(request.method).explainer.version)) ?? undefined,
      })
    this.#open.set(name, bench)
    return bench
  }

  async close(): Promise<void> {
    for (const bench of this.#open.values()) await (await bench.catch(() => null))?.close()
  }
}
