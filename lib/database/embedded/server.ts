import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { generatedSecret, prepareDataFolder } from '@/lib/data-folder'
import {
  checkClusterVersion,
  createCluster,
  EmbeddedDatabaseError,
  findInstallation,
  type Installation,
} from '@/lib/database/embedded/installation'
import {
  findPostmaster,
  type Postmaster,
  startPostmaster,
  stopPostmaster,
} from '@/lib/database/embedded/postmaster'
import { findFreePort } from '@/lib/free-port'

/**
 * The embedded database: PostgreSQL from npm on files in the data folder, reachable on 127.0.0.1 with a generated
 * password. Several processes may have it open at once; the last to close it stops the server.
 */

const DATABASE = 'vitrine'
const OWNER = 'vitrine'
const SUPERUSER = 'postgres'
/** Advisory lock that every process holds, shared, while it uses the server. */
const LEASE = 7_310_001
/** Advisory lock for making the role and the database. */
const BOOTSTRAP = 7_310_002
const ATTEMPTS = 200
const PAUSE = 100
const MIGRATION_MINUTES = 10

export interface EmbeddedDatabase {
  /** With the password: for the environment of children, never for arguments. */
  readonly url: string
  readonly port: number
  readonly postmaster: () => Postmaster
  /**
   * Runs `work` with the address of a role that exists only meanwhile. Prisma's command line shows its address to every
   * user of the machine, as an argument of its engine; that one is worth nothing a moment later.
   */
  readonly withPassingCredentials: <Result>(work: (url: string) => Promise<Result>) => Promise<Result>
  /** Ends the use; stops the server when nobody else uses it. */
  readonly close: () => Promise<void>
}

export interface EmbeddedDatabaseOptions {
  /** PostgreSQL's configuration parameters; tests turn fsync off with them. */
  readonly settings?: Readonly<Record<string, string>>
  /** Told when the server was lost and is running again, and when it could not be brought back. */
  readonly onEvent?: (event: { readonly kind: 'restarted' | 'lost'; readonly message: string }) => void
}

function address(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`
}

class Server {
  private readonly cluster: string
  private readonly superuserPassword: string
  private readonly ownerPassword: string
  private lease: pg.Client | undefined
  private running: Postmaster | undefined
  private closing = false

  private constructor(
    private readonly installation: Installation,
    folder: string,
    dataFolder: string,
    private readonly options: EmbeddedDatabaseOptions,
  ) {
    this.cluster = path.join(folder, 'cluster')
    this.superuserPassword = generatedSecret(dataFolder, 'database-superuser')
    this.ownerPassword = generatedSecret(dataFolder, 'database')
  }

  static async open(dataFolder: string, options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
    prepareDataFolder(dataFolder)
    const folder = path.join(dataFolder, 'database')
    const installation = findInstallation(dataFolder, folder)
    if (!existsSync(folder)) {
      mkdirSync(folder, { mode: 0o700 })
      if (installation.account) chownSync(folder, installation.account.uid, installation.account.gid)
    }
    const server = new Server(installation, folder, dataFolder, options)
    if (!existsSync(server.cluster)) createCluster(installation, server.cluster, server.superuserPassword)
    checkClusterVersion(installation, server.cluster)
    const { port } = await server.connect(undefined)
    return {
      url: address(OWNER, server.ownerPassword, port, DATABASE),
      port,
      postmaster: () => server.running ?? { pid: 0, port },
      withPassingCredentials: (work) => server.withPassingCredentials(work),
      close: () => server.close(),
    }
  }

  /** Adopts the server that runs, or starts one, and takes the lease on it. `port` is a must when given. */
  private async connect(port: number | undefined): Promise<Postmaster> {
    let wanted = port
    for (let attempt = 1; ; attempt += 1) {
      let postmaster = await findPostmaster(this.cluster)
      let started = false
      if (!postmaster) {
        wanted ??= await findFreePort()
        const result = await startPostmaster(this.installation, this.cluster, wanted, this.options.settings)
        if ('failure' in result) {
          if (result.failure === 'port-in-use') wanted = port
          const raced = await findPostmaster(this.cluster) // another process may have started it just now
          if (!raced && (result.failure === 'other' || attempt >= ATTEMPTS)) {
            throw new EmbeddedDatabaseError(`PostgreSQL did not start:\n${result.log}`)
          }
          postmaster = raced
        } else {
          postmaster = result.postmaster
          started = true
        }
      }
      try {
        if (postmaster && (await this.takeLease(postmaster, attempt >= ATTEMPTS))) {
          this.running = postmaster
          return postmaster
        }
      } catch (error) {
        if (postmaster && started) await stopPostmaster(this.cluster, postmaster)
        throw error
      }
      await sleep(PAUSE)
    }
  }

  /** False where the server went away meanwhile. */
  private async takeLease(postmaster: Postmaster, last: boolean): Promise<boolean> {
    const client = new pg.Client({
      connectionString: address(SUPERUSER, this.superuserPassword, postmaster.port, 'postgres'),
      application_name: 'vitrine lease',
      keepAlive: true,
    })
    client.on('error', () => {}) // 'end' follows
    try {
      await client.connect()
      await client.query('SELECT pg_advisory_lock_shared($1)', [LEASE])
      await this.bootstrap(client)
    } catch (error) {
      await client.end().catch(() => {})
      const code = (error as { code?: string }).code
      if (code === '28P01') {
        throw new EmbeddedDatabaseError(
          `The database in ${this.cluster} does not take the password in secrets/database-superuser. ` +
            'Put back the secrets folder that belongs to it.',
        )
      }
      if (last) throw error
      return false
    }
    this.lease = client
    client.once('end', () => {
      if (this.lease === client && !this.closing) void this.recover(postmaster.port)
    })
    return true
  }

  private async bootstrap(client: pg.Client): Promise<void> {
    await client.query('SELECT pg_advisory_lock($1)', [BOOTSTRAP])
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [OWNER])
    const verb = role.rowCount ? 'ALTER' : 'CREATE'
    await client.query(
      `${verb} ROLE ${OWNER} LOGIN CREATEDB PASSWORD ${client.escapeLiteral(this.ownerPassword)}`,
    )
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (!database.rowCount) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`)
    await client.query('SELECT pg_advisory_unlock($1)', [BOOTSTRAP])
  }

  /** The server died: brings it back on the same port, which others know, and lets PostgreSQL replay its log. */
  private async recover(port: number): Promise<void> {
    this.lease = undefined
    try {
      await this.connect(port)
      this.options.onEvent?.({ kind: 'restarted', message: 'The database had stopped and is running again.' })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.options.onEvent?.({ kind: 'lost', message })
    }
  }

  private async withPassingCredentials<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
    if (!this.lease || !this.running) throw new EmbeddedDatabaseError('The embedded database is not open.')
    const client = this.lease
    const role = `migration_${randomBytes(6).toString('hex')}`
    const password = randomBytes(24).toString('hex')
    const until = new Date(Date.now() + MIGRATION_MINUTES * 60_000).toISOString()
    await client.query(
      `CREATE ROLE ${role} LOGIN PASSWORD '${password}' VALID UNTIL '${until}' IN ROLE ${OWNER}`,
    )
    try {
      // Whatever it creates belongs to the owner.
      await client.query(`ALTER ROLE ${role} SET role = '${OWNER}'`)
      return await work(address(role, password, this.running.port, DATABASE))
    } finally {
      await client.query(`DROP ROLE ${role}`)
    }
  }

  private async close(): Promise<void> {
    if (this.closing) return
    this.closing = true
    const { lease, running } = this
    if (!lease || !running) return
    await lease.query('SELECT pg_advisory_unlock_shared($1)', [LEASE])
    const alone = await lease.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [LEASE])
    // The lock is held until the server has gone, so that nobody takes a lease on a server that is stopping.
    if (alone.rows[0]?.alone) await stopPostmaster(this.cluster, running)
    else await lease.end()
  }
}

/**
 * Opens the embedded database below `dataFolder`, which is made at first use. A server left behind by a killed Vitrine
 * is adopted; one that was killed itself is started again and recovers.
 *
 * @throws EmbeddedDatabaseError saying what to do where it cannot run
 */
export function openEmbeddedDatabase(
  dataFolder: string,
  options: EmbeddedDatabaseOptions = {},
): Promise<EmbeddedDatabase> {
  return Server.open(path.resolve(dataFolder), options)
}
