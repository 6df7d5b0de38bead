import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

interface AppliedMigration {
  readonly name: string
  readonly finished: boolean
}

const UNDEFINED_TABLE = '42P01'

/** Migrations that the database remembers, without those that were resolved as rolled back. */
async function appliedMigrations(url: string): Promise<readonly AppliedMigration[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const result = await client.query<AppliedMigration>(
      `SELECT migration_name AS name, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    )
    return result.rows
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return []
    throw error
  } finally {
    await client.end()
  }
}

function failedMigrationMessage(name: string, reason: string): string {
  return [
    `Migration ${name} failed.${reason ? `\n${reason}\n` : ''}`,
    'PostgreSQL undid all of it, and no data was lost. To go on:',
    '  1. remove the cause that is named above;',
    `  2. npm run prisma -- migrate resolve --rolled-back ${name}`,
    '  3. start again.',
  ].join('\n')
}

/**
 * Names of the migrations in `folder` that the database does not have yet, oldest first. Asking costs milliseconds;
 * Prisma's command line takes seconds to find out that there is nothing to do.
 *
 * @throws MigrationError when an earlier migration failed half-way, or a newer Vitrine has used the database
 */
export async function pendingMigrations(url: string, folder: string): Promise<readonly string[]> {
  const known = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const applied = await appliedMigrations(url)
  const failed = applied.find((migration) => !migration.finished)
  if (failed) throw new MigrationError(failedMigrationMessage(failed.name, ''))
  const foreign = applied
    .filter((migration) => !known.includes(migration.name))
    .map((migration) => migration.name)
  if (foreign.length > 0) {
    throw new MigrationError(
      `The database has migrations that this version of Vitrine does not know: ${foreign.join(', ')}.\n` +
        'A newer version has used it. Start that version, or restore a backup from before it.',
    )
  }
  const names = new Set(applied.map((migration) => migration.name))
  return known.filter((name) => !names.has(name))
}

/** Runs Prisma's command line on the database at `url`. Resolves with its exit status and everything it printed. */
export function runPrisma(
  project: string,
  url: string,
  parameters: readonly string[],
): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [path.join(project, 'node_modules/prisma/build/index.js'), ...parameters],
      {
        cwd: project,
        env: {
          ...process.env,
          DATABASE_URL: url,
          CHECKPOINT_DISABLE: '1',
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
          NO_COLOR: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    child.once('error', reject)
    child.once('close', (status) => resolve({ status: status ?? 1, output }))
  })
}

/**
 * Applies all pending migrations with Prisma's own command line.
 *
 * @throws MigrationError saying what failed and how to go on
 */
export async function applyMigrations(project: string, url: string): Promise<void> {
  const { status, output } = await runPrisma(project, url, ['migrate', 'deploy'])
  if (status === 0) return
  const reason = output
    .split('\n')
    .filter((line) => line.trim() && !/^(Loaded Prisma config|Prisma schema loaded|Datasource )/.test(line))
    .join('\n')
  const name = /Migration name: (\S+)/.exec(output)?.[1]
  throw new MigrationError(
    name ? failedMigrationMessage(name, reason) : `The database could not be migrated.\n${reason}`,
  )
}
