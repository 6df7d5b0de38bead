import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { authorizeExplorer } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { askExploration } from '@/lib/explorations/mutations'
import { explorationRequestSchema } from '@/lib/explorations/schema'
import { queue } from '@/lib/jobs/queue'
import { until, WorkerProcess } from '../server/worker-process'
import { newPerson } from './person'

// Processes start here, perhaps beside others.
vi.setConfig({ testTimeout: 180_000 })

const workers: WorkerProcess[] = []
function startWorker(): WorkerProcess {
  const worker = new WorkerProcess([], { LOG_LEVEL: 'debug' }, 'bin/exploration-worker.ts')
  workers.push(worker)
  return worker
}

beforeEach(async () => {
  await queue()
  await databasePool().query('DELETE FROM graphile_worker._private_jobs')
})
afterAll(() => Promise.all(workers.map((worker) => worker.end('SIGKILL'))))

/** An exploration worker has two jobs under way at most. */
const underWay = 2

it('kill -9 of a worker loses no exploration, and repeats only what was under way', async () => {
  const access = await authorizeExplorer(await newPerson(true))
  const ids: string[] = []
  for (let asked = 0; asked < 60; asked++) {
    const request = {
      kind: 'attention',
      model: 'bert-small-mlm',
      sentence: `The police officer is popular with the residents of the old town, number ${asked}, ${randomUUID()}.`,
    }
    ids.push(await askExploration(access, explorationRequestSchema.parse(request), randomUUID()))
  }
  // Their pages go on asking.
  await databasePool().query(`UPDATE "ExplorationWaiter" SET until = now() + interval '1 hour'`)
  const count = (status: 'READY' | 'COMPUTING') =>
    staffDatabase.exploration.count({ where: { id: { in: ids }, status } })

  const first = startWorker()
  await until(async () => (await count('READY')) > 2, first)
  // In the middle of its work: what it has begun stays begun.
  first.freeze()
  const before = await count('READY')
  expect(before).toBeLessThan(ids.length)
  await first.end('SIGKILL')

  const second = startWorker()
  await until(async () => (await count('READY')) === ids.length, second)
  const explored = (worker: WorkerProcess) => worker.lines('explored').length
  expect(explored(second)).toBeGreaterThanOrEqual(ids.length - before - underWay)
  expect(explored(first) + explored(second)).toBeLessThanOrEqual(ids.length + underWay)
  await vi.waitFor(async () => {
    const { rows } = await databasePool().query('SELECT key FROM graphile_worker.jobs')
    expect(rows).toEqual([])
  }, 10_000)
})
