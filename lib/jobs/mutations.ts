import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from 'graphile-worker'
import { Prisma } from '@/lib/database/generated/client'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import type { ProviderState } from '@/lib/explainers/runtime/provider'
import type { WorkerKind } from '@/lib/jobs/sign-of-life'

export interface WorkerEntry {
  /** graphile-worker's name of the pool that takes jobs. */
  readonly pool: string
  readonly kind: WorkerKind
  readonly host: string
  readonly processId: number
  /** Of Vitrine. */
  readonly version: string
}

/** What a worker computes with. */
export interface WorkerDevice {
  readonly provider: string
  /** Why this provider. */
  readonly reason: string
  /** Of each provider, what is in its way. */
  readonly providers: readonly ProviderState[]
}

/** Puts a worker on the list that operators read. Whether it lives is told by its lock, not by this. */
export async function registerWorker(
  { pool, ...entry }: WorkerEntry,
  device: WorkerDevice | null,
): Promise<void> {
  const row = {
    ...entry,
    provider: device?.provider ?? null,
    reason: device?.reason ?? null,
    providers: device ? device.providers.map((state) => ({ ...state })) : Prisma.DbNull,
    seenAt: new Date(),
  }
  await staffDatabase.worker.upsert({ where: { pool }, create: { pool, ...row }, update: row })
}

/** A worker's sign of life on the list, with what it computes with now: a device may have failed meanwhile. */
export async function renewWorker(
  pool: string,
  device: Pick<WorkerDevice, 'provider' | 'reason'> | null,
): Promise<void> {
  await staffDatabase.worker.updateMany({ where: { pool }, data: { ...device, seenAt: new Date() } })
}

/** @param speed floating-point operations a second */
export async function storeWorkerSpeed(pool: string, speed: number): Promise<void> {
  await staffDatabase.worker.updateMany({ where: { pool }, data: { speed } })
}

export async function unregisterWorker(...pools: readonly string[]): Promise<void> {
  await staffDatabase.worker.deleteMany({ where: { pool: { in: [...pools] } } })
}

/**
 * Makes jobs due at once, with the attempt that they had begun: a worker that was told to stop interrupted them, or its
 * device failed, so that they have not failed themselves, however often that happens.
 */
export async function giveAttemptsBack(jobs: readonly Pick<Job, 'id' | 'attempts'>[]): Promise<void> {
  for (const { id, attempts } of jobs) {
    // The queue writes in its own time that the job is free again; a second is long for that.
    for (const deadline = Date.now() + 1000; Date.now() < deadline; await sleep(20)) {
      const { rowCount } = await databasePool().query(
        'SELECT graphile_worker.reschedule_jobs(ARRAY[$1::bigint], run_at => now(), attempts => $2::int)',
        [id, attempts - 1],
      )
      if (rowCount) break
    }
  }
}
