import { type AddressInfo, createServer, type Socket } from 'node:net'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { GET as getHealth } from '@/app/api/health/route'
import { GET as getReady } from '@/app/api/ready/route'
import { databasePool } from '@/lib/database/pool'
import { call } from './classroom'

const shared = globalThis as typeof globalThis & { vitrineDraining?: boolean; vitrinePool?: pg.Pool }

afterEach(() => {
  shared.vitrineDraining = undefined
})

async function ask(): Promise<{ ready: number; body: unknown; health: number }> {
  const ready = await call(getReady, 'GET', null)
  const health = await call(getHealth, 'GET', null)
  return { ready: ready.status, body: await ready.json(), health: health.status }
}

/** As if the database of this process were at another port. */
async function withDatabaseAt(port: number, work: () => Promise<void>): Promise<void> {
  const own = databasePool()
  const away = new pg.Pool({ host: '127.0.0.1', port, user: 'nobody', database: 'none' })
  shared.vitrinePool = away
  try {
    await work()
  } finally {
    shared.vitrinePool = own
  }
}

describe('a web process', () => {
  it('is ready when the database answers and has every migration, also of a newer version', async () => {
    expect(await ask()).toEqual({
      ready: 200,
      body: { ready: true, draining: false, database: true, migrated: true },
      health: 200,
    })
    await databasePool().query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101_newer', now())`,
    )
    expect((await ask()).ready).toBe(200)
  })

  it('is not ready while a migration of its own is missing or failed; it lives', async () => {
    const latest = `(SELECT max(migration_name) FROM _prisma_migrations WHERE id <> 'x')`
    await databasePool().query(
      `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = ${latest}`,
    )
    expect(await ask()).toMatchObject({ ready: 503, body: { migrated: false, database: true }, health: 200 })
    await databasePool().query(`UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL`)
    expect((await ask()).ready).toBe(200)
  })

  it('is not ready while it drains; it lives', async () => {
    shared.vitrineDraining = true
    expect(await ask()).toMatchObject({ ready: 503, body: { draining: true }, health: 200 })
  })

  it('is not ready while the database is away, or takes connections and is silent; it lives', async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => sockets.push(socket))
    const port = await new Promise<number>((resolve) => {
      silent.listen(0, '127.0.0.1', () => resolve((silent.address() as AddressInfo).port))
    })
    const isAway = async () => {
      const body = { ready: false, draining: false, database: false, migrated: false }
      expect(await ask()).toEqual({ ready: 503, body, health: 200 })
      expect(await (await call(getHealth, 'GET', null)).json()).toMatchObject({ status: 'down' })
    }
    await withDatabaseAt(port, isAway)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => silent.close(resolve))
    await withDatabaseAt(port, isAway)
    expect((await ask()).ready).toBe(200)
  })
})
