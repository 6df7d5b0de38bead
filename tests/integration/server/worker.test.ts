import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST as postAsk } from '@/app/api/figure-requests/[requestId]/route'
import { GET as getAsset } from '@/app/api/figures/[figureId]/assets/[name]/route'
import { GET as getFigure } from '@/app/api/figures/[figureId]/route'
import { GET as getStates } from '@/app/api/figures/route'
import { GET as getHealth } from '@/app/api/health/route'
import { GET as getPointing } from '@/app/api/questions/[questionId]/pointing-games/route'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { type FigureSpecInput, figureSpecSchema } from '@/lib/explainers/figures/spec'
import type { FigureState, FigureView } from '@/lib/figures/view'
import { call, openClassroom, question, stranger } from './classroom'
import { until, WorkerProcess } from './worker-process'

// Processes start and compute here, perhaps beside others.
vi.setConfig({ testTimeout: 180_000 })

const workers: WorkerProcess[] = []
let pictures = ''

function startWorker(): WorkerProcess {
  const worker = new WorkerProcess(['--pictures', pictures])
  workers.push(worker)
  return worker
}

beforeEach(async () => {
  await staffDatabase.course.deleteMany()
  await staffDatabase.figureRequest.deleteMany()
  await staffDatabase.evidence.deleteMany()
  pictures = mkdtempSync(path.join(tmpdir(), 'vitrine-pictures-'))
  cpSync('public/pictures', pictures, { recursive: true })
})

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.end('SIGKILL')))
  rmSync(pictures, { recursive: true, force: true })
})

const spec = (input: FigureSpecInput) => figureSpecSchema.parse(input)
const quick = (picture: number) => spec({ layout: 'maps', pictures: [picture], methods: ['saliency'] })

async function requestOf(assignmentId: string, slug: string) {
  const version = await staffDatabase.questionVersion.findFirstOrThrow({
    where: { question: { assignmentId, slug } },
    include: { figureRequest: true },
  })
  return version.figureRequest
}

describe('the worker', () => {
  it('killed in the middle, takes the figure up again at once and computes nothing twice', async () => {
    const room = await openClassroom([
      question(1, {
        figure: spec({ layout: 'maps', pictures: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], methods: ['saliency'] }),
      }),
    ])
    const first = startWorker()
    await until(async () => (await staffDatabase.evidence.count()) >= 2, first)
    await first.end('SIGKILL')
    const finished = await staffDatabase.evidence.findMany()
    expect((await requestOf(room.assignmentId, 'q01'))?.status).toBe('COMPUTING')
    expect(finished.length).toBeLessThan(10)

    const second = startWorker()
    await until(async () => (await requestOf(room.assignmentId, 'q01'))?.status === 'READY', second)
    const repeated = second.lines('evidence computed').map((line) => line.evidenceRequest)
    expect(repeated).toHaveLength(10 - finished.length)
    for (const evidence of finished) expect(repeated).not.toContain(evidence.requestId)
    expect(await staffDatabase.evidence.count()).toBe(10)
  })

  it('beside another shares the figures, and what both need is computed once', async () => {
    const pictures = [0, 1, 2, 3, 4, 5]
    const room = await openClassroom([
      question(1, { figure: spec({ layout: 'maps', pictures, methods: ['saliency'] }) }),
      question(2, { figure: spec({ layout: 'scale-comparison', pictures }) }),
    ])
    const both = [startWorker(), startWorker()] as const
    for (const slug of ['q01', 'q02'])
      await until(async () => (await requestOf(room.assignmentId, slug))?.status === 'READY', both[0])
    // The line comes after what it tells.
    const drawn = () => both.flatMap((worker) => worker.lines('figure drawn'))
    await until(async () => drawn().length >= 2, both[0])
    const computed = both.flatMap((worker) => worker.lines('evidence computed'))
    expect(computed.map((line) => line.evidenceRequest)).toHaveLength(pictures.length)
    expect(new Set(computed.map((line) => line.evidenceRequest)).size).toBe(pictures.length)
    expect(drawn()).toHaveLength(2)
  })

  it('goes on with what another had begun when it was killed', async () => {
    const room = await openClassroom([
      question(1, {
        figure: spec({
          layout: 'maps',
          pictures: [4, 5],
          methods: ['smooth-grad'],
          parameters: { 'smooth-grad': { samples: 150 } },
        }),
      }),
    ])
    const first = startWorker()
    await until(async () => (await requestOf(room.assignmentId, 'q01'))?.step === 'noisy-copies', first)
    first.freeze() // so that it cannot have finished before the other one has come
    const second = startWorker()
    await until(async () => (await staffDatabase.worker.count({ where: { kind: 'figures' } })) === 2, second)
    await first.end('SIGKILL')
    await until(async () => (await requestOf(room.assignmentId, 'q01'))?.status === 'READY', second)
    expect(second.lines('figure drawn')).toHaveLength(1)
    // The dead one is crossed off the list that operators read.
    await until(async () => (await staffDatabase.worker.count({ where: { kind: 'figures' } })) === 1, second)
  })

  it('stopped politely, puts its work back, and ends', async () => {
    const room = await openClassroom([
      question(1, { figure: spec({ layout: 'maps', pictures: [6], methods: ['smooth-grad'] }) }),
    ])
    const worker = startWorker()
    await until(async () => {
      const request = await requestOf(room.assignmentId, 'q01')
      return request?.step === 'noisy-copies' && request.done > 0
    }, worker)
    await worker.end('SIGTERM')
    expect((await requestOf(room.assignmentId, 'q01'))?.status).toBe('QUEUED')
    // Nothing has failed: however often workers are replaced, the figure is not given up.
    const { rows } = await databasePool().query(
      `SELECT attempts, run_at <= now() AS due FROM graphile_worker.jobs WHERE task_identifier = 'draw-figure'`,
    )
    expect(rows).toEqual([{ attempts: 0, due: true }])
  })

  it('a damaged picture fails its own figures only, in words, and a repaired one is drawn at the next start', async () => {
    const file = path.join(pictures, '3.png')
    const whole = readFileSync(file)
    writeFileSync(file, whole.subarray(0, 200))
    const room = await openClassroom([question(1, { figure: quick(3) }), question(2, { figure: quick(7) })])
    const worker = startWorker()
    await until(async () => (await requestOf(room.assignmentId, 'q02'))?.status === 'READY', worker)
    const failed = await requestOf(room.assignmentId, 'q01')
    expect(failed).toMatchObject({ status: 'FAILED', error: { code: 'picture-damaged', subject: '3.png' } })

    const student = await room.enrol('STUDENT')
    const response = await call(getStates, 'GET', student, { query: `?request=${failed!.id}` })
    const { figures } = (await response.json()) as { figures: FigureState[] }
    expect(figures).toEqual([
      {
        requestId: failed!.id,
        status: 'failed',
        code: 'picture-damaged',
        message: { zh: expect.stringContaining('3.png'), en: expect.stringContaining('3.png') },
      },
    ])
    expect(JSON.stringify(figures)).not.toContain(pictures)
    expect(worker.lines('figure failed')).toHaveLength(1)

    await worker.end('SIGTERM')
    writeFileSync(file, whole)
    const second = startWorker()
    await until(async () => (await requestOf(room.assignmentId, 'q01'))?.status === 'READY', second)
  })

  it('draws in the order of the questions, serves what it drew to members only, and is seen to live', async () => {
    const room = await openClassroom([
      question(2, { figure: quick(8) }),
      question(1, { figure: quick(9) }),
      question(3),
    ])
    const student = await room.enrol('STUDENT')
    expect(await (await call(getHealth, 'GET', null)).json()).toMatchObject({
      status: 'degraded',
      worker: false,
    })
    const worker = startWorker()
    await until(async () => (await requestOf(room.assignmentId, 'q01'))?.status === 'READY', worker)
    expect(await (await call(getHealth, 'GET', null)).json()).toMatchObject({ status: 'ok', worker: true })
    // The order in the assignment counts, not the slug: q02 comes first here.
    const drawn = worker.lines('figure drawn').map((line) => line.figureRequest)
    expect(drawn[0]).toBe((await requestOf(room.assignmentId, 'q02'))?.id)

    const request = await requestOf(room.assignmentId, 'q02')
    const query = `?request=${request!.id}`
    expect((await call(getStates, 'GET', await stranger(), { query })).status).toBe(404)
    expect((await call(getStates, 'GET', null, { query })).status).toBe(401)
    const states = (await (await call(getStates, 'GET', student, { query })).json()) as {
      figures: FigureState[]
    }
    expect(states.figures[0]).toMatchObject({ status: 'ready', figureId: request!.figureId })

    const params = { figureId: request!.figureId! }
    expect((await call(getFigure, 'GET', await stranger(), { params })).status).toBe(404)
    const response = await call(getFigure, 'GET', student, { params })
    expect(response.headers.get('cache-control')).toContain('immutable')
    const figure = (await response.json()) as FigureView
    expect(figure.seconds).toBeGreaterThan(0)
    const panel = figure.document.groups
      .flatMap((group) => group.panels)
      .find((each) => each.kind === 'image')
    const name = panel?.kind === 'image' ? panel.asset : ''
    const asset = await call(getAsset, 'GET', student, { params: { ...params, name } })
    expect(
      Buffer.from(await asset.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    const tag = asset.headers.get('etag')!
    const again = await call(getAsset, 'GET', student, {
      params: { ...params, name },
      headers: { 'if-none-match': tag },
    })
    expect(again.status).toBe(304)
    expect((await call(getAsset, 'GET', student, { params: { ...params, name: 'none.png' } })).status).toBe(
      404,
    )
  })

  it('draws what a language model makes of a text, without pictures, and stores it under its manifest', async () => {
    const sentence = 'The police officer is kind.'
    const room = await openClassroom([
      question(1, { figure: spec({ layout: 'attention-heads', sentence, head: 12, layers: [7] }) }),
      question(2, { figure: spec({ layout: 'masked-words', sentence, at: 'she' }) }),
    ])
    const worker = startWorker()
    await until(async () => (await requestOf(room.assignmentId, 'q02'))?.status === 'FAILED', worker)
    expect((await requestOf(room.assignmentId, 'q02'))?.error).toEqual({
      code: 'invalid-parameter',
      subject: 'she',
    })
    const drawn = await requestOf(room.assignmentId, 'q01')
    expect(drawn?.status).toBe('READY')
    const student = await room.enrol('STUDENT')
    const response = await call(getFigure, 'GET', student, { params: { figureId: drawn!.figureId! } })
    const { document, manifest } = (await response.json()) as FigureView
    expect(document.groups[0]!.panels[0]).toMatchObject({
      kind: 'attention',
      tokens: ['[CLS]', 'The', 'police', 'officer', 'is', 'kind', '.', '[SEP]'],
    })
    const evidence = await staffDatabase.evidence.findUniqueOrThrow({
      where: { id: manifest.evidence[0]!.id },
      include: { arrays: { select: { name: true } } },
    })
    expect(evidence.arrays.map(({ name }) => name).sort()).toEqual([
      'attentions',
      'hidden_states',
      'measures',
    ])
  })

  it('tests the maps of a figure when somebody asks, and only then', async () => {
    const room = await openClassroom([
      question(1, { figure: quick(9) }),
      question(2, { figure: spec({ layout: 'masked-words', sentence: 'It is kind.', at: 'kind' }) }),
    ])
    const worker = startWorker()
    await until(async () => (await requestOf(room.assignmentId, 'q02'))?.status === 'READY', worker)
    const testsOf = async (slug: string) => {
      const where = { question: { assignmentId: room.assignmentId, slug } }
      return (await staffDatabase.questionVersion.findFirstOrThrow({ where })).trustRequestId
    }
    expect(await testsOf('q02')).toBeNull()
    const requestId = (await testsOf('q01'))!
    const read = () => staffDatabase.figureRequest.findUnique({ where: { id: requestId } })
    expect(await read()).toBeNull()

    const student = await room.enrol('STUDENT')
    const asked = { params: { requestId } }
    expect((await call(postAsk, 'POST', await stranger(), asked)).status).toBe(404)
    for (let times = 0; times < 2; times++)
      expect((await call(postAsk, 'POST', student, asked)).status).toBe(200)
    await until(async () => (await read())?.status === 'READY', worker)
    const { figureId } = (await read())!
    const response = await call(getFigure, 'GET', student, { params: { figureId: figureId! } })
    const { document, manifest } = (await response.json()) as FigureView
    expect(document.groups[0]!.panels[0]).toMatchObject({ kind: 'table' })
    expect(manifest.evidence[0]!.manifest).toMatchObject({ method: 'trust-saliency', seed: 16 })
    expect(JSON.stringify(document)).not.toMatch(/soup|湯/i)

    const { id: questionId } = await staffDatabase.question.findFirstOrThrow({
      where: { assignmentId: room.assignmentId, slug: 'q01' },
    })
    const ta = await room.enrol('TA')
    const pointing = await (await call(getPointing, 'GET', ta, { params: { questionId } })).json()
    expect(pointing).toMatchObject({
      games: [{ map: { en: 'Picture 9, Saliency map' }, object: { en: 'soup' }, chance: expect.any(Number) }],
    })
    // What is there is not computed again.
    await call(postAsk, 'POST', student, asked)
    expect(
      worker.lines('evidence computed').filter(({ method }) => method === 'trust-saliency'),
    ).toHaveLength(1)
  })
})
