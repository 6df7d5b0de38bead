import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/courses/[courseSlug]/model-pulls/route'
import { databasePool } from '@/lib/database/pool'
import { writeTinyBert } from '../../unit/explainers/language/tiny-bert'
import { FakeHub, wholeOrRest } from '../../unit/models/fake-hub'
import { call, openClassroom } from '../server/classroom'
import { until, WorkerProcess } from '../server/worker-process'
import { ModelDesk } from './uploaded'

vi.setConfig({ testTimeout: 120_000 })

const repository = 'someone/tiny-bert'
const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-killed-pull-'))
const source = path.join(folder, 'source')
let hub: FakeHub
let worker: WorkerProcess | undefined

/** Asks for a pull, of which the Hub sends a part of one file and then nothing. @returns once it has sent that */
async function pullHalf(name: string, broken: string) {
  const room = await openClassroom()
  const instructor = await room.enrol('INSTRUCTOR')
  const half = new Promise<void>((resolve) => {
    hub.serve = (request, response, file, bytes) => {
      if (file !== broken) return wholeOrRest(request, response, file, bytes)
      response.write(bytes.subarray(0, 2000), () => resolve())
    }
  })
  worker = new WorkerProcess([], {}, 'bin/exploration-worker.ts')
  const params = { courseSlug: room.courseSlug }
  const body = { name, repository, revision: 'main' }
  expect((await call(POST, 'POST', instructor, { params, body })).status).toBe(200)
  await half
  return { desk: new ModelDesk(room.courseSlug, instructor), worker }
}

beforeAll(async () => {
  await writeTinyBert(source)
  hub = await FakeHub.open(repository, source)
  Object.assign(process.env, { VITRINE_DATA: folder, VITRINE_HUB: hub.address })
})
afterAll(async () => {
  delete process.env.VITRINE_HUB
  await worker?.end('SIGKILL')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

it('a pull whose worker is killed goes on with the next one where it was', async () => {
  const { desk, worker: killed } = await pullHalf('tiny', 'model.safetensors')
  const incoming = path.join(folder, 'cache/hub')
  const [id] = readdirSync(incoming)
  const weights = path.join(incoming, id!, 'tiny/model.safetensors')
  await until(async () => statSync(weights, { throwIfNoEntry: false })?.size === 2000, killed)
  await killed.end('SIGKILL')
  expect((await desk.read('tiny')).status).toBe('fetching')

  hub.mend()
  worker = new WorkerProcess([], {}, 'bin/exploration-worker.ts')
  await until(async () => (await desk.read('tiny')).status === 'checking', worker)
  expect(hub.asked).toEqual([{ file: 'model.safetensors', range: 'bytes=2000-' }])
  await until(async () => readdirSync(incoming).length === 0, worker)
  await worker.end('SIGTERM')
})

it('a worker that has lost its sign of life ends, however long its work would take', async () => {
  const { desk, worker: cutOff } = await pullHalf('other', 'config.json')
  await databasePool().query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vitrine exploration worker'`,
  )
  await until(async () => cutOff.hasEnded, cutOff)
  expect((await desk.read('other')).status).toBe('fetching')

  hub.mend()
  worker = new WorkerProcess([], {}, 'bin/exploration-worker.ts')
  await until(async () => (await desk.read('other')).status === 'checking', worker)
})
