import { type Job, makeWorkerUtils, type WorkerUtils } from 'graphile-worker'
import { databasePool } from '@/lib/database/pool'
import { joinLine, type Line } from '@/lib/jobs/line'
import { withOrigin } from '@/lib/jobs/origin'

/** The queue of background work, in PostgreSQL. Names of tasks, and who may ask for them to be done. */

export const drawFigureTask = 'draw-figure'
/** A figure too, asked for by whoever wants to see it. */
export const testMapsTask = 'test-maps'
/** A figure too, for an instructor who tries a specification out. */
export const drawPreviewTask = 'draw-preview'
/** Forgets previews that nobody has looked for in a long time. */
export const prunePreviewsTask = 'prune-previews'
export const requestFiguresTask = 'request-figures'
/** Measures and judges keys that no version has yet. */
export const tryKeysTask = 'try-keys'
export const makeVariantTask = 'make-variant'
export const checkKeysTask = 'check-keys'
export const readModelTask = 'read-model'

/** What the workers of figures do. */
export const figureTasks = [
  drawFigureTask,
  testMapsTask,
  drawPreviewTask,
  prunePreviewsTask,
  requestFiguresTask,
  tryKeysTask,
  makeVariantTask,
  checkKeysTask,
  readModelTask,
] as const

/** What waits for the workers of figures. */
export const figureLine: Line = { name: 'jobs', tasks: figureTasks }

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

/** @returns likewise, the variant that is made. */
export function variantOfJob(key: string | null): string | undefined {
  return key?.match(/^variant:(.+)$/)?.[1]
}

/** @returns likewise, the run of key checks. */
export function keyCheckOfJob(key: string | null): string | undefined {
  return key?.match(/^check:(.+)$/)?.[1]
}

/** @returns likewise, the trial of keys. */
export function trialOfJob(key: string | null): string | undefined {
  return key?.match(/^trial:(.+)$/)?.[1]
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

/** What a job is made for, and for which course. */
export interface CourseWork {
  readonly id: string
  readonly courseId: string
}

/** Asks for figures of questions to be drawn, in this order. Asking again changes nothing. */
export async function enqueueFigures(requests: readonly CourseWork[]): Promise<void> {
  await queue()
  await joinLine(
    figureLine,
    requests.map(({ id, courseId }) => ({
      task: drawFigureTask,
      payload: { requestId: id },
      key: figureKey(id),
      courseId,
      band: 'prepared',
      attempts,
    })),
  )
}

/** Asks the worker to find out which figures are wanted, after questions have changed. */
export async function enqueueFigureRequests(): Promise<void> {
  const utils = await queue()
  await utils.addJob(requestFiguresTask, withOrigin({}), {
    jobKey: requestFiguresTask,
    priority: -1,
    maxAttempts: attempts,
  })
}

/** Asks for figures that test maps. Asking again changes nothing but that it may become more urgent. */
export async function enqueueTests(
  requests: readonly CourseWork[],
  band: 'tried-out' | 'left',
): Promise<void> {
  await queue()
  await joinLine(
    figureLine,
    requests.map(({ id, courseId }) => ({
      task: testMapsTask,
      payload: { requestId: id },
      key: figureKey(id),
      courseId,
      band,
      attempts,
    })),
  )
}

/** The key of the job that draws a preview: beside the question's own job, which it neither replaces nor is replaced by. */
export const previewJobKey = (requestId: string) => `preview:${requestId}`

/** Asks for a preview, for somebody who looks at it. Asking again changes nothing. */
export async function enqueuePreview({ id, courseId }: CourseWork): Promise<void> {
  await queue()
  const payload = { requestId: id }
  const key = previewJobKey(id)
  await joinLine(figureLine, [{ task: drawPreviewTask, payload, key, courseId, band: 'tried-out', attempts }])
}

/** Asks for figures that somebody tries out and does not look at yet, as those of a proposed swap of models. */
export async function enqueueUnseenPreviews(requests: readonly CourseWork[]): Promise<void> {
  await queue()
  await joinLine(
    figureLine,
    requests.map(({ id, courseId }) => ({
      task: drawPreviewTask,
      payload: { requestId: id },
      key: previewJobKey(id),
      courseId,
      band: 'left',
      attempts,
    })),
  )
}

export const trialJobKey = (trialId: string) => `trial:${trialId}`

/** Asks for a trial of keys. Asking again changes nothing. @param band `left`: nobody waits for it in front of a page */
export async function enqueueTrial({ id, courseId }: CourseWork, band: 'tried-out' | 'left'): Promise<void> {
  await queue()
  const payload = { trialId: id }
  await joinLine(figureLine, [{ task: tryKeysTask, payload, key: trialJobKey(id), courseId, band, attempts }])
}

/** Asks for an uploaded model to be read and tried out, before the next figure: somebody looks at the page. */
export async function enqueueModelReading(name: string): Promise<void> {
  const utils = await queue()
  await utils.addJob(readModelTask, withOrigin({ name }), {
    jobKey: `model:${name}`,
    priority: -2,
    maxAttempts: attempts,
  })
}

/** The key of the job that makes a variant. */
export const variantJobKey = (variantId: string) => `variant:${variantId}`

/** Asks for a variant to be made. Asking again changes nothing. */
export async function enqueueVariant({ id, courseId }: CourseWork): Promise<void> {
  await queue()
  const payload = { variantId: id }
  const key = variantJobKey(id)
  // Behind the figures that questions have and nobody waits for yet: it may take minutes.
  await joinLine(figureLine, [{ task: makeVariantTask, payload, key, courseId, band: 'left', attempts }])
}

/** Asks for a run of checks of answer keys. Asking again changes nothing. */
export async function enqueueKeyCheck({ id, courseId }: CourseWork): Promise<void> {
  await queue()
  const payload = { runId: id }
  await joinLine(figureLine, [
    { task: checkKeysTask, payload, key: checkKey(id), courseId, band: 'upkeep', attempts },
  ])
}

/** What work needs to know of its job: how urgent it was, and which attempt this is. */
export type Turn = Pick<
  Job,
  'task_identifier' | 'payload' | 'key' | 'priority' | 'attempts' | 'max_attempts' | 'flags'
>

/** For a job that gave way to more urgent ones: it comes again, at its old place in line and with all its attempts. */
export async function comeAgain(turn: Turn): Promise<void> {
  const utils = await queue()
  await utils.addJob(turn.task_identifier, turn.payload, {
    ...(turn.key !== null && { jobKey: turn.key }),
    priority: turn.priority,
    maxAttempts: turn.max_attempts,
    flags: Object.keys(turn.flags ?? {}),
  })
}

/** Whether the queue will not begin the job again when it fails now. */
export function isLastAttempt({ attempts, max_attempts }: Pick<Turn, 'attempts' | 'max_attempts'>): boolean {
  return attempts >= max_attempts
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
