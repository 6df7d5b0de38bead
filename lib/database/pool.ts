import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { watchPool } from '@/lib/database/watched-pool'
import { watchStatements } from '@/lib/database/watched-statements'
import { environment, slowStatementMs } from '@/lib/environment'

// Next replaces modules while developing; the pool has to outlive them or connections pile up.
const shared = globalThis as typeof globalThis & { vitrinePool?: pg.Pool }

/**
 * The process's one pool of PostgreSQL connections, opened at first use.
 *
 * @throws EnvironmentError when DATABASE_URL or another setting is missing or wrong
 */
export function databasePool(): pg.Pool {
  if (!shared.vitrinePool) {
    const { DATABASE_URL, VITRINE_DATABASE_CONNECTIONS } = environment()
    const pool = new pg.Pool({ connectionString: DATABASE_URL, max: VITRINE_DATABASE_CONNECTIONS })
    // A server that restarts closes idle connections. The pool replaces them; without a listener the process would end.
    pool.on('error', () => {})
    const slowerThan = slowStatementMs()
    pool.on('connect', (client) => {
      client.on('error', () => {})
      watchStatements(client, slowerThan)
    })
    watchPool(pool)
    shared.vitrinePool = pool
  }
  return shared.vitrinePool
}

/** Closes all connections, for commands and tests that want to end. */
export async function closeDatabasePool(): Promise<void> {
  const pool = shared.vitrinePool
  shared.vitrinePool = undefined
  await pool?.end()
}

/**
 * Milliseconds. When a whole class starts or submits at once, a transaction waits for its turn rather than fail: browsers
 * give a start and a submission 30 s.
 */
export const transactionOptions = { maxWait: 12_000, timeout: 15_000 }

/** A Prisma adapter on the shared pool that reads the environment only when the first query is made. */
export function pooledAdapter() {
  return {
    provider: 'postgres' as const,
    adapterName: '@prisma/adapter-pg',
    connect: () =>
      new PrismaPg(databasePool(), { statementNameGenerator: ({ sql }) => nameStatement(sql) }).connect(),
  }
}

const mostPrepared = 500
const preparedNames = new Map<string, string>()

/**
 * Statements are planned once a connection instead of once a query, which is most of what they cost PostgreSQL.
 * Named by their text, since Next may load this module more than once beside the one pool.
 * @returns none (empty) where there are too many different ones to keep
 */
export function nameStatement(sql: string): string {
  const known = preparedNames.get(sql)
  if (known !== undefined || preparedNames.size >= mostPrepared) return known ?? ''
  const name = createHash('sha256').update(sql).digest('base64url')
  preparedNames.set(sql, name)
  return name
}
