import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '@/lib/free-port'

/** Keeps prepared statements by transactions. */
const OLDEST = '1.21'

/** @returns why the PgBouncer of this machine cannot be used; undefined: it can. */
export function whyNoPgBouncer(): string | undefined {
  const { error, stdout } = spawnSync('pgbouncer', ['--version'], { encoding: 'utf8' })
  if (error) return 'pgbouncer is not installed'
  const version = /PgBouncer (\d+)\.(\d+)/.exec(stdout) ?? ['', '0', '0']
  const [major, minor] = OLDEST.split('.').map(Number) as [number, number]
  const isNew = Number(version[1]) > major || (Number(version[1]) === major && Number(version[2]) >= minor)
  return isNew ? undefined : `pgbouncer is older than ${OLDEST}`
}

/** PgBouncer with our configuration, for one database. */
export class PgBouncer {
  private constructor(
    readonly url: string,
    private readonly program: ChildProcess,
    private readonly folder: string,
  ) {}

  /** @param connections to the database, that all share */
  static async open(databaseUrl: string, connections: number): Promise<PgBouncer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-pgbouncer-'))
    chmodSync(folder, 0o755) // started by root, it runs as another user
    const { hostname, port, pathname, username, password } = new URL(databaseUrl)
    const url = new URL(databaseUrl)
    url.port = String(await findFreePort())
    const database = pathname.slice(1)
    const users = path.join(folder, 'userlist.txt')
    const configuration = path.join(folder, 'pgbouncer.ini')
    writeFileSync(users, `"${username}" "${password}"\n`)
    // Of two values of a setting the later one counts.
    const own = [
      `listen_port = ${url.port}`,
      `auth_file = ${users}`,
      `default_pool_size = ${connections}`,
      'unix_socket_dir =',
      ...(process.getuid?.() === 0 ? ['user = nobody'] : []),
    ]
    const ours = readFileSync('deploy/pgbouncer.ini', 'utf8').replace(
      /^vitrine = .*$/m,
      `${database} = host=${hostname} port=${port} dbname=${database}`,
    )
    writeFileSync(configuration, [ours, ...own].join('\n'))
    const program = spawn('pgbouncer', ['--quiet', configuration], { stdio: 'ignore' })
    const bouncer = new PgBouncer(url.toString(), program, folder)
    for (const deadline = Date.now() + 10_000; !(await isListening(Number(url.port))); await sleep(50))
      if (Date.now() > deadline || program.exitCode !== null) {
        await bouncer.close()
        throw new Error('PgBouncer does not listen')
      }
    return bouncer
  }

  async close(): Promise<void> {
    if (this.program.exitCode === null) {
      const ended = new Promise((resolve) => this.program.once('exit', resolve))
      this.program.kill('SIGKILL')
      await ended
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => resolve(true))
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy())
  })
}
