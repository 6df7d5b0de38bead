import { databasePool } from '@/lib/database/pool'
import { studentDatabase } from '@/lib/database/student'
import { isDraining } from '@/lib/draining'
import { countWorkers } from '@/lib/jobs/sign-of-life'
import { log } from '@/lib/log'

export interface Health {
  /** `degraded`: answering works, figures are not computed. `down`: nothing works. */
  readonly status: 'ok' | 'degraded' | 'down'
  readonly database: boolean
  readonly worker: boolean
  readonly figures: { readonly waiting: number; readonly failed: number } | null
}

export async function readHealth(): Promise<Health> {
  try {
    const [worker, counts] = await Promise.all([
      countWorkers(databasePool(), 'figures').then((workers) => workers > 0),
      studentDatabase.figureRequest.groupBy({ by: ['status'], _count: true }),
    ])
    const count = (...statuses: string[]) =>
      counts.filter((row) => statuses.includes(row.status)).reduce((sum, row) => sum + row._count, 0)
    return {
      status: worker ? 'ok' : 'degraded',
      database: true,
      worker,
      figures: { waiting: count('QUEUED', 'COMPUTING'), failed: count('FAILED') },
    }
  } catch (error) {
    log.error({ error }, 'the database does not answer')
    return { status: 'down', database: false, worker: false, figures: null }
  }
}

/** Whether this process should be sent requests. */
export interface Readiness {
  readonly ready: boolean
  /** It finishes what it has begun, and ends. */
  readonly draining: boolean
  readonly database: boolean
}

export async function readReadiness(): Promise<Readiness> {
  const draining = isDraining()
  const database = await databasePool()
    .query('SELECT 1')
    .then(
      () => true,
      () => false,
    )
  return { ready: database && !draining, draining, database }
}
