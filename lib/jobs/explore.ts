import { buildIndex } from '@/lib/explainers/corpus/build-index'
import { ExplainerError } from '@/lib/explainers/errors'
import { computeAttention } from '@/lib/explorations/compute-attention'
import { computeCorpusSearch } from '@/lib/explorations/compute-corpus-search'
import { computeEmbeddingSimilarity } from '@/lib/explorations/compute-embedding-similarity'
import { computeEmbeddingSpace } from '@/lib/explorations/compute-embedding-space'
import { openCorpus } from '@/lib/explorations/default-corpus'
import { failureOf } from '@/lib/explorations/failure'
import {
  beginExploration,
  failExploration,
  finishExploration,
  postponeExploration,
  reportExploration,
} from '@/lib/explorations/mutations'
import type { CorpusIndexRequest, ExplorationRequest } from '@/lib/explorations/schema'
import { TooLongError } from '@/lib/explorations/sentence-tokens'
import type { ExplorationResult } from '@/lib/explorations/view'
import type { LanguageShelf } from '@/lib/jobs/language-shelf'
import { type Attendance, quietModel } from '@/lib/jobs/quiet-model'
import { corporaFolder } from '@/lib/language-folders'
import { log } from '@/lib/log'
import { inSpan } from '@/lib/tracing/span'

export interface ReadingRoom {
  readonly shelf: LanguageShelf
  readonly attendance: Attendance
  /** When it aborts, long work is put back into the queue. */
  readonly signal: AbortSignal
}

interface Computed {
  readonly result: ExplorationResult
  readonly modelSha256: string
}

/** Computes one exploration and stores the result, or in which way it failed. One that was withdrawn costs nothing. */
export async function explore(explorationId: string, room: ReadingRoom): Promise<void> {
  const startedAt = performance.now()
  const request = await beginExploration(explorationId)
  if (!request) return
  const about = { explorationId, kind: request.kind, model: request.model }
  try {
    const span = { name: `explore ${request.kind}`, attributes: { 'vitrine.model': request.model } }
    const { result, modelSha256 } = await inSpan(span, () => compute(explorationId, request, room))
    const seconds = (performance.now() - startedAt) / 1000
    await finishExploration(explorationId, result, modelSha256, seconds)
    log.debug({ ...about, seconds: Number(seconds.toFixed(3)) }, 'explored')
  } catch (error) {
    if (room.signal.aborted) {
      await postponeExploration(explorationId)
      throw error
    }
    const isExpected = error instanceof ExplainerError || error instanceof TooLongError
    log[isExpected ? 'debug' : 'error']({ ...about, error }, 'exploration failed')
    await failExploration(explorationId, failureOf(error))
  }
}

function compute(id: string, request: ExplorationRequest, room: ReadingRoom): Promise<Computed> {
  const { shelf, attendance } = room
  switch (request.kind) {
    case 'attention':
      return attendance.during(() =>
        shelf.withModel(request.model, async (model) => ({
          result: await computeAttention(model, request),
          modelSha256: model.sha256,
        })),
      )
    case 'corpus-search':
      return attendance.during(() =>
        shelf.withModel(request.model, async (model) => ({
          result: await shelf.withIndex(request.corpus, model, (index) =>
            computeCorpusSearch(model, index, request),
          ),
          modelSha256: model.sha256,
        })),
      )
    case 'embedding-space':
      return attendance.during(() =>
        shelf.withModel(request.model, async (model) => ({
          result: await computeEmbeddingSpace(model, request),
          modelSha256: model.sha256,
        })),
      )
    case 'embedding-similarity':
      return attendance.during(() =>
        shelf.withModel(request.model, async (model) => ({
          result: await computeEmbeddingSimilarity(model, request),
          modelSha256: model.sha256,
        })),
      )
    case 'corpus-index':
      return buildCorpusIndex(id, request, room)
  }
}

/** Milliseconds between two reports of progress; also a sign of life. */
const reportEvery = 1000

async function buildCorpusIndex(
  id: string,
  { model: name, corpus: corpusName }: CorpusIndexRequest,
  { shelf, attendance, signal }: ReadingRoom,
): Promise<Computed> {
  return shelf.withModel(name, async (model) => {
    const folder = corporaFolder()
    const corpus = await openCorpus(folder, corpusName)
    let reportedAt = 0
    const built = await buildIndex({
      folder,
      corpus,
      model: quietModel(model, attendance),
      signal,
      progress: (done, total) => {
        if (Date.now() - reportedAt < reportEvery) return
        reportedAt = Date.now()
        reportExploration(id, done, total).catch((error: unknown) =>
          log.warn({ error }, 'progress of a corpus index could not be written'),
        )
      },
    })
    await shelf.dropIndex(corpusName, model)
    return {
      result: { kind: 'corpus-index', sentences: built.sentencesDone, tokens: built.tokens },
      modelSha256: model.sha256,
    }
  })
}
