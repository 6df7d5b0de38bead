import { staffDatabase } from '@/lib/database/staff'
import type { WorkerKind } from '@/lib/jobs/sign-of-life'

export interface WorkerEntry {
  /** graphile-worker's name of the pool that takes jobs. */
  readonly pool: string
  readonly kind: WorkerKind
  readonly host: string
  readonly processId: number
  readonly provider?: string
  /** Why this provider. */
  readonly reason?: string
}

/** Puts a worker on the list that operators read. Whether it lives is told by its lock, not by this. */
export async function registerWorker({ pool, ...entry }: WorkerEntry): Promise<void> {
  await staffDatabase.worker.upsert({ where: { pool }, create: { pool, ...entry }, update: entry })
}

export async function unregisterWorker(...pools: readonly string[]): Promise<void> {
  await staffDatabase.worker.deleteMany({ where: { pool: { in: [...pools] } } })
}
