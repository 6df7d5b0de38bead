import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { failExploration, postponeExploration } from '@/lib/explorations/mutations'
import { failFigure, postponeFigure } from '@/lib/figures/mutations'
import {
  explorationLine,
  explorationOfJob,
  pictureOfJob,
  pulledModelOfJob,
} from '@/lib/jobs/exploration-queue'
import { unregisterWorker } from '@/lib/jobs/mutations'
import {
  figureOfJob,
  figureTasks,
  keyCheckOfJob,
  modelOfJob,
  queue,
  trialOfJob,
  variantOfJob,
} from '@/lib/jobs/queue'
import { readSignsOfLife, type WorkerKind } from '@/lib/jobs/sign-of-life'
import { endTrial } from '@/lib/key-trials/mutations'
import { giveUpPull } from '@/lib/models/hub/mutations'
import { refuseModel } from '@/lib/models/mutations'
import { failLook } from '@/lib/pictures/mutations'
import { endVariant } from '@/lib/variants/measuring/mutations'
import { endKeyCheck } from '@/lib/verification/mutations'

/** A pool is named a moment before it can give its sign of life: its first job must not look abandoned. */
const graceSeconds = 5

interface LockedJob {
  readonly locked_by: string
  readonly key: string | null
  /** It has been begun as often as it may: maybe it is what its workers died of. */
  readonly exhausted: boolean
}

/** What the jobs of a kind of worker say elsewhere about being under way, put right. */
const settle: Readonly<Record<WorkerKind, (job: LockedJob) => Promise<void>>> = {
  async explorations({ key, exhausted }) {
    const [id, picture] = [explorationOfJob(key), pictureOfJob(key)]
    if (id && exhausted) await failExploration(id, { code: 'internal', subject: '' })
    else if (id) await postponeExploration(id)
    if (picture && exhausted) await failLook(picture)
    const model = pulledModelOfJob(key)
    if (model && exhausted) await giveUpPull(model)
  },
  async figures({ key, exhausted }) {
    const [figure, check] = [figureOfJob(key), keyCheckOfJob(key)]
    const [model, trial] = [modelOfJob(key), trialOfJob(key)]
    if (figure && exhausted) await failFigure(figure, { code: 'internal', subject: '' })
    else if (figure) await postponeFigure(figure)
    if (check) await endKeyCheck(check, exhausted ? 'FAILED' : 'QUEUED')
    if (trial) await endTrial(trial, exhausted ? 'FAILED' : 'QUEUED')
    const variant = variantOfJob(key)
    if (variant) await endVariant(variant, exhausted ? 'FAILED' : 'QUEUED')
    if (model && exhausted) await refuseModel(model, { code: 'internal', message: '' })
  },
}

const tasksOf: Readonly<Record<WorkerKind, readonly string[]>> = {
  explorations: explorationLine.tasks,
  figures: figureTasks,
}

/**
 * Takes back what workers of a kind had begun when they died, so that somebody else goes on at once instead of after
 * the four hours that graphile-worker gives a lock.
 * @returns how many jobs
 */
export async function releaseDeadWorkers(kind: WorkerKind): Promise<number> {
  const utils = await queue()
  const isAlive = await readSignsOfLife(databasePool(), kind)
  const { rows } = await databasePool().query<LockedJob>(
    `SELECT locked_by, key, attempts >= max_attempts AS exhausted FROM graphile_worker.jobs
     WHERE locked_at < now() - make_interval(secs => $2) AND task_identifier = ANY($1::text[])`,
    [tasksOf[kind], graceSeconds],
  )
  const abandoned = rows.filter((job) => !isAlive(job.locked_by))
  // Before the jobs: one that is free may be taken at once, and then has to find that nobody computes it.
  for (const job of abandoned) await settle[kind](job)
  if (abandoned.length > 0)
    await utils.forceUnlockWorkers([...new Set(abandoned.map((job) => job.locked_by))])
  await crossOffDead(kind, isAlive)
  return abandoned.length
}

async function crossOffDead(kind: WorkerKind, isAlive: (pool: string) => boolean): Promise<void> {
  const listed = await staffDatabase.worker.findMany({ where: { kind }, select: { pool: true } })
  await unregisterWorker(...listed.map(({ pool }) => pool).filter((pool) => !isAlive(pool)))
}
