import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST as cancel } from '@/app/api/operator/jobs/cancellations/route'
import { POST as retry } from '@/app/api/operator/jobs/retries/route'
import { authorizeSite, type Viewer } from '@/lib/auth/gate'
import { noteBackup } from '@/lib/backup/mutations'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import { type FigureSpecInput, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { ensureFigures } from '@/lib/figures/mutations'
import { enqueueKeyCheck, enqueueVariant, queue } from '@/lib/jobs/queue'
import { readJobs } from '@/lib/operations/jobs/data'
import type { JobFilter } from '@/lib/operations/jobs/schema'
import { readOverview } from '@/lib/operations/overview/data'
import type { JobLine } from '@/lib/operations/view'
import { type Classroom, call, enrolIn, openClassroom, question, stranger } from '../server/classroom'
import { until, WorkerProcess } from '../server/worker-process'

// A process starts and computes here, perhaps beside others.
vi.setConfig({ testTimeout: 180_000 })

let room: Classroom
let operator: Viewer
let worker: WorkerProcess | undefined

const spec = (input: FigureSpecInput) => figureSpecSchema.parse(input)
const quick = (picture: number) => spec({ layout: 'maps', pictures: [picture], methods: ['saliency'] })

beforeEach(async () => {
  await queue()
  await databasePool().query('DELETE FROM graphile_worker._private_jobs')
  await staffDatabase.course.deleteMany()
  await staffDatabase.figureRequest.deleteMany()
  await staffDatabase.evidence.deleteMany()
  operator = await stranger()
  await staffDatabase.user.update({ where: { id: operator.userId }, data: { operator: true } })
})
afterEach(() => worker?.end('SIGKILL'))

const read = async (filter: Partial<JobFilter> = {}, viewer = operator) =>
  readJobs(await authorizeSite(viewer, 'operations.read'), {
    state: undefined,
    kind: undefined,
    course: undefined,
    ...filter,
  })
const change = async (what: typeof retry, keys: readonly string[]) => {
  const response = await call(what, 'POST', operator, { body: { keys } })
  expect(response.status).toBe(200)
  return ((await response.json()) as { changed: number }).changed
}
const alter = (key: string, assignment: string) =>
  databasePool().query(`UPDATE graphile_worker._private_jobs SET ${assignment} WHERE key = $1`, [key])
const statusOf = async (id: string) =>
  (await staffDatabase.figureRequest.findUniqueOrThrow({ where: { id } })).status
const history = async () =>
  (
    await staffDatabase.auditEvent.findMany({
      where: { actorId: operator.userId },
      orderBy: { id: 'asc' },
    })
  ).map(({ action, subject }) => `${action} ${subject}`)

async function openRoom(): Promise<[JobLine, JobLine]> {
  room = await openClassroom([question(1, { figure: quick(1) }), question(2, { figure: quick(2) })])
  await ensureFigures()
  const { lines } = await read({ kind: 'figure' })
  return lines as unknown as [JobLine, JobLine]
}

describe('the jobs that operators see', () => {
  it('name the question that they serve; a way to it is for staff of its course', async () => {
    const [first, second] = await openRoom()
    expect([first, second]).toMatchObject([
      { kind: 'figure', state: 'waiting', band: 'prepared', question: { assignment: 'hw', name: 'q01' } },
      { kind: 'figure', course: room.courseSlug, question: { assignment: 'hw', name: 'q02' } },
    ])
    expect(first.href).toBeNull()
    expect(JSON.stringify(first)).not.toContain('Question 1')
    await staffDatabase.enrollment.create({
      data: { userId: operator.userId, courseId: room.courseId, role: 'TA' },
    })
    expect((await read()).lines[0]?.href).toBe(`/courses/${room.courseSlug}/hw/staff/evidence`)
  })

  it('are chosen by state, kind and course, and counted all the same', async () => {
    const [first] = await openRoom()
    await enqueueKeyCheck({ id: 'run', courseId: room.courseId })
    await alter(first.key, `attempts = 3, last_error = 'cannot open /srv/models/a.onnx'`)
    const { lines, counts } = await read({ state: 'set-aside' })
    expect(lines).toMatchObject([{ key: first.key, error: 'cannot open a.onnx', retryable: true }])
    expect(counts).toEqual({ running: 0, waiting: 2, retrying: 0, 'set-aside': 1, failed: 0 })
    expect((await read({ kind: 'check' })).lines).toMatchObject([{ key: 'check:run', band: 'upkeep' }])
    expect((await read({ course: 'none' })).lines).toEqual([])
    expect((await read({ course: room.courseSlug })).lines).toHaveLength(3)
  })

  it('are for operators alone', async () => {
    await openRoom()
    const instructor = await enrolIn(room.courseId, 'INSTRUCTOR')
    await expect(read({}, instructor)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('retrying', () => {
  it('begins anew what was set aside, and what failed and has no job any more', async () => {
    const [aside, failed] = await openRoom()
    const [asideId, failedId] = [aside, failed].map(({ key }) => key.slice(7)) as [string, string]
    await alter(aside.key, 'attempts = 3')
    await databasePool().query('DELETE FROM graphile_worker._private_jobs WHERE key = $1', [failed.key])
    await staffDatabase.figureRequest.updateMany({
      where: { id: { in: [asideId, failedId] } },
      data: { status: 'FAILED', error: { code: 'model-missing', subject: 'none' } },
    })
    const { lines } = await read({ state: 'failed' })
    expect(lines).toMatchObject([
      { key: failed.key, question: { name: 'q02' }, failure: { en: expect.stringContaining('none') } },
    ])
    expect(await change(retry, [aside.key, failed.key, 'figure:none'])).toBe(2)
    expect((await read()).lines).toMatchObject([
      { state: 'waiting', attempts: 0 },
      { state: 'waiting', attempts: 0 },
    ])
    expect([await statusOf(asideId), await statusOf(failedId)]).toEqual(['QUEUED', 'QUEUED'])
    expect((await history()).sort()).toEqual(
      [`job.retry job:${aside.key}`, `job.retry job:${failed.key}`].sort(),
    )
    // What already waits is left alone.
    expect(await change(retry, [aside.key])).toBe(0)
  })

  it('begins a variant anew that could not be made', async () => {
    await openRoom()
    const base = await staffDatabase.questionVersion.findFirstOrThrow()
    const { id } = await staffDatabase.questionVariant.create({
      data: { baseId: base.id, substitution: [], status: 'FAILED' },
    })
    await enqueueVariant({ id, courseId: room.courseId })
    await alter(`variant:${id}`, 'attempts = 3')
    const { lines } = await read({ kind: 'variant' })
    expect(lines).toMatchObject([{ key: `variant:${id}`, state: 'set-aside', retryable: true }])
    expect(await change(retry, [`variant:${id}`])).toBe(1)
    expect(await staffDatabase.questionVariant.findUnique({ where: { id } })).toMatchObject({
      status: 'QUEUED',
    })
  })
})

describe('cancelling', () => {
  it('takes a job out of the queue and tells its page; only an operator brings it back', async () => {
    const [first] = await openRoom()
    const id = first.key.slice(7)
    expect(await change(cancel, [first.key])).toBe(1)
    expect(await change(cancel, [first.key])).toBe(0)
    expect(await statusOf(id)).toBe('FAILED')
    expect((await read({ state: 'failed' })).lines).toMatchObject([
      { key: first.key, failure: { en: expect.stringContaining('operator') } },
    ])
    await ensureFigures()
    expect(await statusOf(id)).toBe('FAILED')
    expect(await change(retry, [first.key])).toBe(1)
    expect(await statusOf(id)).toBe('QUEUED')
    expect(await history()).toEqual([`job.cancel job:${first.key}`, `job.retry job:${first.key}`])
  })

  it('ends a check that waits', async () => {
    room = await openClassroom()
    const { id } = await staffDatabase.keyCheckRun.create({ data: { assignmentId: room.assignmentId } })
    await enqueueKeyCheck({ id, courseId: room.courseId })
    expect(await change(cancel, [`check:${id}`])).toBe(1)
    expect(await staffDatabase.keyCheckRun.findUnique({ where: { id } })).toMatchObject({ status: 'FAILED' })
    expect((await read()).lines).toEqual([])
  })

  it('stops a figure under way between two batches, and the worker goes on with the next', async () => {
    room = await openClassroom([
      question(1, {
        figure: spec({
          layout: 'maps',
          pictures: [0],
          methods: ['lime'],
          parameters: { lime: { samples: 20_000 } },
        }),
      }),
      question(2, { figure: quick(1) }),
    ])
    worker = new WorkerProcess()
    const running = worker
    await until(async () => {
      const [job] = (await read({ state: 'running' })).lines
      return (job?.progress?.done ?? 0) > 0
    }, running)
    const [long] = (await read({ state: 'running' })).lines
    expect(long).toMatchObject({ cancelable: true, question: { name: 'q01' } })
    expect(long!.worker).toMatch(/:\d+$/)
    const overview = await readOverview(await authorizeSite(operator, 'operations.read'))
    expect(overview.workers).toMatchObject([
      { kind: 'figures', provider: 'cpu', jobs: [{ key: long!.key }], version: overview.version },
    ])
    expect(await change(cancel, [long!.key])).toBe(1)
    await until(async () => running.lines('figure stopped').length === 1, running)
    await until(async () => running.lines('figure drawn').length === 1, running)
    expect(running.lines('figure failed')).toEqual([])
    expect(await statusOf(long!.key.slice(7))).toBe('FAILED')
    expect((await read()).counts).toMatchObject({ running: 0, waiting: 0, 'set-aside': 0, failed: 1 })
  })
})

describe('the overview', () => {
  it('counts what waits, what is kept and what the database says, and knows the last backup', async () => {
    await openRoom()
    const look = async () => readOverview(await authorizeSite(operator, 'operations.read'))
    const before = await look()
    expect(before.queue.bands.find(({ band }) => band === 'prepared')).toMatchObject({ waiting: 2 })
    expect(before.database).toMatchObject({ lastBackupAt: null, version: expect.stringMatching(/^\d+/) })
    expect(before.database.connections).toBeGreaterThan(0)
    expect(before.database.tables.length).toBeGreaterThan(3)
    expect(before.disk.free).toBeGreaterThan(0)
    expect(before.stores.map(({ name }) => name)).toEqual(['evidence', 'figures', 'readings', 'explorations'])
    const codes = before.findings.map(({ code }) => code)
    expect(codes).toContain('no-figure-worker')
    expect(codes).toContain('no-backup')
    expect(JSON.stringify(before)).not.toContain(environment().NEXTAUTH_SECRET)

    const manifest = { createdAt: new Date().toISOString(), tables: [] }
    await noteBackup(environment().DATABASE_URL, manifest as unknown as Parameters<typeof noteBackup>[1])
    const after = await look()
    expect(Date.now() - Date.parse(after.database.lastBackupAt!)).toBeLessThan(600_000)
    expect(after.findings.map(({ code }) => code)).not.toContain('no-backup')
  })
})
