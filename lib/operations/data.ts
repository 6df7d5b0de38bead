import { databasePool } from '@/lib/database/pool'
import type { ProviderState } from '@/lib/explainers/runtime/provider'
import { type Band, bandOf, bandWidth } from '@/lib/jobs/fair-shares'
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
  /** How urgent they are. */
  readonly band: Band
  readonly state: JobState
  readonly jobs: number
  /** Seconds since the oldest of them was first asked for. */
  readonly oldestSeconds: number
}

/** @returns the whole queue, by task, band and state; what goes first comes first. */
export async function readQueue(): Promise<readonly QueuedJobs[]> {
  await queue()
  const { rows } = await databasePool().query<Omit<QueuedJobs, 'band'> & { readonly first: number }>({
    name: 'operations-queue',
    text: `
      SELECT task, min(priority)::int AS first, state, count(*)::int AS jobs,
             greatest(0, extract(epoch FROM now() - min(created_at)))::float8 AS "oldestSeconds"
      FROM (
        SELECT task_identifier AS task, priority, created_at,
               CASE WHEN locked_at IS NOT NULL THEN 'running'
                    WHEN attempts >= max_attempts THEN 'given-up'
                    WHEN run_at > now() THEN 'retrying'
                    ELSE 'waiting' END AS state
        FROM graphile_worker.jobs
      ) job
      GROUP BY task, greatest(0, priority) / $1, state
      ORDER BY greatest(0, priority) / $1, task, state`,
    values: [bandWidth],
  })
  return rows.map(({ first, ...jobs }) => ({ ...jobs, band: bandOf(first) }))
}

/** A worker that lives: any number, on any number of machines. */
export interface LivingWorker {
  /** graphile-worker's name of it, by which its jobs are locked. */
  readonly pool: string
  readonly kind: WorkerKind
  readonly host: string
  readonly processId: number
  /** Execution provider of onnxruntime; null: it chooses for each model. */
  readonly provider: string | null
  /** Why this provider. */
  readonly reason: string | null
  /** What is in the way of each provider; null: it does not compute figures. */
  readonly providers: readonly ProviderState[] | null
  /** Floating-point operations a second in float32; null: not measured yet. */
  readonly speed: number | null
  /** Of Vitrine. */
  readonly version: string
  readonly startedAt: Date
  /** Its last sign of life on the list; its lock says whether it lives. */
  readonly seenAt: Date
}

/** @returns the workers that hold their sign of life now, the oldest first. */
export async function readLivingWorkers(): Promise<readonly LivingWorker[]> {
  const pool = databasePool()
  const { rows } = await pool.query<LivingWorker>({
    name: 'operations-workers',
    text: `
      SELECT pool, kind, host, "processId", provider, reason, providers, speed, version,
             "startedAt" AT TIME ZONE 'UTC' AS "startedAt", "seenAt"
      FROM "Worker" ORDER BY "startedAt", pool`,
  })
  const isAlive = new Map(
    await Promise.all(WORKER_KINDS.map(async (kind) => [kind, await readSignsOfLife(pool, kind)] as const)),
  )
  return rows.filter((worker) => isAlive.get(worker.kind)?.(worker.pool))
}
