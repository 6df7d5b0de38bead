import type { LanguageModel } from '@/lib/explainers/language/language-model'

/** Counts what somebody waits for, so that long work can step aside. */
export class Attendance {
  #present = 0
  #gone: (() => void)[] = []

  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#present++
    try {
      return await work()
    } finally {
      this.#present--
      if (this.#present === 0) for (const resume of this.#gone.splice(0)) resume()
    }
  }

  /** Resolves when nobody waits for anything. */
  async untilAlone(): Promise<void> {
    while (this.#present > 0) await new Promise<void>((resolve) => this.#gone.push(resolve))
  }
}

/** The same model, which asks before every batch whether it may begin, and waits until it may. */
export function quietModel(model: LanguageModel, mayBegin: () => Promise<void>): LanguageModel {
  return {
    name: model.name,
    sha256: model.sha256,
    config: model.config,
    heads: model.heads,
    tokenizer: model.tokenizer,
    provider: model.provider,
    precision: model.precision,
    encode: async (...given) => {
      await mayBegin()
      return model.encode(...given)
    },
    encodeBatch: async (...given) => {
      await mayBegin()
      return model.encodeBatch(...given)
    },
    close: () => model.close(),
  }
}
