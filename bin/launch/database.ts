import path from 'node:path'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { applyMigrations, pendingMigrations } from '@/lib/database/migrations'

export interface OpenDatabase {
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Opens the database at `external`, or else the embedded one, and brings its tables up to date.
 *
 * @param say receives one line for each thing that takes time or went wrong
 * @throws EmbeddedDatabaseError, MigrationError: both say what to do
 */
export async function openMigratedDatabase(
  project: string,
  dataFolder: string,
  external: string | undefined,
  say: (line: string) => void,
): Promise<OpenDatabase> {
  const migrations = path.join(project, 'prisma/migrations')
  if (external) {
    await migrate(migrations, external, say, () => applyMigrations(project, external))
    return { url: external, close: async () => {} }
  }
  const embedded = await openEmbeddedDatabase(dataFolder, { onEvent: (event) => say(event.message) })
  try {
    await migrate(migrations, embedded.url, say, () =>
      embedded.withPassingCredentials((url) => applyMigrations(project, url)),
    )
  } catch (error) {
    await embedded.close()
    throw error
  }
  return { url: embedded.url, close: embedded.close }
}

async function migrate(folder: string, url: string, say: (line: string) => void, apply: () => Promise<void>) {
  const pending = await pendingMigrations(url, folder)
  if (pending.length === 0) return
  say(pending.length === 1 ? 'Applying 1 migration' : `Applying ${pending.length} migrations`)
  await apply()
}
