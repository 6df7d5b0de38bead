import { buildIndex } from '@/lib/explainers/corpus/build-index'
import { ExplainerError } from '@/lib/explainers/errors'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
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
import { isExplorationWanted } from '@/lib/explorations/waiting/data'
import { forgetUnawaited } from '@/lib/explorations/waiting/mutations'
import { interruptWhen } from '@/lib/jobs/give-way'
import type { LanguageShelf } from '@/lib/jobs/language-shelf'
import { comeAgain, type Turn } from '@/lib/jobs/queue'
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

/**
 * Computes one exploration and stores the result, or in which way it failed. One that nobody waits for costs nothing, and
 * is given up before its next run of the model when whoever waited has gone, or an operator has stopped it.
 */
export async function explore(explorationId: string, room: ReadingRoom, turn: Turn): Promise<void> {
  const startedAt = performance.now()
  const request = await beginExploration(explorationId)
  if (!request) return
  const about = { explorationId, kind: request.kind, model: request.model }
  const stop = interruptWhen(async () => !(await isExplorationWanted(explorationId)), room.signal)
  try {
    const span = { name: `explore ${request.kind}`, attributes: { 'vitrine.model': request.model } }
    const { result, modelSha256 } = await inSpan(span, () =>
      compute(explorationId, request, { ...room, signal: stop.signal }),
    )
    const seconds = (performance.now() - startedAt) / 1000
    await finishExploration(explorationId, result, modelSha256, seconds)
    log.debug({ ...about, seconds: Number(seconds.toFixed(3)) }, 'explored')
  } catch (error) {
    if (room.signal.aborted) {
      await postponeExploration(explorationId)
      throw error
    }
    if (stop.signal.aborted) {
      log.debug(about, 'exploration given up')
      if (await forgetUnawaited(explorationId, ['QUEUED', 'COMPUTING'])) return
      // Somebody has come at the last moment.
      if (await postponeExploration(explorationId)) await comeAgain(turn)
      return
    }
    const isExpected = error instanceof ExplainerError || error instanceof TooLongError
    log[isExpected ? 'debug' : 'error']({ ...about, error }, 'exploration failed')
    await failExploration(explorationId, failureOf(error))
  } finally {
    stop.end()
  }
}

function compute(id: string, request: ExplorationRequest, room: ReadingRoom): Promise<Computed> {
  const { shelf, attendance, signal } = room
  const withModel = (work: (model: LanguageModel) => Promise<ExplorationResult>) =>
    attendance.during(() =>
      shelf.withModel(request.model, async (model) => ({
        result: await work(quietModel(model, async () => signal.throwIfAborted())),
        modelSha256: model.sha256,
      })),
    )
  switch (request.kind) {
    case 'attention':
      return withModel((model) => computeAttention(model, request))
    case 'corpus-search':
      return withModel((model) =>
        shelf.withIndex(request.corpus, model, (index) => computeCorpusSearch(model, index, request)),
      )
    case 'embedding-space':
      return withModel((model) => computeEmbeddingSpace(model, request))
    case 'embedding-similarity':
      return withModel((model) => computeEmbeddingSimilarity(model, request))
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
      model: quietModel(model, () => attendance.untilAlone()),
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
