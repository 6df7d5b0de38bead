import { EventEmitter } from 'node:events'
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { z } from 'zod'
import { databasePool } from '@/lib/database/pool'
import { environment } from '@/lib/environment'
import { readStateDict } from '@/lib/explainers/onnx/safetensors'
import { defaultModelName } from '@/lib/explorations/default-model'
import { forgetOtherWeights, listExploredModels, pruneExplorations } from '@/lib/explorations/mutations'
import { releaseDeadWorkers } from '@/lib/jobs/dead-workers'
import { buildIndexTask, exploreTask } from '@/lib/jobs/exploration-queue'
import { explore, type ReadingRoom } from '@/lib/jobs/explore'
import { LanguageShelf } from '@/lib/jobs/language-shelf'
import { queue } from '@/lib/jobs/queue'
import { Attendance } from '@/lib/jobs/quiet-model'
import { giveSignOfLife } from '@/lib/jobs/sign-of-life'
import { listLanguageModels } from '@/lib/language-folders'
import { log } from '@/lib/log'

const payloadSchema = z.object({ explorationId: z.string() })

/** One place for what somebody waits for, and one for the index that is being built. */
const concurrency = 2
const pruneEvery = 600_000
const releaseEvery = 10_000

/**
 * Computes explorations until the signal aborts. Any number of such workers may run; each takes what is next, and what
 * one that died had begun.
 * @throws Error when its sign of life is lost; the process should end and start again.
 */
export async function workOnExplorations(signal: AbortSignal): Promise<void> {
  const shelf = new LanguageShelf((model) => forgetOtherWeights(model.name, model.sha256))
  const room: ReadingRoom = { shelf, attendance: new Attendance(), signal }
  const work = (payload: unknown) => explore(payloadSchema.parse(payload).explorationId, room)
  const taskList: TaskList = { [exploreTask]: work, [buildIndexTask]: work }
  // Its tables have to be there before it listens.
  await queue()
  await forgetReplacedModels()
  await warmUp(shelf)
  const stopTimers = startTimers()
  const events: WorkerEvents = new EventEmitter()
  const named = new Promise<string>((resolve) =>
    events.on('pool:create', ({ workerPool }) => resolve(workerPool.id)),
  )
  const runner = await run({
    pgPool: databasePool(),
    events,
    taskList,
    concurrency,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: queueLogger,
  })
  const life = await giveSignOfLife(environment().DATABASE_URL, await named)
  log.info('exploration worker ready')
  try {
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve())
      if (signal.aborted) resolve()
    })
    const reason = await Promise.race([aborted, life.lost, runner.promise])
    if (reason instanceof Error) throw reason
  } finally {
    stopTimers()
    await runner.stop().catch((error: unknown) => log.debug({ error }, 'the runner had stopped'))
    await life.end()
    await shelf.close()
  }
}

/** What has to be done now and then. @returns how to stop it */
function startTimers(): () => void {
  const now = async (work: () => Promise<unknown>, failed: string) => {
    await work().catch((error: unknown) => log.warn({ error }, failed))
  }
  const prune = () => now(pruneExplorations, 'explorations could not be pruned')
  const release = () => now(releaseDeadWorkers, 'explorations of dead workers could not be taken back')
  void prune()
  void release()
  const timers = [setInterval(prune, pruneEvery), setInterval(release, releaseEvery)]
  return () => timers.forEach(clearInterval)
}

/** The first sentence should not have to wait for the model's weights. */
async function warmUp(shelf: LanguageShelf): Promise<void> {
  try {
    await shelf.withModel(defaultModelName, (model) => model.encode(model.tokenizer.tokenize('Ready.')))
  } catch (error) {
    log.warn({ error, model: defaultModelName }, 'the explorer’s model cannot be opened')
  }
}

/** Results of models whose files were replaced while no worker ran would otherwise be served for ever. */
async function forgetReplacedModels(): Promise<void> {
  const explored = await listExploredModels()
  if (explored.length === 0) return
  const installed = new Map((await listLanguageModels()).map(({ name, folder }) => [name, folder]))
  for (const name of explored) {
    const folder = installed.get(name)
    const sha256 = folder ? await readStateDict(folder).catch(() => null) : null
    await forgetOtherWeights(name, sha256?.sha256 ?? null)
  }
}

/** What graphile-worker says goes to our log, one level down: its own "info" is about single jobs. */
const queueLogger = new Logger(() => (level, message, meta) => {
  const ours = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  log[ours[level]]({ queue: meta }, message)
})
