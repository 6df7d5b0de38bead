import { readdirSync } from 'node:fs'
import path from 'node:path'
import { databasePool } from '@/lib/database/pool'

let known: readonly string[] | undefined

/**
 * Migrations of this version that the database does not have. What a newer version has applied does not count: it keeps
 * this one running (docs/upgrades.md).
 */
export async function lackingMigrations(): Promise<readonly string[]> {
  known ??= readdirSync(path.join(/*turbopackIgnore: true*/ process.cwd(), 'prisma/migrations'), {
    withFileTypes: true,
  })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const { rows } = await databasePool().query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  )
  const applied = new Set(rows.map(({ name }) => name))
  return known.filter((name) => !applied.has(name))
}
