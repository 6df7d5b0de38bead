import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { BackupError, loadOrder, type Manifest } from '@/lib/backup/manifest'

/** Rows that anything can make again: the cache of explorations, and who waits for them. */
const leftOut = ['Exploration', 'ExplorationWaiter']

/**
 * Writes all tables as they were at one moment into `folder`, beside whatever else the database does meanwhile.
 * The queue is not among them: what has to be computed is found again at the next start.
 */
export async function dumpTables(
  url: string,
  folder: string,
): Promise<Pick<Manifest, 'migrations' | 'tables' | 'sequences' | 'buckets'>> {
  const client = new pg.Client({ connectionString: url, application_name: 'vitrine backup' })
  await client.connect()
  try {
    const made = await client.query<{ table: string | null }>(
      `SELECT to_regclass('_prisma_migrations') AS table`,
    )
    if (made.rows[0]?.table === null)
      throw new BackupError('there is nothing to back up: the database has no tables yet')
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const migrations = await client.query<Manifest['migrations'][number]>(
      `SELECT migration_name AS name, checksum AS sha256 FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
    )
    const columns = await client.query<{ table: string; columns: string[] }>(
      `SELECT t.table_name AS table, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
       FROM information_schema.tables t
       JOIN information_schema.columns c USING (table_schema, table_name)
       WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
       GROUP BY t.table_name`,
    )
    const references = await client.query<{ from: string; to: string }>(
      `SELECT f.relname AS "from", t.relname AS "to" FROM pg_constraint
       JOIN pg_class f ON f.oid = conrelid JOIN pg_class t ON t.oid = confrelid
       WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
    )
    const columnsOf = new Map(columns.rows.map((row) => [row.table, row.columns]))
    for (const name of leftOut) columnsOf.delete(name)
    const order = loadOrder(
      [...columnsOf.keys()],
      references.rows.map(({ from, to }) => [from, to] as const),
    )
    const tables: Manifest['tables'] = []
    for (const name of order) tables.push(await dumpTable(client, folder, name, columnsOf.get(name) ?? []))
    const sequences = await client.query<Manifest['sequences'][number]>(
      `SELECT sequencename AS name, coalesce(last_value, 0)::text AS value FROM pg_sequences
       WHERE schemaname = 'public' ORDER BY sequencename`,
    )
    const buckets = columnsOf.get('StoredObject')?.includes('address') ? await readBuckets(client) : []
    await client.query('COMMIT')
    return { migrations: migrations.rows, tables, sequences: sequences.rows, buckets }
  } finally {
    await client.end()
  }
}

async function readBuckets(client: pg.Client): Promise<NonNullable<Manifest['buckets']>> {
  const { rows } = await client.query<{ bucket: string; objects: number; bytes: string }>(
    `SELECT substring(address FROM '^s3://[^/]+') AS bucket, count(*)::int AS objects, sum(size) AS bytes
     FROM "StoredObject" WHERE address IS NOT NULL GROUP BY 1 ORDER BY 1`,
  )
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

async function dumpTable(
  client: pg.Client,
  folder: string,
  name: string,
  columns: string[],
): Promise<Manifest['tables'][number]> {
  const file = `${name}.copy.gz`
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  const rows = client.query(copyStreams.to(`COPY ${client.escapeIdentifier(name)} (${list}) TO STDOUT`))
  const hash = createHash('sha256')
  const hashing = new PassThrough()
  hashing.on('data', (chunk: Buffer) => hash.update(chunk))
  await pipeline(rows, createGzip(), hashing, createWriteStream(path.join(folder, file), { mode: 0o600 }))
  return { name, columns, file, rows: rows.rowCount, sha256: hash.digest('hex') }
}
