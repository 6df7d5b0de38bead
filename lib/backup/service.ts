import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { create, extract } from 'tar'
import { dumpTables } from '@/lib/backup/data'
import { BackupError, backupFormat, type Manifest, manifestSchema } from '@/lib/backup/manifest'
import { loadTables } from '@/lib/backup/mutations'

/**
 * Backups of everything that lasts, as one file. They hold keys, answers and password hashes: they are to be kept as
 * the database is. Taken beside a running server; restored into one that nobody uses.
 */

const manifestFile = 'manifest.json'

/** Generated secrets without which something that people hold is worth nothing: their receipts, their answer files. */
const secretsOfPeople = [
  { said: 'receiptKey', name: 'receipts', file: 'receipt-key' },
  { said: 'answerFileKey', name: 'answer-files', file: 'answer-file-key' },
] as const

/**
 * @param file appears only when complete
 * @param secrets folder of the installation's generated secrets, of which those that people depend on go along, where they
 * are there
 */
export async function writeBackup(url: string, file: string, secrets: string): Promise<Manifest> {
  if (existsSync(file)) throw new BackupError(`${file} exists already; choose another name`)
  const folder = mkdtempSync(`${file}.part-`)
  try {
    const kept = secretsOfPeople.filter(({ name }) => existsSync(path.join(secrets, name)))
    const has = (said: string) => kept.some((secret) => secret.said === said)
    const createdAt = new Date().toISOString()
    const dumped = await dumpTables(url, folder)
    const manifest: Manifest = {
      format: backupFormat,
      createdAt,
      ...dumped,
      receiptKey: has('receiptKey'),
      answerFileKey: has('answerFileKey'),
    }
    writeFileSync(path.join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`)
    for (const { name, file } of kept) copyFileSync(path.join(secrets, name), path.join(folder, file))
    const names = [manifestFile, ...[...kept, ...dumped.tables].map((part) => part.file)]
    const draft = path.join(folder, 'backup.tar')
    await create({ file: draft, cwd: folder, portable: true }, names)
    chmodSync(draft, 0o600)
    renameSync(draft, file)
    return manifest
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Checks the whole backup, then puts it in place of all that the database holds.
 * @param workFolder for the unpacked files
 * @param migrations folder of this installation's migrations
 * @throws BackupError saying what is wrong; the database is then as it was
 */
export async function restoreBackup(
  url: string,
  file: string,
  {
    workFolder,
    migrations,
    secrets,
    replace,
  }: {
    readonly workFolder: string
    readonly migrations: string
    readonly secrets: string
    readonly replace: boolean
  },
): Promise<Manifest> {
  const folder = mkdtempSync(path.join(workFolder, 'restore-'))
  try {
    await extract({ file, cwd: folder, strict: true }).catch((cause: unknown) => {
      throw new BackupError(`${file} is no backup, or is cut short`, { cause })
    })
    const manifest = readManifest(path.join(folder, manifestFile), file)
    for (const table of manifest.tables)
      if ((await hashFile(path.join(folder, table.file))) !== table.sha256)
        throw new BackupError(`${file} is damaged: ${table.file} is not as it was written`)
    checkMigrations(manifest, migrations)
    await loadTables(url, folder, manifest, migrations, replace)
    for (const { said, name, file } of secretsOfPeople) {
      if (!manifest[said]) continue
      mkdirSync(secrets, { recursive: true, mode: 0o700 })
      copyFileSync(path.join(folder, file), path.join(secrets, name))
      chmodSync(path.join(secrets, name), 0o600)
    }
    return manifest
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readManifest(manifestPath: string, file: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(manifestPath, 'utf8')))
  } catch (cause) {
    throw new BackupError(`${file} is no backup of Vitrine, or of a version that this one cannot read`, {
      cause,
    })
  }
}

/** The tables are made by this installation's files: they have to be those that made the backed up ones. */
function checkMigrations(manifest: Manifest, migrations: string): void {
  for (const { name, sha256 } of manifest.migrations) {
    const file = path.join(migrations, name, 'migration.sql')
    if (!existsSync(file))
      throw new BackupError(`the backup comes from a newer version: this one has no migration ${name}`)
    if (createHash('sha256').update(readFileSync(file)).digest('hex') !== sha256)
      throw new BackupError(`the migration ${name} is not the one that made the backed up tables`)
  }
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash).catch((cause: unknown) => {
    throw new BackupError(`${path.basename(file)} is missing in the backup`, { cause })
  })
  return hash.digest('hex')
}
