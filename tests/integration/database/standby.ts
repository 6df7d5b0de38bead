import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { findInstallation } from '@/lib/database/embedded/installation'
import { type Postmaster, startPostmaster, stopPostmaster } from '@/lib/database/embedded/postmaster'
import type { EmbeddedDatabase } from '@/lib/database/embedded/server'
import { findFreePort } from '@/lib/free-port'

/** A streaming replica of an embedded database, made as pg_basebackup makes one, which npm's PostgreSQL does not have. */
export class Standby {
  readonly #cluster: string
  readonly #address: URL
  #postmaster: Postmaster | undefined

  private constructor(
    private readonly folder: string,
    private readonly primary: EmbeddedDatabase,
  ) {
    this.#cluster = path.join(folder, 'database/standby')
    this.#address = new URL(primary.url)
  }

  /** @param folder the primary's data folder, in which the standby's lies too */
  static async open(folder: string, primary: EmbeddedDatabase): Promise<Standby> {
    const standby = new Standby(folder, primary)
    await standby.#copy()
    await standby.start()
    return standby
  }

  /** Of the same account as the primary's. */
  get url(): string {
    this.#address.port = String(this.#postmaster!.port)
    return this.#address.toString()
  }

  get #superuser(): string {
    const password = readFileSync(path.join(this.folder, 'secrets/database-superuser'), 'utf8').trim()
    return `postgresql://postgres:${password}@127.0.0.1`
  }

  async #copy(): Promise<void> {
    const cluster = path.join(this.folder, 'database/cluster')
    const client = new pg.Client({ connectionString: `${this.#superuser}:${this.primary.port}/postgres` })
    await client.connect()
    try {
      await client.query("SELECT pg_backup_start('standby', true)")
      // With owner and modes, which PostgreSQL is strict about.
      const { status, stderr } = spawnSync('cp', ['-a', cluster, this.#cluster], { encoding: 'utf8' })
      if (status !== 0 && !/No such file/.test(stderr)) throw new Error(stderr)
      const { rows } = await client.query<{ labelfile: string }>(
        'SELECT labelfile FROM pg_backup_stop(false)',
      )
      rmSync(path.join(this.#cluster, 'postmaster.pid'))
      for (const [name, text] of [
        ['backup_label', rows[0]!.labelfile],
        ['standby.signal', ''],
      ] as const) {
        // A copy of a file of the cluster has the right owner.
        cpSync(path.join(this.#cluster, 'PG_VERSION'), path.join(this.#cluster, name))
        writeFileSync(path.join(this.#cluster, name), text)
      }
      spawnSync('chown', [
        '--reference',
        cluster,
        path.join(this.#cluster, 'backup_label'),
        path.join(this.#cluster, 'standby.signal'),
      ])
    } finally {
      await client.end()
    }
  }

  async start(): Promise<void> {
    const database = path.join(this.folder, 'database')
    const { username, password, port } = new URL(`${this.#superuser}:${this.primary.port}`)
    const settings = {
      primary_conninfo: `host=127.0.0.1 port=${port} user=${username} password=${password}`,
      hot_standby: 'on',
    }
    // Its address stays; before it has one, another program may take the port that was free.
    for (let attempt = 1; ; attempt += 1) {
      const own = this.#postmaster?.port ?? (await findFreePort())
      const installation = findInstallation(this.folder, database)
      const result = await startPostmaster(installation, this.#cluster, own, settings)
      if ('postmaster' in result) {
        this.#postmaster = result.postmaster
        return
      }
      if (result.failure !== 'port-in-use' || attempt === 20) throw new Error(result.log)
    }
  }

  async stop(): Promise<void> {
    if (this.#postmaster) await stopPostmaster(this.#cluster, this.#postmaster)
  }

  /** Stops or continues taking over what the primary commits. */
  async replay(verb: 'pause' | 'resume'): Promise<void> {
    const client = new pg.Client({
      connectionString: `${this.#superuser}:${this.#postmaster!.port}/postgres`,
    })
    await client.connect()
    await client.query(`SELECT pg_wal_replay_${verb}()`)
    while (verb === 'pause') {
      const { rows } = await client.query('SELECT pg_get_wal_replay_pause_state() AS state')
      if (rows[0].state === 'paused') break
    }
    await client.end()
  }
}
