import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DELETE as withdraw } from '@/app/api/courses/[courseSlug]/figure-previews/[requestId]/route'
import { POST as ask } from '@/app/api/courses/[courseSlug]/figure-previews/route'
import { GET as getStates } from '@/app/api/figures/route'
import { authorizeCourse, type Viewer } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { type FigureSpecInput, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { prunePreviews } from '@/lib/figure-previews/mutations'
import type { Preview } from '@/lib/figure-previews/view'
import { ensureFigures } from '@/lib/figures/mutations'
import { copyBundledPicture } from '@/lib/pictures/service'
import { type Classroom, call, openClassroom, question } from './classroom'
import { until, WorkerProcess } from './worker-process'

// A process starts and computes here, perhaps beside others.
vi.setConfig({ testTimeout: 180_000 })

const quick = (picture: number): FigureSpecInput => ({
  layout: 'maps',
  pictures: [picture],
  methods: ['saliency'],
})

let worker: WorkerProcess | undefined

beforeEach(async () => {
  await staffDatabase.course.deleteMany()
  await staffDatabase.figureRequest.deleteMany()
})
afterEach(() => worker?.end('SIGKILL'))

const post = (room: Classroom, viewer: Viewer, spec: unknown) =>
  call(ask, 'POST', viewer, { params: { courseSlug: room.courseSlug }, body: { spec } })

async function askFor(room: Classroom, viewer: Viewer, spec: FigureSpecInput): Promise<string> {
  const response = await post(room, viewer, spec)
  expect(response.status).toBe(200)
  return ((await response.json()) as Preview).requestId
}

async function cancel(room: Classroom, viewer: Viewer, requestId: string): Promise<boolean> {
  const params = { courseSlug: room.courseSlug, requestId }
  const response = await call(withdraw, 'DELETE', viewer, { params })
  expect(response.status).toBe(200)
  return ((await response.json()) as { stopped: boolean }).stopped
}

const requestExists = async (id: string) => (await staffDatabase.figureRequest.count({ where: { id } })) === 1
async function jobExists(requestId: string): Promise<boolean> {
  const { rowCount } = await databasePool().query('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
    `preview:${requestId}`,
  ])
  return rowCount === 1
}

describe('a preview', () => {
  it('is a request like a question’s, shared, and seen by staff of its course alone', async () => {
    const [room, elsewhere] = [await openClassroom(), await openClassroom()]
    const author = await room.enrol('INSTRUCTOR')
    const requestId = await askFor(room, author, quick(1))
    expect(await askFor(room, author, { ...quick(1), seed: 16 } as FigureSpecInput)).toBe(requestId)
    expect(await jobExists(requestId)).toBe(true)
    const query = `?request=${requestId}`
    const look = async (viewer: Viewer) => (await call(getStates, 'GET', viewer, { query })).status
    expect(await look(author)).toBe(200)
    expect(await look(await room.enrol('TA'))).toBe(200)
    expect(await look(await room.enrol('STUDENT'))).toBe(404)
    const foreign = await elsewhere.enrol('INSTRUCTOR')
    expect(await look(foreign)).toBe(404)
    expect(await cancel(elsewhere, foreign, requestId)).toBe(false)
    expect(await requestExists(requestId)).toBe(true)
    // The figure is the same one, and whoever asks for it may see it.
    expect(await askFor(elsewhere, foreign, quick(1))).toBe(requestId)
    expect(await look(foreign)).toBe(200)
  })

  it('of something that is not there is refused with the reason', async () => {
    const room = await openClassroom()
    const author = await room.enrol('INSTRUCTOR')
    const spec = { layout: 'filter-pair', pictures: [0], layer: 0, filter: 5000 }
    const response = await post(room, author, spec)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      code: 'figure-impossible',
      reason: { zh: expect.stringContaining('filter'), en: expect.stringContaining('filter') },
    })
    expect(await staffDatabase.figureRequest.count()).toBe(0)
  })

  it('shows the course’s own pictures, and nobody else’s', async () => {
    const [room, elsewhere] = [await openClassroom(), await openClassroom()]
    const author = await room.enrol('INSTRUCTOR')
    const access = await authorizeCourse(author, room.courseSlug, 'picture.edit')
    const { pictureId } = await copyBundledPicture(access, 3)
    const spec: FigureSpecInput = { layout: 'maps', pictures: [pictureId], methods: ['saliency'] }
    await askFor(room, author, spec)
    const refused = await post(elsewhere, await elsewhere.enrol('INSTRUCTOR'), spec)
    expect(refused.status).toBe(404)
  })

  it('is cancelled in the queue when the last who wants it cancels, and never while a question shows it', async () => {
    const room = await openClassroom([question(1, { figure: figureSpecSchema.parse(quick(2)) })])
    const [one, other] = [await room.enrol('INSTRUCTOR'), await room.enrol('INSTRUCTOR')]
    const requestId = await askFor(room, one, quick(1))
    await askFor(room, other, quick(1))
    expect(await cancel(room, one, requestId)).toBe(false)
    expect(await cancel(room, one, requestId)).toBe(false)
    expect(await requestExists(requestId)).toBe(true)
    expect(await cancel(room, other, requestId)).toBe(true)
    expect(await requestExists(requestId)).toBe(false)
    expect(await jobExists(requestId)).toBe(false)

    await ensureFigures()
    const shown = await askFor(room, one, quick(2))
    expect(await cancel(room, one, shown)).toBe(false)
    expect(await requestExists(shown)).toBe(true)
  })

  it('waits with two others of the same person at most', async () => {
    const room = await openClassroom()
    const author = await room.enrol('INSTRUCTOR')
    const requests = [await askFor(room, author, quick(1)), await askFor(room, author, quick(2))]
    requests.push(await askFor(room, author, quick(3)))
    const refused = await post(room, author, quick(4))
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({ code: 'preview-limit', most: 3 })
    expect(await askFor(room, author, quick(3))).toBe(requests[2])
    expect(await cancel(room, author, requests[0]!)).toBe(true)
    await askFor(room, author, quick(4))
    await askFor(room, await room.enrol('INSTRUCTOR'), quick(5))
  })

  it('is cancelled while it is computed, between two batches, and the next one is drawn', async () => {
    const room = await openClassroom()
    const author = await room.enrol('INSTRUCTOR')
    const long = await askFor(room, author, {
      layout: 'maps',
      pictures: [0],
      methods: ['lime'],
      parameters: { lime: { samples: 20_000 } },
    })
    worker = new WorkerProcess()
    const running = worker
    await until(async () => {
      const request = await staffDatabase.figureRequest.findUnique({ where: { id: long } })
      return request?.status === 'COMPUTING' && request.done > 0
    }, running)
    expect(await cancel(room, author, long)).toBe(true)
    const next = await askFor(room, author, quick(1))
    await until(async () => running.lines('preview cancelled').length === 1, running)
    await until(async () => {
      const request = await staffDatabase.figureRequest.findUnique({ where: { id: next } })
      return request?.status === 'READY'
    }, running)
    expect(running.lines('figure failed')).toEqual([])
    expect(running.lines('evidence computed').map(({ method }) => method)).toEqual(['saliency'])
    expect(await requestExists(long)).toBe(false)
  })
})

describe('old previews', () => {
  it('go with their figures and evidence, unless something else is made of them', async () => {
    const room = await openClassroom()
    const author = await room.enrol('INSTRUCTOR')
    const [old, fresh] = [await askFor(room, author, quick(1)), await askFor(room, author, quick(2))]
    const evidence = async (id: string) => {
      const data = { id, requestId: id, manifest: {}, measurements: {}, seconds: 1 }
      await staffDatabase.evidence.create({ data })
    }
    for (const id of ['alone', 'shared']) await evidence(`${room.courseId} ${id}`)
    const draw = async (requestId: string, ids: readonly string[]) => {
      const pieces = ids.map((id) => ({ id: `${room.courseId} ${id}` }))
      const manifest = { spec: {}, drawing: 1, evidence: pieces }
      const figure = { id: `figure of ${requestId}`, manifest, document: {} }
      await staffDatabase.figureRequest.update({
        where: { id: requestId },
        data: { status: 'READY', figure: { create: figure } },
      })
    }
    await draw(old, ['alone', 'shared'])
    await draw(fresh, ['shared'])
    expect(await prunePreviews()).toBe(0)
    await staffDatabase.figurePreview.updateMany({
      where: { requestId: old },
      data: { createdAt: new Date(Date.now() - 31 * 86_400_000) },
    })
    expect(await prunePreviews()).toBe(1)
    expect(await requestExists(old)).toBe(false)
    expect(await requestExists(fresh)).toBe(true)
    const left = await staffDatabase.evidence.findMany({ where: { id: { startsWith: room.courseId } } })
    expect(left.map(({ id }) => id)).toEqual([`${room.courseId} shared`])
  })
})
