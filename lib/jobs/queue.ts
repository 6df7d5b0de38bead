import { makeWorkerUtils, type WorkerUtils } from 'graphile-worker'
import { databasePool } from '@/lib/database/pool'

/** The queue of background work, in PostgreSQL. Names of tasks, and who may ask for them to be done. */

export const drawFigureTask = 'draw-figure'
/** A figure too, drawn when nothing else waits. */
export const testMapsTask = 'test-maps'
export const requestFiguresTask = 'request-figures'
export const checkKeysTask = 'check-keys'

/** An unexpected failure is tried again this often; an expected one (a damaged file) only at the next start. */
const attempts = 3

const shared = globalThis as typeof globalThis & { vitrineQueue?: Promise<WorkerUtils> }

/** Opens the queue, and makes its tables when they are missing. */
export function queue(): Promise<WorkerUtils> {
  if (!shared.vitrineQueue) {
    shared.vitrineQueue = makeWorkerUtils({ pgPool: databasePool() }).then(async (utils) => {
      await utils.migrate()
      return utils
    })
    shared.vitrineQueue.catch(() => {
      shared.vitrineQueue = undefined
    })
  }
  return shared.vitrineQueue
}

/** Asks for figures to be drawn, those of smaller priority first. Asking again changes nothing but the order. */
export async function enqueueFigures(
  requests: readonly { readonly id: string; readonly priority: number }[],
): Promise<void> {
  if (requests.length === 0) return
  const utils = await queue()
  await utils.addJobs(
    requests.map(({ id, priority }) => ({
      identifier: drawFigureTask,
      payload: { requestId: id },
      jobKey: `figure:${id}`,
      priority,
      maxAttempts: attempts,
    })),
  )
}

/** Asks the worker to find out which figures are wanted, after questions have changed. */
export async function enqueueFigureRequests(): Promise<void> {
  const utils = await queue()
  await utils.addJob(
    requestFiguresTask,
    {},
    { jobKey: requestFiguresTask, priority: -1, maxAttempts: attempts },
  )
}

/** Priorities of tests begin here: after every figure, before what nobody waits for. */
export const testPriority = 5000

/** Asks for figures that test maps. Asking again changes nothing but the order. */
export async function enqueueTests(
  requests: readonly { readonly id: string; readonly priority: number }[],
): Promise<void> {
  if (requests.length === 0) return
  const utils = await queue()
  await utils.addJobs(
    requests.map(({ id, priority }) => ({
      identifier: testMapsTask,
      payload: { requestId: id },
      jobKey: `figure:${id}`,
      priority,
      maxAttempts: attempts,
    })),
  )
}

/** Above every figure's: figures, for which students wait, go first. */
const checkPriority = 10_000

/** Asks for a run of checks of answer keys. Asking again changes nothing. */
export async function enqueueKeyCheck(runId: string): Promise<void> {
  const utils = await queue()
  await utils.addJob(
    checkKeysTask,
    { runId },
    { jobKey: `check:${runId}`, priority: checkPriority, maxAttempts: attempts },
  )
}

/**
 * Takes back the jobs of workers that no longer live. Call it only when no other such worker can be at
 * work; jobs of other kinds have workers of their own and are left to them.
 */
export async function releaseFigureJobs(): Promise<void> {
  const utils = await queue()
  const { rows } = await databasePool().query<{ locked_by: string }>(
    `SELECT DISTINCT locked_by FROM graphile_worker.jobs
     WHERE locked_by IS NOT NULL AND task_identifier = ANY($1::text[])`,
    [[drawFigureTask, testMapsTask, requestFiguresTask, checkKeysTask]],
  )
  if (rows.length > 0) await utils.forceUnlockWorkers(rows.map((row) => row.locked_by))
}
