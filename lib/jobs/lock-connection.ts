import pg from 'pg'
import { EnvironmentError } from '@/lib/environment'

/**
 * A connection of its own for advisory locks of PostgreSQL: when the process that holds them dies, however suddenly,
 * the server closes the connection and frees them at once.
 */
export interface LockConnection {
  readonly client: pg.Client
  /** Resolves when the connection ends, and with it every lock that was taken on it. */
  readonly lost: Promise<Error>
  close(): Promise<void>
}

/**
 * @param name as the database server lists the connection
 * @throws EnvironmentError where a pool answers in place of PostgreSQL: it may give the connection with the locks to others
 */
export async function openLockConnection(connectionString: string, name: string): Promise<LockConnection> {
  const client = new pg.Client({ connectionString, keepAlive: true, application_name: name })
  const lost = new Promise<Error>((resolve) => {
    client.on('error', resolve)
    client.on('end', () => resolve(new Error(`the connection that holds the locks of ${name} has ended`)))
  })
  await client.connect()
  const { rows } = await client.query<{ own: number }>('SELECT pg_backend_pid() AS own')
  if (rows[0]?.own !== (client as unknown as { processID: number }).processID) {
    await client.end()
    throw new EnvironmentError([
      'DATABASE_URL of a worker must be PostgreSQL’s own address, not that of a pool such as PgBouncer: ' +
        'what a worker does is locked on a connection of its own',
    ])
  }
  return { client, lost, close: () => client.end() }
}
