import { setTimeout as sleep } from 'node:timers/promises'
import type { Evidence, EvidenceRequest, ProgressStep, ReportProgress } from '@/lib/explainers/evidence'
import type { EvidenceOf } from '@/lib/explainers/figures/context'
import { requestId as evidenceRequestId } from '@/lib/explainers/request'
import { readEvidence, readMeanSeconds } from '@/lib/figures/data'
import { estimateSecondsLeft } from '@/lib/figures/estimate'
import { storeEvidence } from '@/lib/figures/mutations'
import type { ComputationLocks } from '@/lib/jobs/computation-locks'
import type { ProgressWriter } from '@/lib/jobs/progress-writer'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'
import { inSpan } from '@/lib/tracing/span'

/** Milliseconds between two looks when everything that is missing is computed elsewhere. */
const lookEvery = 200

/** One piece of evidence that a figure needs. */
export interface Piece {
  readonly request: EvidenceRequest
  /** Of the method as it is now; older evidence does not count. */
  readonly version: number
  readonly compute: (report: ReportProgress) => Promise<Evidence>
}

/**
 * Finds or computes what a figure is drawn from. Each piece is stored as soon as it is there; what another worker is
 * computing for another figure is left for last, and found then.
 * @returns gives the evidence of any of the pieces' requests.
 * @throws the signal's reason when it aborts while another worker is waited for.
 */
export async function gatherEvidence(
  requestId: string,
  pieces: readonly Piece[],
  progress: ProgressWriter,
  { locks, signal }: { readonly locks: ComputationLocks; readonly signal: AbortSignal },
): Promise<EvidenceOf> {
  const evidence = new Map<string, Evidence>()
  const find = async ({ request, version }: Piece) => {
    const known = await readEvidence(evidenceRequestId(request), version)
    if (known) evidence.set(evidenceRequestId(request), known)
    return known !== null
  }
  const missing: Piece[] = []
  for (const piece of pieces) if (!(await find(piece))) missing.push(piece)
  metrics().evidence.inc({ result: 'hit' }, pieces.length - missing.length)
  metrics().evidence.inc({ result: 'miss' }, missing.length)
  const means = new Map(await readMeanSeconds())
  /** Pieces in a row that others are computing. */
  let elsewhere = 0
  for (let piece = missing.shift(); piece; piece = missing.shift()) {
    const name = evidenceRequestId(piece.request)
    const release = await locks.tryTake(`evidence ${name}`)
    if (!release) {
      missing.push(piece)
      elsewhere += 1
      if (elsewhere < missing.length) continue
      await sleep(lookEvery, undefined, { signal })
      elsewhere = 0
      continue
    }
    elsewhere = 0
    try {
      // Whoever had the lock may have finished a moment ago.
      if (await find(piece)) continue
      const { request, compute } = piece
      const { method } = request
      const rest = missing.map((other) => means.get(other.request.method) ?? null)
      const span = { name: `explain ${method}`, attributes: { 'vitrine.evidence.request': name } }
      const computed = await inSpan(span, async (note) => {
        const evidence = await compute(outlookReporter(means.get(method) ?? null, rest, progress))
        note({ 'vitrine.provider': evidence.manifest.provider })
        return evidence
      })
      await storeEvidence(request, computed)
      const about = { figureRequest: requestId, evidenceRequest: name, method }
      log.info({ ...about, seconds: computed.seconds }, 'evidence computed')
      metrics().explainerSeconds.observe({ method, provider: computed.manifest.provider }, computed.seconds)
      if (!means.has(method)) means.set(method, computed.seconds)
      evidence.set(name, computed)
    } finally {
      await release()
    }
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
