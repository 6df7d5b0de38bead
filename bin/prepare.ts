import path from 'node:path'
import { applyMigrations, MigrationError, pendingMigrations } from '@/lib/database/migrations'
import { closeDatabasePool } from '@/lib/database/pool'
import { EnvironmentError, environment } from '@/lib/environment'
import { seed } from '@/prisma/seed'

/** `npm run prepare-database`: migrations and questions, for installations that start web and worker by themselves. */

const project = path.dirname(import.meta.dirname)

try {
  const url = environment().DATABASE_URL
  const pending = await pendingMigrations(url, path.join(project, 'prisma/migrations'))
  if (pending.length > 0) await applyMigrations(project, url)
  await seed()
  process.stdout.write(`Database ready, ${pending.length} migrations applied\n`)
} catch (error) {
  if (!(error instanceof EnvironmentError || error instanceof MigrationError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
} finally {
  await closeDatabasePool()
}
