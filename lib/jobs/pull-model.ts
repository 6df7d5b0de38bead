import { createReadStream } from 'node:fs'
import path from 'node:path'
import { hubAddress } from '@/lib/environment'
import { ExplainerError } from '@/lib/explainers/errors'
import { interruptWhen } from '@/lib/jobs/give-way'
import { ProgressWriter } from '@/lib/jobs/progress-writer'
import { enqueueModelReading } from '@/lib/jobs/queue'
import { log } from '@/lib/log'
import { FetchError, isDiskFull, noRoom } from '@/lib/models/fetch-failure'
import { findPull, isPullWanted } from '@/lib/models/hub/data'
import { openPullFolder, removePullFolder } from '@/lib/models/hub/incoming'
import { failPull, noteListing, reportPull, storePulledFiles } from '@/lib/models/hub/mutations'
import type { Pull } from '@/lib/models/hub/schema'
import { fetchCheckpoint, type HubCheckpoint, type HubFile, listCheckpoint } from '@/lib/models/hub/service'
import { modelLimits } from '@/lib/models/limits'
import { modelProblemOf } from '@/lib/models/model-problem'
import { isStored, putFile, putObject, removeObjects } from '@/lib/objects/service'

export interface PullRoom {
  /** When it aborts, the pull is put back into the queue; what has arrived stays for whoever goes on. */
  readonly signal: AbortSignal
  /** See `DownloadOptions`. */
  readonly patience?: number
}

/**
 * Fetches a model from the Hub that somebody asked for; then it is read as an uploaded one is. What is in the way is stored
 * with it, and nothing of its files is kept. It stops when it is no longer wanted.
 * @param isLast whether the queue will not try again
 * @throws what was not expected, after storing that it failed where it was the last try
 */
export async function pullModelOfHub(name: string, room: PullRoom, isLast = false): Promise<void> {
  const waiting = await findPull(name)
  if (!waiting) return
  if (waiting.isFetched) return enqueueModelReading(name)
  const { pull } = waiting
  const stop = interruptWhen(async () => !(await isPullWanted(name, pull)), room.signal)
  try {
    const isWanted = await fetchModel(name, pull, { ...room, signal: stop.signal })
    await removePullFolder(pull)
    if (!isWanted) return log.info({ model: name }, 'a pull was cancelled')
    await enqueueModelReading(name)
    log.info({ model: name, repository: pull.repository }, 'model fetched')
  } catch (error) {
    if (room.signal.aborted) throw error
    const failure = !(error instanceof FetchError) && isDiskFull(error) ? noRoom(name, error) : error
    const isExpected = failure instanceof ExplainerError
    if (isExpected || isLast || stop.signal.aborted) await removePullFolder(pull)
    if (stop.signal.aborted) return log.info({ model: name }, 'a pull was cancelled')
    log.warn({ model: name, error: failure }, 'model could not be fetched')
    if (isExpected || isLast) await failPull(name, pull, modelProblemOf(failure))
    if (!isExpected) throw error
  } finally {
    stop.end()
  }
}

/** @returns false when it is no longer wanted: nothing of it is kept then. */
async function fetchModel(name: string, pull: Pull, { signal, patience }: PullRoom): Promise<boolean> {
  const hub = hubAddress()
  if (hub === null) throw new FetchError('away', pull.repository, 'VITRINE_HUB is off')
  // Gone on with, it is still of the same commit: parts of two versions never mix.
  const checkpoint = await listCheckpoint(hub, pull.repository, pull.commit ?? pull.revision, signal)
  await noteListing(name, { ...pull, commit: checkpoint.commit }, checkBytes(checkpoint))
  const folder = await openPullFolder(pull, name)
  const progress = new ProgressWriter<number>(
    (bytes) => reportPull(name, pull, bytes),
    (error) => log.warn({ model: name, error }, 'progress of a pull could not be written'),
  )
  const arrived = new Map<HubFile, number>()
  const kept = new Map<HubFile, string>()
  try {
    await fetchCheckpoint(hub, checkpoint, folder, {
      signal,
      patience,
      progress(file, bytes) {
        arrived.set(file, bytes)
        progress.report([...arrived.values()].reduce((sum, each) => sum + each, 0))
      },
      async isKept(file) {
        const { sha256, size } = file
        if (sha256 === undefined || !(await isStored({ sha256, size }))) return false
        kept.set(file, sha256)
        return true
      },
    })
  } finally {
    await progress.settle()
  }
  return storeModel(name, pull, checkpoint, async (file) => kept.get(file) ?? storeFile(file, folder))
}

/** @returns bytes of all files. @throws FetchError 'too-large' */
function checkBytes({ repository, files }: HubCheckpoint): number {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (bytes <= modelLimits.unpacked) return bytes
  const message = `${repository} holds ${bytes} bytes; at most ${modelLimits.unpacked} are fetched`
  throw new FetchError('too-large', repository, message)
}

/** Gives the model its files. @param store makes an object of one, and says its name */
async function storeModel(
  name: string,
  pull: Pull,
  { repository, commit, licence, files }: HubCheckpoint,
  store: (file: HubFile) => Promise<string>,
): Promise<boolean> {
  const stored: { name: string; sha256: string }[] = []
  let isReferredTo = false
  try {
    for (const file of files) stored.push({ name: file.name, sha256: await store(file) })
    const source = `${hubAddress()}/${repository}/tree/${commit}`
    const about = { licence: (licence ?? '').slice(0, 200), source: source.slice(0, 500) }
    isReferredTo = await storePulledFiles(name, pull, about, stored)
  } finally {
    if (!isReferredTo) await removeObjects(stored.map(({ sha256 }) => sha256))
  }
  return isReferredTo
}

/** @returns the object's name; what the weights are named was compared when they arrived. */
async function storeFile({ name, sha256, size }: HubFile, folder: string): Promise<string> {
  const file = path.join(folder, name)
  const object =
    sha256 === undefined
      ? await putObject(createReadStream(file), { limit: size })
      : await putFile({ path: file, sha256, size })
  return object.sha256
}
