import { databasePool } from '@/lib/database/pool'
import { queue } from '@/lib/jobs/queue'
import { readSignsOfLife, WORKER_KINDS, type WorkerKind } from '@/lib/jobs/sign-of-life'

/** What operators watch of the whole installation, by page, metrics and commands alike. No answers, names or keys. */

/**
 * `waiting`: due, and no worker has it. `retrying`: it has failed, and is tried again later. `running`: a worker has it.
 * `given-up`: it was begun as often as it may, and waits for somebody to look at it.
 */
export const JOB_STATES = ['waiting', 'retrying', 'running', 'given-up'] as const
export type JobState = (typeof JOB_STATES)[number]

/** Jobs of the queue that are alike. */
export interface QueuedJobs {
  /** As in lib/jobs/queue.ts and exploration-queue.ts. */
  readonly task: string
  /** Smaller goes first. */
  readonly priority: number
  readonly state: JobState
  readonly jobs: number
  /** Seconds since the oldest of them was first asked for. */
  readonly oldestSeconds: number
}

/** @returns the whole queue, by task, priority and state; what goes first comes first. */
export async function readQueue(): Promise<readonly QueuedJobs[]> {
  await queue()
  const { rows } = await databasePool().query<QueuedJobs>({
    name: 'operations-queue',
    text: `
      SELECT task, priority, state, count(*)::int AS jobs,
             greatest(0, extract(epoch FROM now() - min(created_at)))::float8 AS "oldestSeconds"
      FROM (
        SELECT task_identifier AS task, priority, created_at,
               CASE WHEN locked_at IS NOT NULL THEN 'running'
                    WHEN attempts >= max_attempts THEN 'given-up'
                    WHEN run_at > now() THEN 'retrying'
                    ELSE 'waiting' END AS state
        FROM graphile_worker.jobs
      ) job
      GROUP BY task, priority, state
      ORDER BY priority, task, state`,
  })
  return rows
}

/** A worker that lives: any number, on any number of machines. */
export interface LivingWorker {
  readonly kind: WorkerKind
  readonly host: string
  readonly processId: number
  /** Execution provider of onnxruntime; null: it chooses for each model. */
  readonly provider: string | null
  /** Why this provider. */
  readonly reason: string | null
  readonly startedAt: Date
}

/** @returns the workers that hold their sign of life now, the oldest first. */
export async function readLivingWorkers(): Promise<readonly LivingWorker[]> {
  const pool = databasePool()
  const { rows } = await pool.query<LivingWorker & { readonly pool: string }>({
    name: 'operations-workers',
    text: `
      SELECT pool, kind, host, "processId", provider, reason, "startedAt" AT TIME ZONE 'UTC' AS "startedAt"
      FROM "Worker" ORDER BY "startedAt", pool`,
  })
  const isAlive = new Map(
    await Promise.all(WORKER_KINDS.map(async (kind) => [kind, await readSignsOfLife(pool, kind)] as const)),
  )
  return rows.flatMap(({ pool: name, ...worker }) => (isAlive.get(worker.kind)?.(name) ? [worker] : []))
}
