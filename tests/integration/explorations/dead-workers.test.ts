import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { authorizeExplorer, type ExplorerAccess } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { environment } from '@/lib/environment'
import { readExploration } from '@/lib/explorations/data'
import { askExploration, beginExploration } from '@/lib/explorations/mutations'
import { explorationRequestSchema } from '@/lib/explorations/schema'
import { releaseDeadWorkers } from '@/lib/jobs/dead-workers'
import { openLockConnection } from '@/lib/jobs/lock-connection'
import { giveSignOfLife } from '@/lib/jobs/sign-of-life'
import { newPerson } from './person'

let access: ExplorerAccess
beforeAll(async () => {
  access = await authorizeExplorer(await newPerson(true))
})

/** An exploration that a pool has taken, as graphile-worker notes it, and begun. */
async function begun(pool: string, { attempts = 1, secondsAgo = 60 } = {}): Promise<string> {
  const sentence = `Word ${randomUUID()}.`
  const request = explorationRequestSchema.parse({ kind: 'attention', model: 'tiny', sentence })
  const id = await askExploration(access, request, randomUUID())
  await databasePool().query(
    `UPDATE graphile_worker._private_jobs
     SET locked_by = $2, locked_at = now() - make_interval(secs => $3), attempts = $4 WHERE key = $1`,
    [`exploration:${id}`, pool, secondsAgo, attempts],
  )
  expect(await beginExploration(id)).not.toBeNull()
  return id
}

async function jobOf(id: string) {
  const { rows } = await databasePool().query<{ locked_by: string | null; is_available: boolean }>(
    'SELECT locked_by, is_available FROM graphile_worker._private_jobs WHERE key = $1',
    [`exploration:${id}`],
  )
  return rows[0]
}

describe('what a worker had begun', () => {
  it('is taken back when it dies, and not a moment before', async () => {
    const pool = `pool-${randomUUID()}`
    const life = await openLockConnection(environment().DATABASE_URL, 'test')
    await giveSignOfLife(life, 'explorations', pool)
    const id = await begun(pool)
    expect(await releaseDeadWorkers('explorations')).toBe(0)
    expect(await beginExploration(id)).toBeNull()

    await life.close()
    expect(await life.lost).toBeInstanceOf(Error)
    expect(await releaseDeadWorkers('explorations')).toBe(1)
    expect(await jobOf(id)).toEqual({ locked_by: null, is_available: true })
    expect(await readExploration(access, id)).toEqual({ explorationId: id, status: 'queued' })
    expect(await beginExploration(id)).not.toBeNull()
  })

  it('stays with a pool that was named only just now', async () => {
    const id = await begun(`pool-${randomUUID()}`, { secondsAgo: 1 })
    expect(await releaseDeadWorkers('explorations')).toBe(0)
    expect((await jobOf(id))?.locked_by).toMatch(/^pool-/)
  })

  it('is given up when worker after worker dies of it', async () => {
    const id = await begun(`pool-${randomUUID()}`, { attempts: 3 })
    expect(await releaseDeadWorkers('explorations')).toBe(1)
    expect(await readExploration(access, id)).toMatchObject({ status: 'failed', code: 'internal' })
    expect(await jobOf(id)).toEqual({ locked_by: null, is_available: false })
  })
})
