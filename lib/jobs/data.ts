import { lackingMigrations } from '@/lib/database/lacking-migrations'
import { databasePool } from '@/lib/database/pool'
import { studentDatabase } from '@/lib/database/student'
import { isDraining } from '@/lib/draining'
import { countWorkers } from '@/lib/jobs/sign-of-life'
import { log } from '@/lib/log'

export interface Health {
  /** `degraded`: answering works, figures are not computed. `down`: the database does not answer. */
  readonly status: 'ok' | 'degraded' | 'down'
  readonly database: boolean
  readonly worker: boolean
  readonly figures: { readonly waiting: number; readonly failed: number } | null
}

/** Milliseconds after which a database that has not answered counts as away: whoever asks wants to know now. */
const PATIENCE = 2_000

export async function readHealth(): Promise<Health> {
  try {
    const [worker, counts] = await inTime(
      Promise.all([
        countWorkers(databasePool(), 'figures').then((workers) => workers > 0),
        studentDatabase.figureRequest.groupBy({ by: ['status'], _count: true }),
      ]),
    )
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
  /** The database has everything that this version needs. */
  readonly migrated: boolean
}

export async function readReadiness(): Promise<Readiness> {
  const draining = isDraining()
  const lacking = await inTime(lackingMigrations()).catch((error: unknown) => {
    log.warn({ error }, 'not ready: the database does not answer')
    return null
  })
  if (lacking !== null && lacking.length > 0)
    log.warn({ lacking }, 'not ready: the database lacks migrations')
  const database = lacking !== null
  const migrated = lacking?.length === 0
  return { ready: migrated && !draining, draining, database, migrated }
}

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE} ms`)), PATIENCE)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
