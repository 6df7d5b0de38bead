import path from 'node:path'
import { generatedSecret, locateDataFolder, prepareDataFolder } from '@/lib/data-folder'
import { EmbeddedDatabaseError } from '@/lib/database/embedded/installation'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { MigrationError, pendingMigrations } from '@/lib/database/migrations'
import { closeDatabasePool } from '@/lib/database/pool'
import { EnvironmentError, readSettings } from '@/lib/environment'
import { inRequest, requestIdOf } from '@/lib/request-context'
import { CommandError } from './command-error'

const project = path.resolve(import.meta.dirname, '../..')

/**
 * Runs `work` on the database that `npm start` uses: the one at DATABASE_URL, or else the embedded one, which is started
 * when it does not run and left running when it does. The history names the operator for what it does.
 * @throws CommandError when there is no such database, or it has not been prepared by this version
 */
export async function onDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await inRequest({ requestId: requestIdOf(null), actingAs: 'operator' }, () => withDatabase(work))
  } catch (error) {
    const expected = [EnvironmentError, EmbeddedDatabaseError, MigrationError]
    if (expected.some((kind) => error instanceof kind)) throw new CommandError((error as Error).message)
    throw error
  }
}

async function withDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  const settings = readSettings()
  const dataFolder = locateDataFolder(project, settings.VITRINE_DATA)
  prepareDataFolder(dataFolder)
  const embedded = settings.DATABASE_URL ? null : await openEmbeddedDatabase(dataFolder)
  // As `npm start` does for its children: what the environment leaves out is generated in the data folder.
  Object.assign(process.env, {
    DATABASE_URL: settings.DATABASE_URL ?? embedded?.url,
    NEXTAUTH_SECRET: settings.NEXTAUTH_SECRET ?? generatedSecret(dataFolder, 'sessions'),
  })
  try {
    const pending = await pendingMigrations(
      process.env.DATABASE_URL!,
      path.join(project, 'prisma/migrations'),
    )
    if (pending.length > 0)
      throw new CommandError(
        `the database lacks ${pending.length} migrations; run npm start or npm run prepare-database first`,
      )
    return await work()
  } finally {
    await closeDatabasePool()
    await embedded?.close()
  }
}
