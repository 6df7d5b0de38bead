import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { BackupError } from '@/lib/backup/manifest'
import { locateDataFolder, prepareDataFolder } from '@/lib/data-folder'
import { readSettings } from '@/lib/environment'
import { fromCaller } from './caller-path'

const project = path.dirname(path.dirname(import.meta.dirname))

/** `vitrine backup` and `vitrine restore`, of the database that `npm start` would use. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('write the whole database into one file, also while Vitrine runs')
    .argument('[file]', 'where to; by default vitrine-TIME.tar')
    .action(async (file = `vitrine-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.tar`) => {
      // Loaded only now: commands that need no database start without one.
      const { writeBackup } = await import('@/lib/backup/service')
      const { noteBackup } = await import('@/lib/backup/mutations')
      const target = fromCaller(file)
      const manifest = await withDatabase(async (url, dataFolder) => {
        const written = await writeBackup(url, target, path.join(dataFolder, 'secrets'))
        await noteBackup(url, written)
        return written
      })
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
      process.stdout.write(`${target}: ${rows} rows of ${manifest.tables.length} tables\n`)
      for (const { bucket, objects, bytes } of manifest.buckets ?? [])
        process.stdout.write(
          `${objects} objects, ${bytes} bytes, are in ${bucket} and not in this file: keep that bucket as safe\n`,
        )
    })
  program
    .command('restore')
    .description('put a backup in place of the database; Vitrine must be stopped')
    .argument('<file>', 'what vitrine backup wrote')
    .option('--replace', 'replace a database that has accounts in it', false)
    .action(async (file: string, { replace }: { replace: boolean }) => {
      const { restoreBackup } = await import('@/lib/backup/service')
      const source = fromCaller(file)
      if (!existsSync(source)) throw new BackupError(`there is no file ${source}`)
      const manifest = await withDatabase((url, dataFolder) =>
        restoreBackup(url, source, {
          workFolder: dataFolder,
          migrations: path.join(project, 'prisma/migrations'),
          secrets: path.join(dataFolder, 'secrets'),
          replace,
        }),
      )
      process.stdout.write(`restored as of ${manifest.createdAt}\n`)
    })
}

async function withDatabase<Result>(
  work: (url: string, dataFolder: string) => Promise<Result>,
): Promise<Result> {
  const settings = readSettings()
  const dataFolder = locateDataFolder(project, settings.VITRINE_DATA)
  prepareDataFolder(dataFolder)
  if (settings.DATABASE_URL) return work(settings.DATABASE_URL, dataFolder)
  const { openEmbeddedDatabase } = await import('@/lib/database/embedded/server')
  const database = await openEmbeddedDatabase(dataFolder)
  try {
    return await work(database.url, dataFolder)
  } finally {
    await database.close()
  }
}
