import { statements } from '@/lib/database/statements'
import type { DatabaseView, StoreView } from '@/lib/operations/view'

/** What the database says of itself, and how much of each kind it keeps. */

const largestTables = 8

export async function readDatabaseState(): Promise<DatabaseView> {
  const [[state], tables] = await Promise.all([
    statements.$queryRaw<
      {
        version: string
        bytes: string
        connections: number
        connectionLimit: number
        longestTransaction: number | null
        lastBackupAt: Date | null
      }[]
    >`
      SELECT current_setting('server_version') AS version,
        pg_database_size(current_database()) AS bytes,
        (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
        current_setting('max_connections')::int
          - current_setting('superuser_reserved_connections')::int AS "connectionLimit",
        (SELECT max(extract(epoch FROM now() - xact_start))::float8 FROM pg_stat_activity
         WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
        ) AS "longestTransaction",
        (SELECT max(at) FROM "AuditEvent" WHERE subject = 'database' AND action = 'backup.write') AS "lastBackupAt"`,
    statements.$queryRaw<{ name: string; bytes: string; rows: number }[]>`
      SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes, greatest(0, c.reltuples)::float8 AS rows
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname IN ('public', 'graphile_worker')
      ORDER BY 2 DESC LIMIT ${largestTables}::int`,
  ])
  const { version, bytes, connections, connectionLimit, longestTransaction, lastBackupAt } = state!
  return {
    version,
    bytes: Number(bytes),
    connections,
    connectionLimit,
    longestTransaction,
    tables: tables.map((table) => ({ ...table, bytes: Number(table.bytes) })),
    lastBackupAt: lastBackupAt?.toISOString() ?? null,
  }
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
