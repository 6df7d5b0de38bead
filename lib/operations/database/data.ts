import { statements } from '@/lib/database/statements'
import type { DatabaseView, StoreView } from '@/lib/operations/view'

/** What the database says of itself, and how much of each kind it keeps. */

const largestTables = 8

export async function readDatabaseState(): Promise<DatabaseView> {
  const [health, [state], tables] = await Promise.all([
    readDatabaseHealth(),
    statements.$queryRaw<{ version: string; bytes: string }[]>`
      SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes`,
    statements.$queryRaw<{ name: string; bytes: string; rows: number }[]>`
      SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes, greatest(0, c.reltuples)::float8 AS rows
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname IN ('public', 'graphile_worker')
      ORDER BY 2 DESC LIMIT ${largestTables}::int`,
  ])
  const { version, bytes } = state!
  return {
    ...health,
    version,
    bytes: Number(bytes),
    tables: tables.map((table) => ({ ...table, bytes: Number(table.bytes) })),
  }
}

/** @returns what of the database may need somebody, in one statement that reads no table as a whole. */
export async function readDatabaseHealth(): Promise<
  Pick<DatabaseView, 'connections' | 'connectionLimit' | 'longestTransaction' | 'lastBackupAt'>
> {
  const [row] = await statements.$queryRaw<
    {
      connections: number
      connectionLimit: number
      longestTransaction: number | null
      lastBackupAt: Date | null
    }[]
  >`
    SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
      current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int AS "connectionLimit",
      (SELECT max(extract(epoch FROM now() - xact_start))::float8 FROM pg_stat_activity
       WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
      ) AS "longestTransaction",
      (SELECT max(at) FROM "AuditEvent" WHERE subject = 'database' AND action = 'backup.write') AS "lastBackupAt"`
  return { ...row!, lastBackupAt: row!.lastBackupAt?.toISOString() ?? null }
}

/** @returns figures that failed for a reason that trying again would not change. */
export async function countFailedFigures(): Promise<number> {
  const [row] = await statements.$queryRaw<{ figures: number }[]>`
    SELECT count(*)::int AS figures FROM "FigureRequest" WHERE status = 'FAILED'`
  return row!.figures
}

/** @returns what is computed once and kept. */
export async function readStores(): Promise<readonly StoreView[]> {
  const [row] = await statements.$queryRaw<Record<string, string>[]>`
    SELECT (SELECT count(*) FROM "Evidence") AS evidence,
      pg_total_relation_size('"Evidence"') + pg_total_relation_size('"EvidenceArray"') AS "evidenceBytes",
      (SELECT count(*) FROM "Figure") AS figures,
      pg_total_relation_size('"Figure"') + pg_total_relation_size('"FigureAsset"') AS "figuresBytes",
      (SELECT count(*) FROM "MeasurementReading") AS readings,
      pg_total_relation_size('"MeasurementReading"') AS "readingsBytes",
      (SELECT count(*) FROM "Exploration" WHERE status = 'READY') AS explorations,
      pg_total_relation_size('"Exploration"') AS "explorationsBytes"`
  return (['evidence', 'figures', 'readings', 'explorations'] as const).map((name) => ({
    name,
    count: Number(row![name]),
    bytes: Number(row![`${name}Bytes`]),
  }))
}

/** @returns how fast figures are drawn. */
export async function readPace(): Promise<{
  readonly drawnLastHour: number
  /** Seconds of work in a figure, of those drawn so far; null: none was. */
  readonly secondsEach: number | null
}> {
  const [row] = await statements.$queryRaw<{ drawn: number; seconds: number | null }[]>`
    SELECT (SELECT count(*)::int FROM "Figure" WHERE "createdAt" > (now() - interval '1 hour') AT TIME ZONE 'UTC') AS drawn,
      (SELECT sum(seconds) FROM "Evidence") / nullif((SELECT count(*) FROM "Figure"), 0) AS seconds`
  return { drawnLastHour: row!.drawn, secondsEach: row!.seconds }
}
