import { createReadStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { BackupError, type Manifest } from '@/lib/backup/manifest'

/** As Prisma's command line makes it: it has to find its own history in a restored database. */
const migrationsTable = `
  CREATE TABLE _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`

/**
 * Replaces the whole database by the tables of a backup, in one transaction: it is the backup afterwards, or what it was
 * before. The tables are made by the migrations that the backed up database had; later ones are applied at the next
 * start, as to any database of that age.
 * @param folder with the files that `manifest` names, whose hashes were checked
 * @param migrations folder of this installation's migrations
 * @param replace whether a database with accounts in it may be replaced
 * @throws BackupError when somebody uses the database, or it holds something and `replace` was not said
 */
export async function loadTables(
  url: string,
  folder: string,
  manifest: Manifest,
  migrations: string,
  replace: boolean,
): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'vitrine restore' })
  await client.connect()
  try {
    await refuseOthers(client)
    if (!replace) await refuseContents(client)
    await client.query('BEGIN')
    await client.query('DROP SCHEMA IF EXISTS graphile_worker CASCADE')
    await client.query('DROP SCHEMA public CASCADE')
    await client.query('CREATE SCHEMA public')
    await client.query(migrationsTable)
    for (const { name } of manifest.migrations) {
      const script = readFileSync(path.join(migrations, name, 'migration.sql'), 'utf8')
      // Which no transaction can, and nobody waits for: the tables are empty.
      await client.query(script.replace(/\bCONCURRENTLY\b/g, ''))
    }
    for (const table of manifest.tables) await loadTable(client, folder, table)
    for (const { name, value } of manifest.sequences)
      if (value !== '0')
        await client.query('SELECT setval($1::regclass, $2)', [
          `public.${client.escapeIdentifier(name)}`,
          value,
        ])
    await noteRestoration(client, manifest.createdAt)
    await client.query('COMMIT')
  } finally {
    await client.end() // without COMMIT nothing has happened
  }
}

async function loadTable(
  client: pg.Client,
  folder: string,
  table: Manifest['tables'][number],
): Promise<void> {
  const name = client.escapeIdentifier(table.name)
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
  // A migration may have put rows there itself; the backup has them as they became. Not asked of an empty table: one
  // that takes no deletions refuses even that.
  const made = await client.query(`SELECT 1 FROM ${name} LIMIT 1`)
  if (made.rowCount) await client.query(`DELETE FROM ${name}`)
  const rows = client.query(copyStreams.from(`COPY ${name} (${columns}) FROM STDIN`))
  await pipeline(createReadStream(path.join(folder, table.file)), createGunzip(), rows)
  if (rows.rowCount !== table.rows)
    throw new BackupError(
      `${table.name}: ${rows.rowCount} rows were loaded, and the backup has ${table.rows}`,
    )
}

/**
 * Students whose attempts were open are told by it, see `readAttemptTime`. A backup from before this table was made has no
 * place for it; browsers find lost answers without it too.
 */
async function noteRestoration(client: pg.Client, backedUpAt: string): Promise<void> {
  const { rows } = await client.query<{ table: string | null }>(
    `SELECT to_regclass('public."Restoration"') AS table`,
  )
  if (rows[0]?.table === null) return
  await client.query(
    `INSERT INTO "Restoration" (id, "backedUpAt", "restoredAt")
     VALUES (gen_random_uuid()::text, $1::timestamptz AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')`,
    [backedUpAt],
  )
}

async function refuseOthers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  )
  const count = rows[0]?.count ?? 0
  if (count > 0)
    throw new BackupError(`the database is in use (${count} connections): stop Vitrine, then restore`)
}

async function refuseContents(client: pg.Client): Promise<void> {
  const exists = await client.query<{ table: string | null }>(`SELECT to_regclass('public."User"') AS table`)
  if (exists.rows[0]?.table === null) return
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM "User"')
  const count = rows[0]?.count ?? 0
  if (count > 0)
    throw new BackupError(`the database holds ${count} accounts; say --replace to replace all that is in it`)
}

/** Notes in the history that a backup was written, so that operators see how old the last one is. */
export async function noteBackup(url: string, { createdAt, tables }: Manifest): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'vitrine backup' })
  await client.connect()
  try {
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    await client.query(
      `INSERT INTO "AuditEvent" (at, action, subject, after, "actingAs")
       VALUES (now() AT TIME ZONE 'UTC', 'backup.write', 'database', $1, 'operator')`,
      [JSON.stringify({ createdAt, rows })],
    )
  } finally {
    await client.end()
  }
}
