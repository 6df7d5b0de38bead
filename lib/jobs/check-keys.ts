import { ExplainerError } from '@/lib/explainers/errors'
import { findMethod } from '@/lib/explainers/registry'
import { requestId } from '@/lib/explainers/request'
import { readEvidence } from '@/lib/figures/data'
import type { FigureSources } from '@/lib/figures/sources'
import { giveWayTo } from '@/lib/jobs/give-way'
import { drawFigureTask, drawPreviewTask, enqueueKeyCheck } from '@/lib/jobs/queue'
import { log } from '@/lib/log'
import { readKeysToCheck, readLatestVerdict } from '@/lib/verification/data'
import {
  type BegunRun,
  beginKeyCheck,
  endKeyCheck,
  readingsInDatabase,
  reportKeyCheck,
  storeVerdict,
} from '@/lib/verification/mutations'
import { checkPart } from '@/lib/verification/part-verdict'
import { readingFrom } from '@/lib/verification/reading-store'
import { Workbench } from '@/lib/verification/workbench'

/**
 * Checks the keys of an assignment. It gives way to figures and previews: when one waits, it stops at the next batch and queues
 * itself again; readings made so far are kept.
 * @throws what was not expected, after storing that the run failed; the queue tries again.
 */
export async function checkKeys(runId: string, sources: FigureSources, signal: AbortSignal): Promise<void> {
  const run = await beginKeyCheck(runId)
  if (!run) return
  const stop = giveWayTo([drawFigureTask, drawPreviewTask], signal)
  const bench = await Workbench.open({
    sources,
    signal: stop.signal,
    knownEvidence: async (request) =>
      (await readEvidence(requestId(request), findMethod(request.method).explainer.version)) ?? undefined,
  })
  try {
    await checkRun(runId, run, bench, stop.signal)
    await endKeyCheck(runId, 'DONE')
    log.info({ runId }, 'keys checked')
  } catch (error) {
    if (stop.signal.aborted) {
      await endKeyCheck(runId, 'QUEUED')
      // When the worker stops, the queue gives the job to the next one; here the job itself has to come again.
      if (signal.aborted) throw error
      await enqueueKeyCheck(runId)
      return
    }
    log.error({ runId, error }, 'checking keys failed')
    await endKeyCheck(runId, 'FAILED')
    if (!(error instanceof ExplainerError)) throw error
  } finally {
    stop.end()
    await bench.close()
  }
}

async function checkRun(runId: string, run: BegunRun, bench: Workbench, signal: AbortSignal): Promise<void> {
  const wanted = (await readKeysToCheck(run.assignmentId)).flatMap(({ answerKeyId, content, key }) =>
    content.parts
      .filter(({ id }) => run.partIds.length === 0 || run.partIds.includes(id))
      .map(({ id }) => ({ answerKeyId, partId: id, key: key[id]! })),
  )
  for (const [index, { answerKeyId, partId, key }] of wanted.entries()) {
    await reportKeyCheck(runId, index, wanted.length)
    signal.throwIfAborted()
    const seeds = run.seeds ?? (await readLatestVerdict(answerKeyId, partId))?.stability?.seeds ?? 1
    const verdict = await checkPart(
      key,
      (measurement) => readingFrom(readingsInDatabase, bench, measurement),
      seeds,
    )
    await storeVerdict({ answerKeyId }, partId, verdict)
  }
  await reportKeyCheck(runId, wanted.length, wanted.length)
}
