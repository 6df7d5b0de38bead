import { makeWorkerUtils, type WorkerUtils } from 'graphile-worker'
import { databasePool } from '@/lib/database/pool'

/** The queue of background work, in PostgreSQL. Names of tasks, and who may ask for them to be done. */

export const drawFigureTask = 'draw-figure'
/** A figure too, drawn when nothing else waits. */
export const testMapsTask = 'test-maps'
/** A figure too, for an instructor who tries a specification out. */
export const drawPreviewTask = 'draw-preview'
/** Forgets previews that nobody has looked for in a long time. */
export const prunePreviewsTask = 'prune-previews'
export const requestFiguresTask = 'request-figures'
export const checkKeysTask = 'check-keys'
export const readModelTask = 'read-model'

/** What the workers of figures do. */
export const figureTasks = [
  drawFigureTask,
  testMapsTask,
  drawPreviewTask,
  prunePreviewsTask,
  requestFiguresTask,
  checkKeysTask,
  readModelTask,
] as const

/** An unexpected failure is tried again this often; an expected one (a damaged file) only at the next start. */
const attempts = 3

const figureKey = (id: string) => `figure:${id}`
const checkKey = (runId: string) => `check:${runId}`

/** @returns the figure request that a job with this key draws; undefined for any other, or one that was replaced. */
export function figureOfJob(key: string | null): string | undefined {
  return key?.match(/^(?:figure|preview):(.+)$/)?.[1]
}

/** @returns likewise, the uploaded model. */
export function modelOfJob(key: string | null): string | undefined {
  return key?.match(/^model:(.+)$/)?.[1]
}

/** @returns likewise, the run of key checks. */
export function keyCheckOfJob(key: string | null): string | undefined {
  return key?.match(/^check:(.+)$/)?.[1]
}

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
      jobKey: figureKey(id),
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
      jobKey: figureKey(id),
      priority,
      maxAttempts: attempts,
    })),
  )
}

/** Previews come after everything that a student may wait for, and before what nobody waits for. */
export const previewPriority = 7000

/** The key of the job that draws a preview: beside the question's own job, which it neither replaces nor is replaced by. */
export const previewJobKey = (requestId: string) => `preview:${requestId}`

/** Asks for a preview. Asking again changes nothing. */
export async function enqueuePreview(requestId: string): Promise<void> {
  const utils = await queue()
  await utils.addJob(
    drawPreviewTask,
    { requestId },
    { jobKey: previewJobKey(requestId), priority: previewPriority, maxAttempts: attempts },
  )
}

/** Asks for an uploaded model to be read and tried out, before the next figure: somebody looks at the page. */
export async function enqueueModelReading(name: string): Promise<void> {
  const utils = await queue()
  await utils.addJob(
    readModelTask,
    { name },
    { jobKey: `model:${name}`, priority: -2, maxAttempts: attempts },
  )
}

/** Above every figure's: figures, for which somebody waits, go first. */
const checkPriority = 10_000

/** Asks for a run of checks of answer keys. Asking again changes nothing. */
export async function enqueueKeyCheck(runId: string): Promise<void> {
  const utils = await queue()
  await utils.addJob(
    checkKeysTask,
    { runId },
    { jobKey: checkKey(runId), priority: checkPriority, maxAttempts: attempts },
  )
}

/** @returns the figure requests that a worker has taken. */
export async function readFiguresUnderWay(): Promise<ReadonlySet<string>> {
  await queue()
  const { rows } = await databasePool().query<{ key: string | null }>(
    `SELECT key FROM graphile_worker.jobs WHERE locked_at IS NOT NULL AND task_identifier = ANY($1::text[])`,
    [figureTasks],
  )
  return new Set(rows.flatMap(({ key }) => figureOfJob(key) ?? []))
}
