import type { Classifier } from '@/lib/explainers/classifier'
import { ExplainerError } from '@/lib/explainers/errors'
import type { Evidence, EvidenceRequest, ProgressStep } from '@/lib/explainers/evidence'
import { evidenceRequests, renderFigure } from '@/lib/explainers/figures/render'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { findMethod } from '@/lib/explainers/registry'
import { computeEvidence, requestId as evidenceRequestId } from '@/lib/explainers/request'
import { readEvidence, readMeanSeconds } from '@/lib/figures/data'
import { estimateSecondsLeft } from '@/lib/figures/estimate'
import { failureOf } from '@/lib/figures/failure'
import {
  beginFigure,
  failFigure,
  postponeFigure,
  reportFigureProgress,
  storeEvidence,
  storeFigure,
} from '@/lib/figures/mutations'
import { type FigureSources, readFigureContext, readFigurePicture } from '@/lib/figures/service'
import type { ClassifierShelf } from '@/lib/jobs/classifier-shelf'
import { ProgressWriter } from '@/lib/jobs/progress-writer'
import { log } from '@/lib/log'

export interface DrawingRoom {
  readonly sources: FigureSources
  readonly shelf: ClassifierShelf
  /** When it aborts, the work is put back into the queue. */
  readonly signal: AbortSignal
}

/**
 * Computes and draws one requested figure. Evidence is stored as soon as it is there: a worker that dies repeats
 * only what it had not finished. An expected failure is stored with the request, and the job is done.
 * @throws what was not expected, after storing that the figure failed; the queue tries again.
 */
export async function drawFigure(requestId: string, room: DrawingRoom): Promise<void> {
  const startedAt = performance.now()
  const spec = await beginFigure(requestId)
  if (!spec) return
  const about = { requestId, layout: spec.layout }
  const progress = new ProgressWriter(
    (state) => reportFigureProgress(requestId, state),
    (error) => log.warn({ ...about, error }, 'progress of a figure could not be written'),
  )
  try {
    const figureId = await draw(requestId, spec, room, progress)
    const seconds = (performance.now() - startedAt) / 1000
    log.info({ ...about, figureId, seconds: Number(seconds.toFixed(2)) }, 'figure drawn')
  } catch (error) {
    await progress.settle()
    if (room.signal.aborted) {
      await postponeFigure(requestId)
      throw error
    }
    const failure = failureOf(error)
    log.error({ ...about, failure, error }, 'figure failed')
    await failFigure(requestId, failure)
    if (!(error instanceof ExplainerError)) throw error
  }
}

async function draw(
  requestId: string,
  spec: FigureSpec,
  room: DrawingRoom,
  progress: ProgressWriter,
): Promise<string> {
  progress.report({ step: 'loading', done: 0, total: 0, secondsLeft: null })
  const classifier = await room.shelf.take(spec.model)
  const context = await readFigureContext(spec, classifier, room.sources)
  const requests = evidenceRequests(spec, context)
  const evidence = new Map<string, Evidence>()
  for (const request of requests) {
    const known = await knownEvidence(request)
    if (known) evidence.set(evidenceRequestId(request), known)
  }
  const missing = requests.filter((request) => !evidence.has(evidenceRequestId(request)))
  const means = new Map(await readMeanSeconds())
  for (const [index, request] of missing.entries()) {
    const rest = missing.slice(index + 1).map(({ method }) => means.get(method) ?? null)
    const report = outlookReporter(means.get(request.method) ?? null, rest, progress)
    const computed = await compute(request, classifier, room, report)
    await storeEvidence(request, computed)
    log.info(
      {
        requestId,
        evidenceRequest: evidenceRequestId(request),
        method: request.method,
        seconds: computed.seconds,
      },
      'evidence computed',
    )
    if (!means.has(request.method)) means.set(request.method, computed.seconds)
    evidence.set(evidenceRequestId(request), computed)
  }
  progress.report({ step: 'drawing', done: 0, total: 0, secondsLeft: 1 })
  const figure = await renderFigure(spec, context, (request) => {
    const found = evidence.get(evidenceRequestId(request))
    if (!found) throw new Error(`layout ${spec.layout} draws ${request.method}, which it did not ask for`)
    return found
  })
  await progress.settle()
  return storeFigure(requestId, figure)
}

function knownEvidence(request: EvidenceRequest): Promise<Evidence | null> {
  return readEvidence(evidenceRequestId(request), findMethod(request.method).explainer.version)
}

async function compute(
  request: EvidenceRequest,
  classifier: Classifier,
  { sources, signal }: DrawingRoom,
  report: (step: ProgressStep, done: number, total: number) => void,
): Promise<Evidence> {
  const { picture, regions } = await readFigurePicture(request.input.name, classifier.inputSize, sources)
  if (picture.sha256 !== request.input.sha256)
    throw new ExplainerError('picture-damaged', picture.name, `${picture.name} changed while it was read`)
  return computeEvidence(request, {
    classifier,
    picture: picture.input,
    regions,
    knownEvidence: async (basis) => (await knownEvidence(basis)) ?? undefined,
    progress: report,
    signal,
  })
}

/** Turns an explainer's reports into progress with an estimate of the whole figure's end. */
function outlookReporter(
  expected: number | null,
  rest: readonly (number | null)[],
  progress: ProgressWriter,
): (step: ProgressStep, done: number, total: number) => void {
  const begun = performance.now()
  let current: ProgressStep | undefined
  let stepBegun = begun
  return (step, done, total) => {
    const now = performance.now()
    if (step !== current) {
      current = step
      stepBegun = now
    }
    const elapsed = (now - begun) / 1000
    const stepElapsed = (now - stepBegun) / 1000
    const secondsLeft = estimateSecondsLeft({ elapsed, stepElapsed, done, total, expected, rest })
    progress.report({ step, done, total, secondsLeft })
  }
}
