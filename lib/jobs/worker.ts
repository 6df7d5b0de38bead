import { randomBytes } from 'node:crypto'
import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import { z } from 'zod'
import { databasePool } from '@/lib/database/pool'
import { environment } from '@/lib/environment'
import { chooseProvider } from '@/lib/explainers/runtime/provider'
import { ensureFigures, requeueInterrupted } from '@/lib/figures/mutations'
import { bundledSources, type FigureSources } from '@/lib/figures/sources'
import { checkKeys } from '@/lib/jobs/check-keys'
import { ClassifierShelf } from '@/lib/jobs/classifier-shelf'
import { drawFigure } from '@/lib/jobs/draw-figure'
import { LanguageShelf } from '@/lib/jobs/language-shelf'
import { type Leadership, takeLeadership } from '@/lib/jobs/leadership'
import {
  checkKeysTask,
  drawFigureTask,
  releaseFigureJobs,
  requestFiguresTask,
  testMapsTask,
} from '@/lib/jobs/queue'
import { testMaps } from '@/lib/jobs/test-maps'
import { log } from '@/lib/log'

const drawFigurePayload = z.object({ requestId: z.string() })
const checkKeysPayload = z.object({ runId: z.string() })

/**
 * Works until the signal aborts: one figure at a time, in the order in which students meet them; maps are tested and
 * answer keys checked while no figure waits.
 * @throws Error when the lock is lost; the process should end and start again.
 */
export async function work(signal: AbortSignal, sources: FigureSources = bundledSources()): Promise<void> {
  const onWait = () => log.info('another worker is at work; this one stands by')
  const leadership = await takeLeadership(environment().DATABASE_URL, onWait, signal)
  if (!leadership) return
  const stop = new AbortController()
  signal.addEventListener('abort', () => stop.abort())
  if (signal.aborted) stop.abort()
  const shelf = new ClassifierShelf(sources)
  // Only one at a time: the pictures' model stays open beside it.
  const languageShelf = new LanguageShelf(async () => undefined, 1)
  try {
    await releaseFigureJobs()
    await requeueInterrupted()
    await ensureFigures(sources)
    const { provider, reason } = await chooseProvider()
    log.info({ provider, reason }, 'worker ready')
    const room = { sources, shelf, languageShelf, signal: stop.signal }
    const tasks: TaskList = {
      [drawFigureTask]: (payload) => drawFigure(drawFigurePayload.parse(payload).requestId, room),
      [testMapsTask]: (payload) => testMaps(drawFigurePayload.parse(payload).requestId, room),
      [requestFiguresTask]: () => ensureFigures(sources),
      [checkKeysTask]: (payload) => checkKeys(checkKeysPayload.parse(payload).runId, sources, stop.signal),
    }
    if (!stop.signal.aborted) await runUntil(tasks, leadership, stop)
  } finally {
    await shelf.close()
    await languageShelf.close()
    await leadership.release()
  }
}

async function runUntil(tasks: TaskList, leadership: Leadership, stop: AbortController): Promise<void> {
  const options = {
    pgPool: databasePool(),
    taskList: tasks,
    concurrency: 1,
    pollInterval: 2000,
    noHandleSignals: true,
    workerId: `vitrine-${randomBytes(6).toString('hex')}`,
    logger: queueLogger,
  }
  const runner: Runner = await run(options)
  const aborted = new Promise<void>((resolve) => {
    if (stop.signal.aborted) resolve()
    stop.signal.addEventListener('abort', () => resolve())
  })
  const reason = await Promise.race([aborted, leadership.lost, runner.promise])
  stop.abort()
  await runner.stop().catch((error: unknown) => log.debug({ error }, 'the runner had stopped'))
  if (reason instanceof Error) throw reason
}

/** What graphile-worker says goes to our log, one level down: its own "info" is about single jobs. */
const queueLogger = new Logger(() => (level, message, meta) => {
  const ours = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  log[ours[level]]({ queue: meta }, message)
})
