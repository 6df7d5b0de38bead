import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { databasePool } from '@/lib/database/pool'
import { ReplayTimes } from '@/lib/database/replay-times'
import { watchPool } from '@/lib/database/watched-pool'
import { watchStatements } from '@/lib/database/watched-statements'
import { environment, slowStatementMs } from '@/lib/environment'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'

/** Runs statements; which server answers is another's choice. */
export type Reader = Pick<pg.Pool, 'query'>

export interface Reading<Value> {
  readonly value: Value
  /** The moment that it shows, where that is more than two seconds ago; null: now. */
  readonly asOf: Date | null
}

/** `current`: everything that was committed before it was asked for. `recent`: what happened ten seconds ago at least. */
export type Freshness = 'current' | 'recent'

/** Milliseconds that a reader waits for the replica to catch up. */
const WAIT = 250
const POLL = 15
const TOLERATED = 10_000
/** A delay that somebody who looks at a class would notice. */
const NOTICED = 2_000
/** Milliseconds for which a replica that failed is left alone. */
const REST = 5_000
/** Milliseconds for one statement. */
const PATIENCE = 10_000

class Replica {
  readonly pool: pg.Pool
  readonly #times = new ReplayTimes(TOLERATED)
  #checked = false
  #restsUntil = 0
  #inUse = true

  constructor(url: string, connections: number) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: 1_000,
      query_timeout: PATIENCE,
    })
    this.pool.on('error', () => {})
    const slowerThan = slowStatementMs()
    this.pool.on('connect', (client) => {
      client.on('error', () => {})
      watchStatements(client, slowerThan)
    })
    watchPool(this.pool)
  }

  /** @returns null where the replica is away or too far behind: the primary has to be asked then. */
  async read<Value>(
    read: (from: Reader) => Promise<Value>,
    freshness: Freshness,
  ): Promise<Reading<Value> | null> {
    const at = Date.now()
    if (at < this.#restsUntil) return null
    // The primary's own failure is nobody else's.
    const wanted = await positionOf(databasePool(), 'pg_current_wal_flush_lsn()')
    this.#times.note(wanted, at)
    try {
      if (!this.#checked) await this.#check()
      const replayed = await this.#waitFor(wanted)
      const moment = replayed >= wanted ? at : this.#times.momentOf(replayed)
      const delay = moment === undefined ? null : Date.now() - moment
      if (delay !== null) metrics().replicaDelay.set(moment === at ? 0 : delay / 1000)
      if (delay === null || delay > TOLERATED || (freshness === 'current' && moment !== at)) {
        if (freshness === 'recent')
          this.#leave('the replica is too far behind: the primary is asked', { delay })
        return null
      }
      const value = await read(this.pool)
      if (!this.#inUse) log.info('the replica is asked again')
      this.#inUse = true
      return { value, asOf: delay > NOTICED ? new Date(moment!) : null }
    } catch (error) {
      this.#restsUntil = Date.now() + REST
      this.#checked = false
      this.#leave('the replica does not answer as one: the primary is asked', { error })
      return null
    }
  }

  /** Once for every time that it is left, not for every reader. */
  #leave(message: string, facts: object): void {
    if (this.#inUse) log.warn(facts, message)
    this.#inUse = false
  }

  /** @throws Error when the address is another database's, or of a replica that has become a primary. */
  async #check(): Promise<void> {
    const identity =
      'SELECT system_identifier::text AS id, current_database() AS name FROM pg_control_system()'
    const [own, other] = await Promise.all([databasePool().query(identity), this.pool.query(identity)])
    if (JSON.stringify(own.rows) !== JSON.stringify(other.rows))
      throw new Error('DATABASE_REPLICA_URL is not of a replica of the database at DATABASE_URL')
    this.#checked = true
  }

  /** @returns how far it has replayed: to the position, or not after `WAIT`. */
  async #waitFor(wanted: bigint): Promise<bigint> {
    for (const deadline = performance.now() + WAIT; ; await sleep(POLL)) {
      const { rows } = await this.pool.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby')
      if (!rows[0]?.standby) throw new Error('DATABASE_REPLICA_URL is not of a standby')
      const replayed = await positionOf(this.pool, 'pg_last_wal_replay_lsn()')
      if (replayed >= wanted || performance.now() >= deadline) return replayed
    }
  }
}

async function positionOf(server: Reader, position: string): Promise<bigint> {
  const { rows } = await server.query<{ bytes: string }>(
    `SELECT pg_wal_lsn_diff(${position}, '0/0')::text AS bytes`,
  )
  return BigInt(rows[0]!.bytes)
}

const shared = globalThis as typeof globalThis & { vitrineReplica?: Replica }

/**
 * Runs the statements of a dashboard on the replica at DATABASE_REPLICA_URL, so that the primary keeps its time for who
 * answers. A `recent` reader takes what the replica has, if it is not more than ten seconds old, and is told the moment; a
 * `current` one sees everything that was committed before, its own writes too. Where the replica cannot give that, or is
 * away, the primary is asked, and the log says so; without a setting it always is.
 * @param read may be run twice: once on the replica, and once more on the primary
 */
export async function readAside<Value>(
  read: (from: Reader) => Promise<Value>,
  freshness: Freshness = 'recent',
): Promise<Reading<Value>> {
  const { DATABASE_REPLICA_URL, VITRINE_DATABASE_CONNECTIONS } = environment()
  if (DATABASE_REPLICA_URL !== undefined) {
    shared.vitrineReplica ??= new Replica(DATABASE_REPLICA_URL, VITRINE_DATABASE_CONNECTIONS)
    const reading = await shared.vitrineReplica.read(read, freshness)
    if (reading) return reading
    if (freshness === 'recent') metrics().replicaMisses.inc()
  }
  return { value: await read(databasePool()), asOf: null }
}

/** Closes the connections to the replica, for tests that want to end. */
export async function closeReplica(): Promise<void> {
  const replica = shared.vitrineReplica
  shared.vitrineReplica = undefined
  await replica?.pool.end()
}
