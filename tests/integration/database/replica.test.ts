import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { authorizeAssignment } from '@/lib/auth/gate'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { applyMigrations } from '@/lib/database/migrations'
import { closeDatabasePool, databasePool } from '@/lib/database/pool'
import { closeReplica, type Freshness, type Reader, readAside } from '@/lib/database/replica'
import { environment } from '@/lib/environment'
import { metrics } from '@/lib/metrics/metrics'
import { readScoreboard } from '@/lib/scoreboard/data'
import { openClassroom } from '../server/classroom'
import { Standby } from './standby'

let folder: string
let primary: EmbeddedDatabase
let standby: Standby

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-replica-'))
  chmodSync(folder, 0o711)
  primary = await openEmbeddedDatabase(folder)
  await applyMigrations(process.cwd(), primary.url)
  standby = await Standby.open(folder, primary)
  Object.assign(process.env, { DATABASE_URL: primary.url, DATABASE_REPLICA_URL: standby.url })
  await databasePool().query('CREATE TABLE "Note" (text text)')
})
afterEach(() => vi.useRealTimers())
afterAll(async () => {
  await closeReplica()
  await closeDatabasePool()
  await standby?.stop()
  await primary?.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = (text: string) => databasePool().query('INSERT INTO "Note" VALUES ($1)', [text])

const look = (freshness?: Freshness) =>
  readAside(async (from: Reader) => {
    const { rows } = await from.query<{ standby: boolean; texts: string[] }>(
      `SELECT pg_is_in_recovery() AS standby, array(SELECT text FROM "Note") AS texts`,
    )
    return rows[0]!
  }, freshness)

/** As if time had passed; timers go on. */
function later(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
}

describe('what dashboards read', () => {
  it('comes from the replica, and shows what was committed before it was asked for', async () => {
    for (const text of ['a', 'b', 'c']) {
      await write(text)
      const { value, asOf } = await look('current')
      expect(value.standby).toBe(true)
      expect(value.texts).toContain(text)
      expect(asOf).toBeNull()
    }
  })

  it('may be some seconds old, and then says so; what has to be current comes from the primary', async () => {
    await look()
    await standby.replay('pause')
    await write('unseen')
    const soon = await look()
    expect(soon.value.standby).toBe(true)
    expect(soon.value.texts).not.toContain('unseen')
    expect(soon.asOf).toBeNull()

    later(4_000)
    const behind = await look()
    expect(behind.value.standby).toBe(true)
    expect(behind.value.texts).not.toContain('unseen')
    expect(Date.now() - behind.asOf!.getTime()).toBeGreaterThan(3_000)

    const current = await look('current')
    expect(current.value).toMatchObject({ standby: false, texts: expect.arrayContaining(['unseen']) })
    expect(current.asOf).toBeNull()

    later(20_000)
    expect((await look()).value.standby).toBe(false)
    await standby.replay('resume')
    await vi.waitFor(async () => expect((await look()).value.standby).toBe(true), 10_000)
    expect((await look()).value.texts).toContain('unseen')
  })

  it('comes from the primary while the replica is away, and from the replica when it is back', async () => {
    const misses = async () => (await metrics().replicaMisses.get()).values[0]?.value ?? 0
    const before = await misses()
    await standby.stop()
    expect((await look()).value.standby).toBe(false)
    expect((await look()).value.texts).toContain('unseen')
    expect(await misses()).toBe(before + 2)
    await standby.start()
    later(6_000)
    await vi.waitFor(async () => {
      later(6_000)
      expect((await look()).value.standby).toBe(true)
    }, 20_000)
  })

  it('never comes from a server that is no replica of this database', async () => {
    const own = process.env.DATABASE_REPLICA_URL
    await closeReplica()
    const settings = environment() as { DATABASE_REPLICA_URL?: string }
    for (const url of [primary.url, standby.url.replace(/\/vitrine$/, '/postgres')]) {
      settings.DATABASE_REPLICA_URL = url
      expect((await look()).value.standby).toBe(false)
      await closeReplica()
    }
    settings.DATABASE_REPLICA_URL = own
    expect((await look()).value.standby).toBe(true)
  })

  it('is the scoreboard: with the moment that it shows', async () => {
    const room = await openClassroom()
    const staff = await room.enrol('TA')
    const access = await authorizeAssignment(
      staff,
      { assignmentId: room.assignmentId },
      'assignment.overview',
    )
    const board = await readScoreboard(access)
    expect(board.asOf).toBeNull()
    const students = board.students.length
    await standby.replay('pause')
    await room.enrol('STUDENT')
    later(5_000)
    const behind = await readScoreboard(access)
    expect(behind.students.length).toBe(students)
    expect(Date.parse(behind.asOf!)).toBeLessThan(Date.parse(behind.at))
    expect((await readScoreboard(access, undefined, 'current')).students.length).toBe(students + 1)
    await standby.replay('resume')
  })
})
