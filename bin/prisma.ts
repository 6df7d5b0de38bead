import { spawn } from 'node:child_process'
import path from 'node:path'
import { locateDataFolder } from '@/lib/data-folder'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { readSettings } from '@/lib/environment'

/**
 * `npm run prisma -- migrate status`: Prisma's command line on the database that `npm start` would use.
 */

const project = path.dirname(import.meta.dirname)

function run(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [path.join(project, 'node_modules/prisma/build/index.js'), ...process.argv.slice(2)],
      { cwd: project, env: { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: '1' }, stdio: 'inherit' },
    )
    child.once('error', reject)
    child.once('close', (status) => resolve(status ?? 1))
  })
}

const settings = readSettings()
if (settings.DATABASE_URL) {
  process.exitCode = await run(settings.DATABASE_URL)
} else {
  const database = await openEmbeddedDatabase(locateDataFolder(project, settings.VITRINE_DATA))
  try {
    process.exitCode = await database.withPassingCredentials(run)
  } finally {
    await database.close()
  }
}
