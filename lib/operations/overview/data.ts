import type { SiteAccess } from '@/lib/auth/gate'
import { environment } from '@/lib/environment'
import { explorationLine } from '@/lib/jobs/exploration-queue'
import { bands } from '@/lib/jobs/fair-shares'
import { readPlaceUses } from '@/lib/objects/data'
import { type LivingWorker, type QueuedJobs, readLivingWorkers, readQueue } from '@/lib/operations/data'
import { readDatabaseState, readPace, readStores } from '@/lib/operations/database/data'
import { readDisk } from '@/lib/operations/disk/service'
import { findings } from '@/lib/operations/findings'
import { readJobs } from '@/lib/operations/jobs/data'
import { shownSettings } from '@/lib/operations/shown-settings'
import type {
  BandView,
  Installation,
  JobLine,
  JobList,
  OperationsOverview,
  QueueView,
  WorkerView,
} from '@/lib/operations/view'
import { version } from '@/package.json'

/** @returns the whole installation as it is now, with what of it needs somebody. */
export async function readOverview(access: SiteAccess<'operations.read'>): Promise<OperationsOverview> {
  const [queued, living, running, pace, stores, objects, database, disk] = await Promise.all([
    readQueue(),
    readLivingWorkers(),
    readJobs(access, { state: 'running' }),
    readPace(),
    readStores(),
    readPlaceUses(),
    readDatabaseState(),
    readDisk(),
  ])
  const settings = environment()
  const installation: Installation = {
    at: new Date().toISOString(),
    version,
    queue: queueView(queued, running.counts, pace, living.filter(({ kind }) => kind === 'figures').length),
    workers: living.map((worker) => workerView(worker, running.lines)),
    stores,
    objects,
    database,
    disk,
    settings: shownSettings(settings),
  }
  return {
    ...installation,
    findings: findings(installation, settings.demo && settings.NODE_ENV === 'production'),
  }
}

function queueView(
  queued: readonly QueuedJobs[],
  counts: JobList['counts'],
  { drawnLastHour, secondsEach }: Awaited<ReturnType<typeof readPace>>,
  workers: number,
): QueueView {
  const ofFigures = queued.filter(({ task }) => !explorationLine.tasks.includes(task))
  const ofExplorations = queued.filter(({ task }) => explorationLine.tasks.includes(task))
  const figuresWaiting = ofFigures
    .filter(({ state, band }) => state === 'waiting' && (band === 'awaited' || band === 'prepared'))
    .reduce((sum, { jobs }) => sum + jobs, 0)
  return {
    bands: bands.map((band) => ({ band, ...countsOf(ofFigures.filter((jobs) => jobs.band === band)) })),
    explorations: countsOf(ofExplorations),
    setAside: counts['set-aside'],
    failed: counts.failed,
    drawnLastHour,
    secondsLeft:
      secondsEach === null || workers === 0 ? null : Math.ceil((figuresWaiting * secondsEach) / workers),
  }
}

function countsOf(queued: readonly QueuedJobs[]): Omit<BandView, 'band'> {
  const of = (wanted: QueuedJobs['state']) => queued.filter(({ state }) => state === wanted)
  const count = (some: readonly QueuedJobs[]) => some.reduce((sum, { jobs }) => sum + jobs, 0)
  const waiting = of('waiting')
  return {
    waiting: count(waiting),
    running: count(of('running')),
    retrying: count(of('retrying')),
    oldestSeconds:
      waiting.length === 0 ? null : Math.max(...waiting.map(({ oldestSeconds }) => oldestSeconds)),
  }
}

function workerView(worker: LivingWorker, running: readonly JobLine[]): WorkerView {
  const { providers, speed, startedAt, seenAt, ...rest } = worker
  return {
    ...rest,
    obstacles: (providers ?? []).flatMap(({ provider, obstacle }) =>
      obstacle === null ? [] : [{ provider, obstacle }],
    ),
    gigaflops: speed === null ? null : Math.round(speed / 1e9),
    startedAt: startedAt.toISOString(),
    seenAt: seenAt.toISOString(),
    jobs: running.filter((job) => job.worker === `${worker.host}:${worker.processId}`),
  }
}
