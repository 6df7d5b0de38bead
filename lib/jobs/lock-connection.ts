import pg from 'pg'

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

/** @param name as the database server lists the connection */
export async function openLockConnection(connectionString: string, name: string): Promise<LockConnection> {
  const client = new pg.Client({ connectionString, keepAlive: true, application_name: name })
  const lost = new Promise<Error>((resolve) => {
    client.on('error', resolve)
    client.on('end', () => resolve(new Error(`the connection that holds the locks of ${name} has ended`)))
  })
  await client.connect()
  return { client, lost, close: () => client.end() }
}
