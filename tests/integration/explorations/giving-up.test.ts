import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST as cancel } from '@/app/api/operator/jobs/cancellations/route'
import { authorizeExplorer, authorizeSite, type ExplorerAccess, type Viewer } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { readExploration } from '@/lib/explorations/data'
import { readMaterial } from '@/lib/explorations/material'
import { askExploration } from '@/lib/explorations/mutations'
import { explorationRequestSchema } from '@/lib/explorations/schema'
import { stopWaiting } from '@/lib/explorations/waiting/mutations'
import { explore } from '@/lib/jobs/explore'
import { LanguageShelf } from '@/lib/jobs/language-shelf'
import { queue, type Turn } from '@/lib/jobs/queue'
import { Attendance, quietModel } from '@/lib/jobs/quiet-model'
import { readJobs } from '@/lib/operations/jobs/data'
import { call, stranger } from '../server/classroom'
import { newPerson } from './person'

vi.setConfig({ testTimeout: 60_000 })

/** Longer than work goes on before it looks whether somebody waits. */
const longRun = 3000

const shelf = new LanguageShelf(async () => {})
let access: ExplorerAccess
let operator: Viewer
let runs: number
let onRun: () => Promise<void>

beforeAll(async () => {
  await queue()
  access = await authorizeExplorer(await newPerson(true))
  operator = await stranger()
  await staffDatabase.user.update({ where: { id: operator.userId }, data: { operator: true } })
})
beforeEach(async () => {
  await databasePool().query('DELETE FROM graphile_worker._private_jobs')
  runs = 0
  onRun = async () => {}
})
afterAll(() => shelf.close())

/** Its models take long, and say when they begin. */
const slowShelf = {
  withModel: <Result>(name: string, work: Parameters<LanguageShelf['withModel']>[1]) =>
    shelf.withModel(name, (model) =>
      work(
        quietModel(model, async () => {
          runs++
          if (runs > 1) return
          await onRun()
          await sleep(longRun)
        }),
      ),
    ) as Promise<Result>,
} as unknown as LanguageShelf
const room = { shelf: slowShelf, attendance: new Attendance(), signal: new AbortController().signal }

/** Ten sentences, each a run of the model, that a worker has taken. */
async function askForRuns(waiter: string): Promise<{ readonly id: string; readonly turn: Turn }> {
  const { sentences } = await readMaterial()
  const compared = sentences.map((sentence, index) =>
    index === 0 ? { ...sentence, text: `${sentence.text}${randomUUID().slice(0, 8)}` } : sentence,
  )
  const request = { kind: 'embedding-similarity', model: 'bert-small-mlm', sentences: compared }
  const id = await askExploration(access, explorationRequestSchema.parse(request), waiter)
  const { rows } = await databasePool().query<Turn>(
    `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'test', attempts = 1 WHERE key = $1
     RETURNING payload, key, priority, attempts, max_attempts, flags`,
    [`exploration:${id}`],
  )
  return { id, turn: { ...rows[0]!, task_identifier: 'explore' } }
}

const jobs = async () => {
  const { rows } = await databasePool().query<{ key: string; attempts: number }>(
    'SELECT key, attempts FROM graphile_worker.jobs WHERE key IS NOT NULL AND locked_at IS NULL',
  )
  return rows
}

describe('an exploration under way', () => {
  it('is given up before its next run when whoever waited has gone', async () => {
    const waiter = randomUUID()
    const { id, turn } = await askForRuns(waiter)
    onRun = () => stopWaiting(id, waiter)
    await explore(id, room, turn)
    expect(runs).toBe(1)
    expect(await readExploration(access, id)).toBeNull()
  })

  it('goes on for whoever else waits', async () => {
    const waiter = randomUUID()
    const { id, turn } = await askForRuns(waiter)
    await staffDatabase.explorationWaiter.create({
      data: { id: randomUUID(), explorationId: id, until: new Date(Date.now() + 60_000) },
    })
    onRun = () => stopWaiting(id, waiter)
    await explore(id, room, turn)
    expect(runs).toBe(10)
    expect(await readExploration(access, id)).toMatchObject({ status: 'ready' })
  })

  it('is there again for somebody who asks while it is being given up', async () => {
    const waiter = randomUUID()
    const { id, turn } = await askForRuns(waiter)
    onRun = async () => {
      await stopWaiting(id, waiter)
      await sleep(longRun)
      await staffDatabase.explorationWaiter.create({
        data: { id: randomUUID(), explorationId: id, until: new Date(Date.now() + 60_000) },
      })
    }
    await explore(id, room, turn)
    expect(runs).toBe(1)
    expect(await readExploration(access, id)).toEqual({ explorationId: id, status: 'queued' })
    expect(await jobs()).toEqual([{ key: `exploration:${id}`, attempts: 0 }])
  })

  it('is seen and stopped by operators, and its page is told so', async () => {
    const { id, turn } = await askForRuns(randomUUID())
    const key = `exploration:${id}`
    const seen = async () => {
      const given = await authorizeSite(operator, 'operations.read')
      const { lines } = await readJobs(given, { state: 'running', kind: 'exploration', course: undefined })
      return lines.find((line) => line.key === key)
    }
    onRun = async () => {
      expect(await seen()).toMatchObject({ cancelable: true, about: 'embedding-similarity · bert-small-mlm' })
      const response = await call(cancel, 'POST', operator, { body: { keys: [key] } })
      expect(await response.json()).toEqual({ changed: 1 })
    }
    await explore(id, room, turn)
    expect(runs).toBe(1)
    expect(await readExploration(access, id)).toMatchObject({ status: 'failed', code: 'stopped' })
    expect(await seen()).toBeUndefined()
  })

  it('that waits is taken out of the queue by operators', async () => {
    const request = { kind: 'attention', model: 'tiny', sentence: `Word ${randomUUID()}.` }
    const id = await askExploration(access, explorationRequestSchema.parse(request), randomUUID())
    await call(cancel, 'POST', operator, { body: { keys: [`exploration:${id}`] } })
    expect(await jobs()).toEqual([])
    expect(await readExploration(access, id)).toMatchObject({ status: 'failed', code: 'stopped' })
  })
})
