import { EventEmitter } from 'node:events'
import { hostname } from 'node:os'
import { type Job, Logger, type RunnerOptions, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { databasePool } from '@/lib/database/pool'
import { measureSpeed } from '@/lib/explainers/runtime/measured-speed'
import { chooseProvider, isDemanded, ProviderFailure } from '@/lib/explainers/runtime/provider'
import { releaseDeadWorkers } from '@/lib/jobs/dead-workers'
import type { LockConnection } from '@/lib/jobs/lock-connection'
import {
  giveAttemptsBack,
  registerWorker,
  renewWorker,
  storeWorkerSpeed,
  unregisterWorker,
  type WorkerDevice,
} from '@/lib/jobs/mutations'
import { observed } from '@/lib/jobs/observed-tasks'
import { giveSignOfLife, type WorkerKind } from '@/lib/jobs/sign-of-life'
import { log } from '@/lib/log'
import { version } from '@/package.json'

/** Milliseconds between two rounds: taking back what dead workers had begun, a sign of life, chores. */
const roundEvery = 10_000

export interface TaskRun {
  readonly kind: WorkerKind
  readonly tasks: TaskList
  readonly concurrency: number
  /** Shows that this worker lives. */
  readonly connection: LockConnection
  /** What computes here and why, for operators; null: nothing of interest. */
  readonly device: WorkerDevice | null
  /** Done every ten seconds, beside taking back what dead workers had begun. */
  readonly chore?: () => Promise<void>
  readonly crontab?: RunnerOptions['crontab']
}

/**
 * Takes jobs until the signal aborts, and takes back what dead workers of the kind had begun. Any number of such
 * workers may run, on any number of machines.
 * @throws Error when the connection is lost: others may then take this worker's jobs, and the process should end and
 * start again.
 */
export async function runTasks(work: TaskRun, signal: AbortSignal): Promise<void> {
  const { kind, tasks, concurrency, connection, device, chore, crontab } = work
  const events: WorkerEvents = new EventEmitter()
  let busy = 0
  events.on('job:start', () => busy++)
  events.on('job:complete', () => busy--)
  const interrupted: Job[] = []
  events.on('job:error', ({ job, error }) => {
    if (signal.aborted) interrupted.push(job)
    // The device has failed, not the job, which goes on with the next device. Several workers may each find this out.
    else if (error instanceof ProviderFailure && !isDemanded(error.provider)) void giveBack(job)
  })
  const named = new Promise<string>((resolve) =>
    events.on('pool:create', ({ workerPool }) => resolve(workerPool.id)),
  )
  const runner = await run({
    pgPool: databasePool(),
    events,
    taskList: observed(tasks),
    concurrency,
    ...(crontab && { crontab }),
    pollInterval: 2000,
    noHandleSignals: true,
    logger: queueLogger(signal),
  })
  const pool = await named
  await giveSignOfLife(connection, kind, pool)
  await registerWorker({ pool, kind, host: hostname(), processId: process.pid, version }, device)
  log.info({ kind, provider: device?.provider, reason: device?.reason }, `worker of ${kind} ready`)
  let isMeasured = device === null
  const round = async () => {
    await releaseDeadWorkers(kind)
    await chore?.()
    await renewWorker(pool, device && (await chooseProvider()))
    if (isMeasured || busy > 0) return
    // Not before it has nothing to do: a measurement takes a second of all cores.
    isMeasured = true
    await storeWorkerSpeed(pool, await measureSpeed((await chooseProvider()).provider))
  }
  const timer = setInterval(() => {
    round().catch((error: unknown) => log.warn({ error }, 'the worker’s round could not be finished'))
  }, roundEvery)
  try {
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve())
      if (signal.aborted) resolve()
    })
    const reason = await Promise.race([aborted, connection.lost, runner.promise])
    if (reason instanceof Error) throw reason
  } finally {
    clearInterval(timer)
    await runner.stop().catch((error: unknown) => log.debug({ error }, 'the runner had stopped'))
    await giveBack(...interrupted)
    await unregisterWorker(pool).catch((error: unknown) => log.debug({ error }, 'not crossed off the list'))
  }
}

function giveBack(...jobs: readonly Job[]): Promise<void> {
  return giveAttemptsBack(jobs).catch((error: unknown) =>
    log.warn({ error }, 'what was interrupted has an attempt less'),
  )
}

/**
 * What graphile-worker says goes to our log, one level down: its own "info" is about single jobs, and so is what it calls
 * an error once the worker is stopping.
 */
const queueLogger = (stop: AbortSignal) =>
  new Logger(() => (level, message, meta) => {
    const ours = {
      error: stop.aborted ? 'debug' : 'error',
      warning: 'warn',
      info: 'debug',
      debug: 'trace',
    } as const
    log[ours[level]]({ queue: meta }, message)
  })
