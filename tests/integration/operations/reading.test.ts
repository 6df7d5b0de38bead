import { beforeEach, describe, expect, it } from 'vitest'
import { databasePool } from '@/lib/database/pool'
import { environment } from '@/lib/environment'
import { openLockConnection } from '@/lib/jobs/lock-connection'
import { registerWorker } from '@/lib/jobs/mutations'
import { drawFigureTask, enqueueFigures, enqueueKeyCheck, enqueueTests, queue } from '@/lib/jobs/queue'
import { giveSignOfLife } from '@/lib/jobs/sign-of-life'
import { readLivingWorkers, readQueue } from '@/lib/operations/data'

const change = (key: string, assignment: string) =>
  databasePool().query(`UPDATE graphile_worker._private_jobs SET ${assignment} WHERE key = $1`, [key])

beforeEach(async () => {
  await queue()
  await databasePool().query('DELETE FROM graphile_worker._private_jobs')
})

describe('the queue, as operators see it', () => {
  it('is counted by task, band and state, with the age of the oldest', async () => {
    await enqueueFigures(['a', 'b', 'c'].map((id) => ({ id, courseId: 'course' })))
    const tests = ['d', 'e'].map((id) => ({ id, courseId: 'course' }))
    await enqueueTests(tests, 'left')
    await enqueueKeyCheck({ id: 'run', courseId: 'course' })
    await change('figure:a', `created_at = now() - interval '90 s'`)
    await change('figure:c', `locked_at = now(), locked_by = 'somebody', attempts = 1`)
    await change('figure:d', `attempts = 3, run_at = now() + interval '1 h'`)
    await change('figure:e', `attempts = 1, run_at = now() + interval '1 h'`)
    const lines = await readQueue()
    expect(lines.map(({ oldestSeconds, ...line }) => line)).toEqual([
      { task: drawFigureTask, band: 'prepared', state: 'running', jobs: 1 },
      { task: drawFigureTask, band: 'prepared', state: 'waiting', jobs: 2 },
      { task: 'test-maps', band: 'left', state: 'given-up', jobs: 1 },
      { task: 'test-maps', band: 'left', state: 'retrying', jobs: 1 },
      { task: 'check-keys', band: 'upkeep', state: 'waiting', jobs: 1 },
    ])
    expect(lines[1]!.oldestSeconds).toBeGreaterThanOrEqual(90)
    expect(lines[0]!.oldestSeconds).toBeLessThan(90)
  })
})

describe('the list of workers', () => {
  it('has those that hold their sign of life, and no others', async () => {
    const entry = { kind: 'figures', host: 'here', processId: 7, version: '1.0.0' } as const
    const device = {
      provider: 'cpu',
      reason: 'no device',
      providers: [
        { provider: 'webgpu', obstacle: 'no driver' },
        { provider: 'cpu', obstacle: null },
      ],
    } as const
    await registerWorker({ pool: 'dead', ...entry }, device)
    await registerWorker({ pool: 'alive', ...entry }, device)
    const connection = await openLockConnection(environment().DATABASE_URL, 'test')
    await giveSignOfLife(connection, 'figures', 'alive')
    const startedAt = expect.any(Date)
    const living = await readLivingWorkers()
    expect(living).toEqual([
      { pool: 'alive', ...entry, ...device, speed: null, startedAt, seenAt: expect.any(Date) },
    ])
    expect(Math.abs(living[0]!.startedAt.getTime() - Date.now())).toBeLessThan(600_000)
    await connection.close()
    expect(await readLivingWorkers()).toEqual([])
  })
})
