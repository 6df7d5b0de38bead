import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readSettings } from '@/lib/environment'

/** The folder in which an installation keeps what is its own: the embedded database, generated secrets, logs. */

const SECRET_BYTES = 32

/** Whether every user of the machine may pass through all folders above `folder`, as far as these exist. */
export function isReachableByAll(folder: string): boolean {
  for (let above = path.dirname(path.resolve(folder)); ; above = path.dirname(above)) {
    if (((statSync(above, { throwIfNoEntry: false })?.mode ?? 0o001) & 0o001) === 0) return false
    if (above === path.dirname(above)) return true
  }
}

/**
 * Where the data folder is: `VITRINE_DATA`, else `.data` in the project. PostgreSQL refuses to run as root, and the user
 * it runs as instead cannot enter a private home folder: for root a project there keeps its data below /var/lib.
 */
export function locateDataFolder(project: string, chosen: string | undefined): string {
  if (chosen) return path.resolve(chosen)
  const inside = path.join(project, '.data')
  if (process.getuid?.() !== 0 || isReachableByAll(inside)) return inside
  const name = createHash('sha256').update(path.resolve(project)).digest('hex').slice(0, 12)
  return path.join('/var/lib/vitrine', name)
}

/** The data folder of this process's installation. */
export function ownDataFolder(): string {
  return locateDataFolder(process.cwd(), readSettings().VITRINE_DATA)
}

/**
 * Makes the folder, and those above it, where they are missing. Others may pass through what root makes (the database's
 * user has to) but not list it; what another user makes is closed.
 */
export function prepareDataFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.getuid?.() !== 0) return
  const topmost = first ?? folder
  for (let made = folder; made.length >= topmost.length; made = path.dirname(made)) {
    chmodSync(made, (statSync(made).mode & 0o777) | 0o011)
  }
}

/**
 * A secret of this installation, made at first use and readable only by its owner.
 *
 * @param folder the data folder
 * @param name   file name below `secrets/`
 * @returns 64 hexadecimal digits
 */
export function generatedSecret(folder: string, name: string): string {
  const secrets = path.join(folder, 'secrets')
  mkdirSync(secrets, { recursive: true, mode: 0o700 })
  const file = path.join(secrets, name)
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  if (!statSync(file, { throwIfNoEntry: false })) {
    writeFileSync(draft, randomBytes(SECRET_BYTES).toString('hex'), { mode: 0o600, flush: true })
    try {
      linkSync(draft, file) // fails where another process was first, whose secret then holds
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(draft)
    }
  }
  return readFileSync(file, 'utf8').trim()
}
