import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { databasePool } from '@/lib/database/pool'
import { environment } from '@/lib/environment'
import { ProviderFailure } from '@/lib/explainers/runtime/provider'
import { openLockConnection } from '@/lib/jobs/lock-connection'
import { drawFigureTask, enqueueFigures, queue } from '@/lib/jobs/queue'
import { runTasks } from '@/lib/jobs/task-runner'

vi.setConfig({ testTimeout: 60_000 })

let stop: AbortController
beforeEach(async () => {
  await queue()
  await databasePool().query('DELETE FROM graphile_worker._private_jobs')
  stop = new AbortController()
})
afterEach(() => vi.unstubAllEnvs())

/** Has one job worked on by a worker whose device fails at the first tries. @returns how often it was begun */
async function workWhileDeviceFails(failures: number, patience: () => Promise<unknown>): Promise<number> {
  let begun = 0
  const draw = async () => {
    begun += 1
    if (begun <= failures) throw new ProviderFailure('kserve', new Error('no connection'))
  }
  const connection = await openLockConnection(environment().DATABASE_URL, 'a test')
  const tasks = { [drawFigureTask]: draw }
  const running = runTasks({ kind: 'figures', tasks, concurrency: 1, connection, device: null }, stop.signal)
  await enqueueFigures([{ id: 'figure', courseId: 'course' }])
  await patience()
  stop.abort()
  await running
  await connection.close()
  return begun
}

const left = async () => {
  const { rows } = await databasePool().query<{ attempts: number }>(
    'SELECT attempts FROM graphile_worker.jobs',
  )
  return rows
}

it('a device that fails costs its figure no attempt, in however many workers it fails', async () => {
  const done = () => vi.waitFor(async () => expect(await left()).toEqual([]), 30_000)
  expect(await workWhileDeviceFails(4, done)).toBe(5)
})

it('the only device that is wanted may fail as often as anything else', async () => {
  vi.stubEnv('VITRINE_PROVIDER', 'kserve')
  const once = () =>
    vi
      .waitFor(async () => expect(await left()).toMatchObject([{ attempts: 1 }]), 10_000)
      .then(() => sleep(500))
  expect(await workWhileDeviceFails(4, once)).toBe(1)
})
