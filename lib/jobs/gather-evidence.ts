import type { Evidence, EvidenceRequest, ProgressStep, ReportProgress } from '@/lib/explainers/evidence'
import type { EvidenceOf } from '@/lib/explainers/figures/context'
import { requestId as evidenceRequestId } from '@/lib/explainers/request'
import { readEvidence, readMeanSeconds } from '@/lib/figures/data'
import { estimateSecondsLeft } from '@/lib/figures/estimate'
import { storeEvidence } from '@/lib/figures/mutations'
import type { ProgressWriter } from '@/lib/jobs/progress-writer'
import { log } from '@/lib/log'

/** One piece of evidence that a figure needs. */
export interface Piece {
  readonly request: EvidenceRequest
  /** Of the method as it is now; older evidence does not count. */
  readonly version: number
  readonly compute: (report: ReportProgress) => Promise<Evidence>
}

/**
 * Finds or computes what a figure is drawn from. Each piece is stored as soon as it is there.
 * @returns gives the evidence of any of the pieces' requests.
 */
export async function gatherEvidence(
  requestId: string,
  pieces: readonly Piece[],
  progress: ProgressWriter,
): Promise<EvidenceOf> {
  const evidence = new Map<string, Evidence>()
  for (const { request, version } of pieces) {
    const known = await readEvidence(evidenceRequestId(request), version)
    if (known) evidence.set(evidenceRequestId(request), known)
  }
  const missing = pieces.filter(({ request }) => !evidence.has(evidenceRequestId(request)))
  const means = new Map(await readMeanSeconds())
  for (const [index, { request, compute }] of missing.entries()) {
    const rest = missing.slice(index + 1).map((piece) => means.get(piece.request.method) ?? null)
    const computed = await compute(outlookReporter(means.get(request.method) ?? null, rest, progress))
    await storeEvidence(request, computed)
    const { method } = request
    const about = { requestId, evidenceRequest: evidenceRequestId(request), method }
    log.info({ ...about, seconds: computed.seconds }, 'evidence computed')
    if (!means.has(method)) means.set(method, computed.seconds)
    evidence.set(evidenceRequestId(request), computed)
  }
  return (request) => {
    const found = evidence.get(evidenceRequestId(request))
    if (!found) throw new Error(`a layout draws ${request.method}, which it did not ask for`)
    return found
  }
}

/** Turns an explainer's reports into progress with an estimate of the whole figure's end. */
function outlookReporter(
  expected: number | null,
  rest: readonly (number | null)[],
  progress: ProgressWriter,
): ReportProgress {
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
