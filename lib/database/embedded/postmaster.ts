import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  EmbeddedDatabaseError,
  type Installation,
  isAlive,
  SERVER_ENVIRONMENT,
} from '@/lib/database/embedded/installation'

/** PostgreSQL's main process: finding it, starting it, stopping it. */

export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** Recovery after a crash replays at most about a gigabyte of log. */
const START_TIMEOUT = 120_000
const STOP_TIMEOUT = 30_000
const POLL = 15
const LOG_LIMIT = 5_000_000
const LOG_TAIL = 1_500
/** Connections: 48 of all web processes together, ten of each worker, the queue's, commands, and tests. */
const MAX_CONNECTIONS = 100

interface LockFile extends Postmaster {
  readonly ready: boolean
}

const lockFileOf = (cluster: string) => path.join(cluster, 'postmaster.pid')
const logFileOf = (cluster: string) => path.join(path.dirname(cluster), 'server.log')

/** PostgreSQL's lock file: line 1 is the process, 4 the port, 8 the state. */
function readLockFile(cluster: string): LockFile | undefined {
  let text: string
  try {
    text = readFileSync(lockFileOf(cluster), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const lines = text.split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/**
 * Whether process `pid` is the server of this cluster, and not another program that was given the number of a server that
 * died (a container starts counting anew).
 */
function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster)
    } catch {
      return false // it ended just now
    }
  }
  const command = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  return command.error !== undefined || command.stdout.includes(cluster)
}

/** Waits for a server that is starting or recovering. Undefined when it ends instead. */
async function untilReady(cluster: string, pid: number): Promise<Postmaster | undefined> {
  for (const deadline = Date.now() + START_TIMEOUT; Date.now() < deadline; ) {
    const lock = readLockFile(cluster)
    if (lock?.pid === pid && lock.ready) return { pid, port: lock.port }
    if (!isPostmasterOf(pid, cluster)) return undefined
    await sleep(POLL)
  }
  throw new EmbeddedDatabaseError(
    `PostgreSQL is not ready after ${START_TIMEOUT / 1000} s. Its log: ${logFileOf(cluster)}`,
  )
}

/**
 * The server of this cluster that already runs: another Vitrine's, or one whose Vitrine was killed. Clears away the lock
 * file of a server that is gone.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lock = readLockFile(cluster)
  if (!lock) return undefined
  if (isPostmasterOf(lock.pid, cluster)) return untilReady(cluster, lock.pid)
  // PostgreSQL would refuse to start where the number in the lock file belongs to some other program by now. Removing the
  // file is safe: PostgreSQL still finds survivors of the old server by their shared memory.
  rmSync(lockFileOf(cluster), { force: true })
  return undefined
}

export type StartResult =
  | { readonly postmaster: Postmaster }
  | { readonly failure: 'port-in-use' | 'survivors' | 'other'; readonly log: string }

/**
 * Starts a server on 127.0.0.1, in a process group of its own: Ctrl-C must reach it only after the last query.
 *
 * fsync, full_page_writes and synchronous_commit keep their defaults (on): an acknowledged answer is on the disk.
 *
 * @param settings configuration parameters, which tests use
 */
export async function startPostmaster(
  installation: Installation,
  cluster: string,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<StartResult> {
  const logFile = logFileOf(cluster)
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_LIMIT) truncateSync(logFile)
  const begin = size > LOG_LIMIT ? 0 : size
  const log = openSync(logFile, 'a', 0o600)
  const parameters = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(MAX_CONNECTIONS),
    ...settings,
  }
  const options = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(installation.postgres, ['-D', cluster, '-p', String(port), ...options], {
    ...installation.account,
    cwd: cluster,
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const spawned = await new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true))
    child.once('error', () => resolve(false))
  })
  if (!spawned) return { failure: 'other', log: `${installation.postgres} cannot be run` }
  child.unref()
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  for (const deadline = Date.now() + START_TIMEOUT; !ended && Date.now() < deadline; await sleep(POLL)) {
    const lock = readLockFile(cluster)
    if (lock?.pid === child.pid && lock?.ready) return { postmaster: { pid: lock.pid, port: lock.port } }
  }
  if (!ended) child.kill('SIGINT')
  const written = readFileSync(logFile).subarray(begin).toString('utf8').slice(-LOG_TAIL)
  const failure = /could not create any TCP\/IP sockets|Address already in use/.test(written)
    ? 'port-in-use'
    : /shared memory block .* still in use/.test(written)
      ? 'survivors'
      : 'other'
  return { failure, log: written.trim() }
}

/**
 * Stops a server: sessions are ended, everything is written out. One that hangs is ended at once after 30 s, and recovers
 * from its log at the next start.
 */
export async function stopPostmaster(cluster: string, postmaster: Postmaster): Promise<void> {
  const { pid } = postmaster
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isPostmasterOf(pid, cluster)) return
    process.kill(pid, signal)
    for (const deadline = Date.now() + STOP_TIMEOUT; Date.now() < deadline; await sleep(POLL)) {
      if (!isPostmasterOf(pid, cluster)) return
    }
  }
}
