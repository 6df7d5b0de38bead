import { rm } from 'node:fs/promises'
import path from 'node:path'
import { buildIndex } from '@/lib/explainers/corpus/build-index'
import { storeCorpus } from '@/lib/explainers/corpus/corpus'
import { CorpusIndex } from '@/lib/explainers/corpus/corpus-index'
import { ExplainerError } from '@/lib/explainers/errors'
import type { Evidence, ReportProgress } from '@/lib/explainers/evidence'
import type { Parameters } from '@/lib/explainers/explainer'
import type { LanguageAsk, LanguageFigureContext } from '@/lib/explainers/figures/language-context'
import type { LanguageExplainer } from '@/lib/explainers/language/language-explainer'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { computeLanguageEvidence } from '@/lib/explainers/language/language-request'
import { attention } from '@/lib/explainers/methods/attention'
import { corpusSearch } from '@/lib/explainers/methods/corpus-search'
import { embeddingSimilarity } from '@/lib/explainers/methods/embedding-similarity'
import { embeddingSpace } from '@/lib/explainers/methods/embedding-space'
import { maskedPrediction } from '@/lib/explainers/methods/masked-prediction'
import { corporaFolder } from '@/lib/language-folders'

export interface AskEnvironment {
  readonly model: LanguageModel
  readonly context: LanguageFigureContext
  readonly progress?: ReportProgress
  readonly signal: AbortSignal
}

/**
 * Computes what a figure of a language model asks for.
 * @throws ExplainerError
 */
export async function computeAsk(ask: LanguageAsk, environment: AskEnvironment): Promise<Evidence> {
  const { method } = ask.request
  switch (method) {
    case attention.method:
      return run(ask, attention, environment)
    case maskedPrediction.method:
      return run(ask, maskedPrediction, environment)
    case embeddingSpace.method:
      return run(ask, embeddingSpace, environment)
    case embeddingSimilarity.method:
      return run(ask, embeddingSimilarity, environment)
    case 'corpus-search':
      return searchCorpus(ask, environment)
    default:
      throw new ExplainerError('unknown-method', method, `There is no method ${method} for language models`)
  }
}

async function run<I, P extends Parameters>(
  { request, input, parameters }: LanguageAsk,
  explainer: LanguageExplainer<I, P>,
  { model, progress, signal }: AskEnvironment,
): Promise<Evidence> {
  progress?.('reading-text', 0, 0)
  const { name: inputName } = request.input
  const { variant } = request
  const evidence = await computeLanguageEvidence({
    explainer,
    model,
    input,
    inputName,
    variant,
    parameters,
    signal,
  })
  // What the method is not told but what decides its result, such as the corpus, is part of the request.
  return { ...evidence, manifest: { ...evidence.manifest, parameters: request.parameters } }
}

/**
 * A figure searches a text that is small enough to be read for it: its index is made beside the corpora and removed
 * after the search. A build that is interrupted goes on where it stopped.
 */
async function searchCorpus(ask: LanguageAsk, environment: AskEnvironment): Promise<Evidence> {
  const { model, context, progress, signal } = environment
  const { corpus } = context
  if (!corpus) throw new ExplainerError('corpus-missing', 'corpus', 'the figure names no corpus')
  const folder = path.join(corporaFolder(), '.figures')
  await storeCorpus(folder, corpus)
  const start = performance.now()
  await buildIndex({
    folder,
    corpus,
    model,
    signal,
    progress: (done, total) => progress?.('reading-corpus', done, total),
  })
  const seconds = (performance.now() - start) / 1000
  const index = await CorpusIndex.open(folder, corpus.name, model)
  try {
    const evidence = await run(ask, corpusSearch(index), environment)
    return { ...evidence, seconds: evidence.seconds + seconds }
  } finally {
    await index.close()
    await rm(path.join(folder, corpus.name), { recursive: true, force: true })
  }
}
