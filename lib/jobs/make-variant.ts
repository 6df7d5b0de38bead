import { ExplainerError } from '@/lib/explainers/errors'
import type { FigureSources } from '@/lib/figures/sources'
import { Benches } from '@/lib/jobs/benches'
import { interruptWhen, isOvertaken } from '@/lib/jobs/give-way'
import { comeAgain, type Turn } from '@/lib/jobs/queue'
import { log } from '@/lib/log'
import { isVariantWanted } from '@/lib/variants/data'
import { countReadings, recomputeKey, substituteKey } from '@/lib/variants/making'
import {
  type BegunVariant,
  beginVariant,
  endVariant,
  reportVariant,
  storeVariant,
  textsForVariant,
} from '@/lib/variants/measuring/mutations'
import { variantSeeds } from '@/lib/variants/recomputed-key'
import { lookUpPictures } from '@/lib/variants/service'
import { readingsInDatabase } from '@/lib/verification/mutations'
import type { MakeReading } from '@/lib/verification/part-verdict'
import { readingFrom } from '@/lib/verification/reading-store'

/**
 * Makes a variant: measures the claims of its question on the other pictures, and keeps it where the key that they make is
 * clearly supported. It stops at its next batch when it was cancelled, and when something more urgent waits; then it queues
 * itself again. Readings made so far are kept.
 * @throws what was not expected, after storing that it failed; the queue tries again.
 */
export async function makeVariant(
  variantId: string,
  sources: FigureSources,
  signal: AbortSignal,
  turn: Turn,
): Promise<void> {
  const begun = await beginVariant(variantId)
  if (!begun) return
  const stop = interruptWhen(
    async () => (await isOvertaken(turn)) || !(await isVariantWanted(variantId)),
    signal,
  )
  const benches = new Benches(sources, stop.signal)
  try {
    await measureVariant(variantId, begun, sources, benches, stop.signal)
  } catch (error) {
    if (!(await isVariantWanted(variantId))) return log.info({ variantId }, 'making a variant cancelled')
    if (stop.signal.aborted) {
      await endVariant(variantId, 'QUEUED')
      // When the worker stops, the queue gives the job to the next one; here the job itself has to come again.
      if (signal.aborted) throw error
      await comeAgain(turn)
      return
    }
    log.error({ variantId, error }, 'making a variant failed')
    await endVariant(variantId, 'FAILED')
    if (!(error instanceof ExplainerError)) throw error
  } finally {
    stop.end()
    await benches.close()
  }
}

async function measureVariant(
  variantId: string,
  begun: BegunVariant,
  sources: FigureSources,
  benches: Benches,
  signal: AbortSignal,
): Promise<void> {
  const { base, pictures, substitution } = begun
  const named = [...pictures.map(({ picture }) => picture), ...substitution.map(({ to }) => to)]
  const known = await lookUpPictures(sources.pictures, named)
  const key = substituteKey(base.key, substitution, known)
  const bench = await benches.of(base.figureSpec?.model ?? null)
  const total = countReadings(key, variantSeeds)
  const made = new Set<string>()
  const makeReading: MakeReading = async (measurement) => {
    signal.throwIfAborted()
    const reading = await readingFrom(readingsInDatabase, bench, measurement)
    made.add(JSON.stringify(measurement))
    await reportVariant(variantId, made.size, total)
    return reading
  }
  const found = await recomputeKey(base.content, key, makeReading, variantSeeds)
  signal.throwIfAborted()
  await storeVariant(variantId, { ...begun, texts: textsForVariant(begun, known), known }, key, found)
  log.info({ variantId, refusals: found.map(({ refusal }) => refusal) }, 'variant made')
}
