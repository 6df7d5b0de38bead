import type { Task, TaskList } from 'graphile-worker'
import { z } from 'zod'
import { environment } from '@/lib/environment'
import { readStateDict } from '@/lib/explainers/onnx/safetensors'
import { defaultModelName } from '@/lib/explorations/default-model'
import { forgetOtherWeights, listExploredModels, pruneExplorations } from '@/lib/explorations/mutations'
import { installedSources } from '@/lib/figures/installed-sources'
import { ClassifierShelf } from '@/lib/jobs/classifier-shelf'
import { releaseDeadWorkers } from '@/lib/jobs/dead-workers'
import { buildIndexTask, exploreTask, lookTask, pullModelTask } from '@/lib/jobs/exploration-queue'
import { explore, type ReadingRoom } from '@/lib/jobs/explore'
import { LanguageShelf } from '@/lib/jobs/language-shelf'
import { openLockConnection } from '@/lib/jobs/lock-connection'
import { lookAtPicture } from '@/lib/jobs/look-at-picture'
import { fallingBack } from '@/lib/jobs/provider-fallback'
import { pullModelOfHub } from '@/lib/jobs/pull-model'
import { isLastAttempt, queue } from '@/lib/jobs/queue'
import { Attendance } from '@/lib/jobs/quiet-model'
import { runTasks } from '@/lib/jobs/task-runner'
import { listLanguageModels } from '@/lib/language-folders'
import { log } from '@/lib/log'
import { removeAbandonedPulls } from '@/lib/models/hub/incoming'
import { ensurePulls } from '@/lib/models/hub/mutations'

const payloadSchema = z.object({ explorationId: z.string() })
const lookPayloadSchema = z.object({ pictureId: z.string() })
const pullPayloadSchema = z.object({ name: z.string() })

/** One place for what somebody waits for, one for the index that is being built, one for what the Hub sends. */
const concurrency = 3
const pruneEvery = 600_000

/**
 * Computes explorations until the signal aborts. Any number of such workers may run; each takes what is next, and what
 * one that died had begun.
 * @throws Error when its sign of life is lost; the process should end and start again.
 */
export async function workOnExplorations(signal: AbortSignal): Promise<void> {
  const lost = new AbortController()
  const stop = AbortSignal.any([signal, lost.signal])
  const shelf = new LanguageShelf((model) => forgetOtherWeights(model.name, model.sha256))
  const room: ReadingRoom = { shelf, attendance: new Attendance(), signal: stop }
  const work: Task = (payload, { job }) => explore(payloadSchema.parse(payload).explorationId, room, job)
  const classifierShelf = new ClassifierShelf(installedSources())
  const look = (payload: unknown) =>
    lookAtPicture(lookPayloadSchema.parse(payload).pictureId, classifierShelf)
  const tasks: TaskList = {
    [exploreTask]: work,
    [buildIndexTask]: work,
    ...fallingBack({ [lookTask]: look }, () => classifierShelf.close()),
    [pullModelTask]: (payload, { job }) =>
      pullModelOfHub(pullPayloadSchema.parse(payload).name, { signal: stop }, isLastAttempt(job)),
  }
  // Its tables have to be there before it listens.
  await queue()
  await forgetReplacedModels()
  await warmUp(shelf)
  const connection = await openLockConnection(environment().DATABASE_URL, 'vitrine exploration worker')
  // What is under way stops at its next batch: others may take it now, and this process has to begin anew.
  connection.lost.then(() => lost.abort())
  const stopPruning = pruneNowAndThen()
  try {
    await releaseDeadWorkers('explorations')
    await ensurePulls()
    const work = { kind: 'explorations', tasks, concurrency, connection, device: null } as const
    await runTasks(work, stop)
    if (!signal.aborted) throw await connection.lost
  } finally {
    stopPruning()
    await connection.close()
    await shelf.close()
    await classifierShelf.close()
  }
}

/** @returns how to stop it */
function pruneNowAndThen(): () => void {
  const prune = () =>
    Promise.all([pruneExplorations(), removeAbandonedPulls()]).catch((error: unknown) =>
      log.warn({ error }, 'explorations and pulls could not be pruned'),
    )
  void prune()
  const timer = setInterval(prune, pruneEvery)
  return () => clearInterval(timer)
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
