import { ExplainerError } from '@/lib/explainers/errors'
import type { FigureSources } from '@/lib/figures/sources'
import { Benches } from '@/lib/jobs/benches'
import { interruptWhen, isOvertaken } from '@/lib/jobs/give-way'
import { comeAgain, type Turn } from '@/lib/jobs/queue'
import { log } from '@/lib/log'
import { readVariantKeys } from '@/lib/variants/data'
import { withdrawVariant } from '@/lib/variants/measuring/mutations'
import { refusalOf } from '@/lib/variants/recomputed-key'
import { isCheckEnded, readKeysToCheck, readLatestVerdict } from '@/lib/verification/data'
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

/**
 * Checks the keys of an assignment, and of its questions' variants; one whose key is not clearly supported any more is not
 * dealt any more. It gives way to everything else: when something waits, it stops at the next batch and queues itself again;
 * readings made so far are kept. It also stops when an operator has cancelled the run.
 * @throws what was not expected, after storing that the run failed; the queue tries again.
 */
export async function checkKeys(
  runId: string,
  sources: FigureSources,
  signal: AbortSignal,
  turn: Turn,
): Promise<void> {
  const run = await beginKeyCheck(runId)
  if (!run) return
  const stop = interruptWhen(async () => (await isOvertaken(turn)) || (await isCheckEnded(runId)), signal)
  const benches = new Benches(sources, stop.signal)
  try {
    await checkRun(runId, run, benches, stop.signal)
    await endKeyCheck(runId, 'DONE')
    log.info({ runId }, 'keys checked')
  } catch (error) {
    if (stop.signal.aborted) {
      if (await isCheckEnded(runId)) return
      await endKeyCheck(runId, 'QUEUED')
      // When the worker stops, the queue gives the job to the next one; here the job itself has to come again.
      if (signal.aborted) throw error
      await comeAgain(turn)
      return
    }
    log.error({ runId, error }, 'checking keys failed')
    await endKeyCheck(runId, 'FAILED')
    if (!(error instanceof ExplainerError)) throw error
  } finally {
    stop.end()
    await benches.close()
  }
}

async function checkRun(runId: string, run: BegunRun, benches: Benches, signal: AbortSignal): Promise<void> {
  const [latest, variants] = await Promise.all([
    readKeysToCheck(run.assignmentId),
    readVariantKeys(run.assignmentId),
  ])
  const wanted = [...latest.map((key) => ({ ...key, variantId: null })), ...variants].flatMap(
    ({ answerKeyId, content, key, figureModel, variantId }) =>
      content.parts
        .filter(({ id }) => run.partIds.length === 0 || run.partIds.includes(id))
        .map(({ id }) => ({ answerKeyId, partId: id, key: key[id]!, figureModel, variantId })),
  )
  for (const [index, { answerKeyId, partId, key, figureModel, variantId }] of wanted.entries()) {
    await reportKeyCheck(runId, index, wanted.length)
    signal.throwIfAborted()
    const bench = await benches.of(figureModel)
    const seeds = run.seeds ?? (await readLatestVerdict(answerKeyId, partId))?.stability?.seeds ?? 1
    const verdict = await checkPart(
      key,
      (measurement) => readingFrom(readingsInDatabase, bench, measurement),
      seeds,
    )
    await storeVerdict({ answerKeyId }, partId, verdict)
    if (variantId !== null && refusalOf(verdict) !== null) await withdrawVariant(variantId)
  }
  await reportKeyCheck(runId, wanted.length, wanted.length)
}
