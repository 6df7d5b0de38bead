import { ExplainerError } from '@/lib/explainers/errors'
import type { FigureSources } from '@/lib/figures/sources'
import { Benches } from '@/lib/jobs/benches'
import { interruptWhen, isOvertaken } from '@/lib/jobs/give-way'
import { comeAgain, type Turn } from '@/lib/jobs/queue'
import { isTrialWanted } from '@/lib/key-trials/data'
import {
  type BegunTrial,
  beginTrial,
  endTrial,
  reportTrial,
  storeTrialVerdict,
} from '@/lib/key-trials/mutations'
import { log } from '@/lib/log'
import { readingsInDatabase } from '@/lib/verification/mutations'
import { checkPart, countReadings } from '@/lib/verification/part-verdict'
import { readingFrom } from '@/lib/verification/reading-store'

/**
 * Measures and judges keys that no version has yet. It stops at its next batch when it is withdrawn, and when
 * something more urgent waits; then it queues itself again. Readings made so far are kept.
 * @throws what was not expected, after storing that the trial failed; the queue tries again.
 */
export async function tryKeys(
  trialId: string,
  sources: FigureSources,
  signal: AbortSignal,
  turn: Turn,
): Promise<void> {
  const trial = await beginTrial(trialId)
  if (!trial) return
  const stop = interruptWhen(async () => (await isOvertaken(turn)) || !(await isTrialWanted(trialId)), signal)
  const benches = new Benches(sources, stop.signal)
  try {
    await judgeKeys(trialId, trial, benches, stop.signal)
    await endTrial(trialId, 'DONE')
    log.info({ trialId }, 'keys tried')
  } catch (error) {
    if (!(await isTrialWanted(trialId))) return log.info({ trialId }, 'trial of keys withdrawn')
    if (stop.signal.aborted) {
      await endTrial(trialId, 'QUEUED')
      // When the worker stops, the queue gives the job to the next one; here the job itself has to come again.
      if (signal.aborted) throw error
      await comeAgain(turn)
      return
    }
    log.error({ trialId, error }, 'trying keys failed')
    await endTrial(trialId, 'FAILED')
    if (!(error instanceof ExplainerError)) throw error
  } finally {
    stop.end()
    await benches.close()
  }
}

async function judgeKeys(
  trialId: string,
  { figureModel, keys, judged }: BegunTrial,
  benches: Benches,
  signal: AbortSignal,
): Promise<void> {
  let done = 0
  for (const [partId, { seeds, ...key }] of Object.entries(keys)) {
    signal.throwIfAborted()
    const before = done
    if (!judged.includes(partId)) {
      const verdict = await checkPart(
        key,
        async (measurement) => {
          // A model that cannot be opened here makes the part not computable, and says why.
          const reading = await readingFrom(readingsInDatabase, await benches.of(figureModel), measurement)
          done += 1
          await reportTrial(trialId, done)
          return reading
        },
        seeds,
      )
      await storeTrialVerdict(trialId, partId, verdict)
    }
    // One that could not be measured to its end counts as a whole too.
    done = before + countReadings(key, seeds)
    await reportTrial(trialId, done)
  }
}
