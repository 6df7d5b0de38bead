import { databasePool } from '@/lib/database/pool'
import { failExploration, postponeExploration } from '@/lib/explorations/mutations'
import { buildIndexTask, explorationOfJob, exploreTask } from '@/lib/jobs/exploration-queue'
import { queue } from '@/lib/jobs/queue'
import { readSignsOfLife } from '@/lib/jobs/sign-of-life'

/** A pool is named a moment before it can give its sign of life: its first job must not look abandoned. */
const graceSeconds = 5

interface LockedJob {
  readonly locked_by: string
  readonly key: string | null
  /** It has been begun as often as it may: maybe it is what its workers died of. */
  readonly exhausted: boolean
}

/**
 * Takes back the explorations that exploration workers had begun when they died, so that somebody else goes on at once
 * instead of after the four hours that graphile-worker gives a lock.
 * @returns how many
 */
export async function releaseDeadWorkers(): Promise<number> {
  const utils = await queue()
  const isAlive = await readSignsOfLife(databasePool())
  const { rows } = await databasePool().query<LockedJob>(
    `SELECT locked_by, key, attempts >= max_attempts AS exhausted FROM graphile_worker.jobs
     WHERE locked_at < now() - make_interval(secs => $2) AND task_identifier = ANY($1::text[])`,
    [[exploreTask, buildIndexTask], graceSeconds],
  )
  const abandoned = rows.filter((job) => !isAlive(job.locked_by))
  if (abandoned.length === 0) return 0
  // Before the jobs: one that is free may be taken at once, and then has to find that nobody computes it.
  for (const { key, exhausted } of abandoned) {
    const id = explorationOfJob(key)
    if (!id) continue
    if (exhausted) await failExploration(id, { code: 'internal', subject: '' })
    else await postponeExploration(id)
  }
  await utils.forceUnlockWorkers([...new Set(abandoned.map((job) => job.locked_by))])
  return abandoned.length
}
