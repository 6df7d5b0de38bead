import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as getStates } from '@/app/api/figures/route'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { type FigureSpecInput, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { ensureFigures } from '@/lib/figures/mutations'
import type { FigureState } from '@/lib/figures/view'
import { noteAwaited, stepBackUnawaited } from '@/lib/jobs/awaited-figures'
import { bandOf } from '@/lib/jobs/fair-shares'
import {
  comeAgain,
  enqueueFigures,
  enqueueKeyCheck,
  enqueuePreview,
  enqueueTests,
  queue,
} from '@/lib/jobs/queue'
import { call, openClassroom, question } from './classroom'
import { until, WorkerProcess } from './worker-process'

// A process starts and computes here, perhaps beside others.
vi.setConfig({ testTimeout: 180_000 })

let worker: WorkerProcess | undefined

beforeEach(async () => {
  await queue()
  await databasePool().query('DELETE FROM graphile_worker._private_jobs')
  await staffDatabase.course.deleteMany()
  await staffDatabase.figureRequest.deleteMany()
})
afterEach(() => worker?.end('SIGKILL'))

const quick = (picture: number) =>
  figureSpecSchema.parse({ layout: 'maps', pictures: [picture], methods: ['saliency'] } as FigureSpecInput)

/** Keys of the jobs in the order in which a worker takes them. */
async function line(): Promise<string[]> {
  const { rows } = await databasePool().query<{ key: string }>(
    'SELECT key FROM graphile_worker.jobs WHERE locked_at IS NULL ORDER BY priority, run_at, id',
  )
  return rows.map(({ key }) => key)
}

async function jobOf(key: string) {
  const { rows } = await databasePool().query<{ priority: number; attempts: number }>(
    'SELECT priority, attempts FROM graphile_worker.jobs WHERE key = $1',
    [key],
  )
  return rows[0]!
}

const of = (courseId: string, ...ids: string[]) => ids.map((id) => ({ id, courseId }))
const requests = (...ids: string[]) =>
  staffDatabase.figureRequest.createMany({ data: ids.map((id) => ({ id, spec: {} })) })

describe('the line of jobs', () => {
  it('lets courses take turns, whoever came first and with however much', async () => {
    await enqueueFigures(of('one', 'a1', 'a2', 'a3', 'a4'))
    await enqueueFigures(of('other', 'b1', 'b2'))
    expect(await line()).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4'].map((id) => `figure:${id}`))
  })

  it('keeps everybody’s place when they are asked for again', async () => {
    await enqueueFigures(of('one', 'a1', 'a2'))
    await databasePool().query(
      `UPDATE graphile_worker._private_jobs SET attempts = 2 WHERE key = 'figure:a1'`,
    )
    const before = await jobOf('figure:a1')
    await enqueueFigures(of('one', 'a2', 'a1', 'a3'))
    expect(await jobOf('figure:a1')).toEqual(before)
    expect(await line()).toEqual(['figure:a1', 'figure:a2', 'figure:a3'])
  })

  it('begins a job that was given up anew when it is asked for again', async () => {
    await enqueueFigures(of('one', 'a1'))
    await databasePool().query(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = 'figure:a1'`,
    )
    await enqueueFigures(of('one', 'a1'))
    expect((await jobOf('figure:a1')).attempts).toBe(0)
  })

  it('has what somebody waits for before what is prepared, that before what nobody looks at, and checks last', async () => {
    await enqueueKeyCheck({ id: 'check', courseId: 'one' })
    await enqueueTests(of('one', 'left'), 'left')
    await enqueueFigures(of('one', 'prepared', 'awaited'))
    await requests('prepared', 'awaited')
    await enqueuePreview({ id: 'preview', courseId: 'one' })
    await noteAwaited(['awaited'])
    expect(await line()).toEqual([
      'figure:awaited',
      'preview:preview',
      'figure:prepared',
      'figure:left',
      'check:check',
    ])
  })

  it('sends back what nobody has waited for in a minute', async () => {
    const [seen, gone] = [randomUUID(), randomUUID()]
    await enqueueFigures(of('one', 'prepared', seen, gone))
    await requests('prepared', seen, gone)
    await noteAwaited([gone, seen])
    await stepBackUnawaited()
    expect(await line()).toEqual([`figure:${seen}`, `figure:${gone}`, 'figure:prepared'])
    await staffDatabase.figureRequest.update({
      where: { id: gone },
      data: { awaitedAt: new Date(Date.now() - 61_000) },
    })
    await stepBackUnawaited()
    expect(await line()).toEqual([`figure:${seen}`, 'figure:prepared', `figure:${gone}`])
  })

  it('takes a job that gave way back at its old place', async () => {
    await enqueueFigures(of('one', 'a1', 'a2'))
    const before = await line()
    const { rows } = await databasePool().query(
      `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'worker' WHERE key = 'figure:a1' RETURNING *`,
    )
    await comeAgain({ ...rows[0], task_identifier: 'draw-figure' })
    expect(await line()).toEqual(before)
  })

  it('moves the figures up before which pages wait', async () => {
    const room = await openClassroom([
      question(1, { figure: quick(1) }),
      question(2, { figure: quick(2) }),
      question(3, { figure: quick(3) }),
    ])
    await ensureFigures()
    const third = await staffDatabase.questionVersion.findFirstOrThrow({
      where: { question: { assignmentId: room.assignmentId, slug: 'q03' } },
    })
    const id = third.figureRequestId!
    expect((await line()).indexOf(`figure:${id}`)).toBe(2)
    const ask = async () => {
      const response = await call(getStates, 'GET', await room.enrol('STUDENT'), { query: `?request=${id}` })
      return ((await response.json()) as { figures: FigureState[] }).figures[0]
    }
    expect(await ask()).toMatchObject({ status: 'queued', ahead: 2 })
    expect((await line())[0]).toBe(`figure:${id}`)
    expect(bandOf((await jobOf(`figure:${id}`)).priority)).toBe('awaited')
    await vi.waitFor(async () => expect(await ask()).toMatchObject({ status: 'queued', ahead: 0 }), 5000)
  })

  it('sets a job aside with its error after three attempts, and goes on with the others meanwhile', async () => {
    const room = await openClassroom([question(1, { figure: quick(1) }), question(2, { figure: quick(2) })])
    await ensureFigures()
    const { figureRequestId: poison } = await staffDatabase.questionVersion.findFirstOrThrow({
      where: { question: { assignmentId: room.assignmentId, slug: 'q01' } },
    })
    // As a release would find it that cannot read what another has stored.
    await staffDatabase.figureRequest.update({ where: { id: poison! }, data: { spec: { layout: 'none' } } })
    worker = new WorkerProcess()
    const running = worker
    const request = async () => staffDatabase.figureRequest.findUniqueOrThrow({ where: { id: poison! } })
    await until(async () => running.lines('figure failed').length === 1, running)
    // It is told before it is written.
    await until(async () => (await request()).status === 'QUEUED', running)
    await until(async () => running.lines('figure drawn').length === 1, running)
    await until(async () => (await request()).status === 'FAILED', running)
    expect((await request()).error).toEqual({ code: 'internal', subject: '' })
    expect(running.lines('figure failed')).toHaveLength(3)
    await until(async () => {
      const { rows } = await databasePool().query<{ last_error: string | null }>(
        'SELECT last_error FROM graphile_worker.jobs WHERE key = $1 AND locked_at IS NULL AND attempts = 3',
        [`figure:${poison}`],
      )
      return rows[0]?.last_error?.includes('layout') === true
    }, running)
  })
})
