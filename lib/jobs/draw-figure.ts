import type { Classifier } from '@/lib/explainers/classifier'
import { ExplainerError } from '@/lib/explainers/errors'
import type { Evidence, EvidenceRequest, ReportProgress } from '@/lib/explainers/evidence'
import { evidenceRequests, type RenderedFigure, renderFigure } from '@/lib/explainers/figures/render'
import { languageAsks, renderLanguageFigure } from '@/lib/explainers/figures/render-language'
import {
  type FigureSpec,
  figureSpecSchema,
  isLanguageSpec,
  type LanguageFigureSpec,
  type PictureFigureSpec,
} from '@/lib/explainers/figures/spec'
import { languageMethodVersions } from '@/lib/explainers/language/language-methods'
import { findMethod } from '@/lib/explainers/registry'
import { computeEvidence, requestId as evidenceRequestId } from '@/lib/explainers/request'
import { isDemanded, ProviderFailure } from '@/lib/explainers/runtime/provider'
import { isFigureStopped, readEvidence } from '@/lib/figures/data'
import { failureOf } from '@/lib/figures/failure'
import { readLanguageContext } from '@/lib/figures/language-service'
import {
  beginFigure,
  failFigure,
  postponeFigure,
  reportFigureProgress,
  storeFigure,
} from '@/lib/figures/mutations'
import { readFigureContext, readFigurePicture } from '@/lib/figures/service'
import type { FigureSources } from '@/lib/figures/sources'
import type { ClassifierShelf } from '@/lib/jobs/classifier-shelf'
import { type ComputationLocks, withComputationLock } from '@/lib/jobs/computation-locks'
import { computeAsk } from '@/lib/jobs/compute-language-evidence'
import { gatherEvidence } from '@/lib/jobs/gather-evidence'
import { interruptWhen } from '@/lib/jobs/give-way'
import type { LanguageShelf } from '@/lib/jobs/language-shelf'
import { ProgressWriter } from '@/lib/jobs/progress-writer'
import { isLastAttempt, type Turn } from '@/lib/jobs/queue'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'

export interface DrawingRoom {
  readonly sources: FigureSources
  readonly shelf: ClassifierShelf
  readonly languageShelf: LanguageShelf
  /** Keeps workers from computing the same at once. */
  readonly locks: ComputationLocks
  /** When it aborts, the work is put back into the queue. */
  readonly signal: AbortSignal
}

/**
 * Computes and draws one requested figure. Evidence is stored as soon as it is there: a worker that dies repeats
 * only what it had not finished. An expected failure is stored with the request, and the job is done. It stops at its next
 * batch when an operator has stopped the figure.
 * @throws what was not expected, and the queue tries again; after the last attempt it is stored that the figure failed.
 */
export function drawFigure(
  requestId: string,
  room: DrawingRoom,
  turn: Pick<Turn, 'attempts' | 'max_attempts'>,
): Promise<void> {
  return withComputationLock(room.locks, `figure ${requestId}`, room.signal, () =>
    drawAlone(requestId, room, isLastAttempt(turn)),
  )
}

async function drawAlone(requestId: string, room: DrawingRoom, isLast: boolean): Promise<void> {
  const startedAt = performance.now()
  const stored = await beginFigure(requestId)
  if (!stored) return
  const progress = new ProgressWriter(
    (state) => reportFigureProgress(requestId, state),
    (error) => log.warn({ figureRequest: requestId, error }, 'progress of a figure could not be written'),
  )
  const stop = interruptWhen(() => isFigureStopped(requestId), room.signal)
  try {
    const spec = figureSpecSchema.parse(stored)
    const figureId = await draw(requestId, spec, { ...room, signal: stop.signal }, progress)
    const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(2))
    log.info({ figureRequest: requestId, layout: spec.layout, figureId, seconds }, 'figure drawn')
  } catch (error) {
    await progress.settle()
    // Of a device that failed, the queue asks again soon, and then another is used, where another may be.
    const isOnOtherDevice = error instanceof ProviderFailure && !(isLast && isDemanded(error.provider))
    if (room.signal.aborted || isOnOtherDevice) {
      await postponeFigure(requestId)
      throw error
    }
    if (stop.signal.aborted) return log.info({ figureRequest: requestId }, 'figure stopped')
    const failure = failureOf(error)
    log.error({ figureRequest: requestId, failure, error }, 'figure failed')
    metrics().figureFailures.inc({ code: failure.code })
    const isExpected = error instanceof ExplainerError
    if (isExpected || isLast) await failFigure(requestId, failure)
    else await postponeFigure(requestId)
    if (!isExpected) throw error
  } finally {
    stop.end()
  }
}

async function draw(
  requestId: string,
  spec: FigureSpec,
  room: DrawingRoom,
  progress: ProgressWriter,
): Promise<string> {
  progress.report({ step: 'loading', done: 0, total: 0, secondsLeft: null })
  const figure = isLanguageSpec(spec)
    ? await drawForLanguageModel(requestId, spec, room, progress)
    : await drawForClassifier(requestId, spec, room, progress)
  await progress.settle()
  return storeFigure(requestId, figure)
}

async function drawForClassifier(
  requestId: string,
  spec: PictureFigureSpec,
  room: DrawingRoom,
  progress: ProgressWriter,
): Promise<RenderedFigure> {
  const classifier = await room.shelf.take(spec.model)
  const context = await readFigureContext(spec, classifier, room.sources)
  const pieces = evidenceRequests(spec, context).map((request) => ({
    request,
    version: versionOf(request),
    compute: (report: ReportProgress) => explain(request, classifier, room, report),
  }))
  const evidenceOf = await gatherEvidence(requestId, pieces, progress, room)
  reportDrawing(progress)
  return renderFigure(spec, context, evidenceOf)
}

async function drawForLanguageModel(
  requestId: string,
  spec: LanguageFigureSpec,
  room: DrawingRoom,
  progress: ProgressWriter,
): Promise<RenderedFigure> {
  const { languageShelf, sources, signal } = room
  return languageShelf.withModel(spec.model, async (model) => {
    const context = await readLanguageContext(spec, model, sources)
    const pieces = languageAsks(spec, context).map((ask) => ({
      request: ask.request,
      version: languageMethodVersions.get(ask.request.method)!,
      compute: (report: ReportProgress) => computeAsk(ask, { model, context, progress: report, signal }),
    }))
    const evidenceOf = await gatherEvidence(requestId, pieces, progress, room)
    reportDrawing(progress)
    return renderLanguageFigure(spec, context, evidenceOf)
  })
}

function reportDrawing(progress: ProgressWriter): void {
  progress.report({ step: 'drawing', done: 0, total: 0, secondsLeft: 1 })
}

const versionOf = ({ method }: EvidenceRequest) => findMethod(method).explainer.version

async function explain(
  request: EvidenceRequest,
  classifier: Classifier,
  { sources, signal }: DrawingRoom,
  report: ReportProgress,
): Promise<Evidence> {
  const { name, sha256, regions: wanted } = request.input
  const { picture, regions, regionsSha256 } = await readFigurePicture(name, classifier.inputSize, sources)
  if (picture.sha256 !== sha256 || (wanted !== undefined && wanted !== regionsSha256))
    throw new ExplainerError('picture-damaged', name, `${name} changed while it was read`)
  return computeEvidence(request, {
    classifier,
    picture: picture.input,
    // Evidence whose name says nothing of regions that people may change keeps no numbers of them.
    ...(wanted === regionsSha256 && { regions }),
    knownEvidence: async (basis) =>
      (await readEvidence(evidenceRequestId(basis), versionOf(basis))) ?? undefined,
    progress: report,
    signal,
  })
}
