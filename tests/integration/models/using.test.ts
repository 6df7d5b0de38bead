import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as postCheck } from '@/app/api/assignments/[assignmentId]/key-checks/route'
import { authorizeAssignment, authorizeQuestion, type Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { encodeGraph } from '@/lib/explainers/onnx/graph-encoding'
import { publishQuestion } from '@/lib/questions/mutations'
import { newVersionSchema } from '@/lib/questions/schema'
import { readEvidenceOverview } from '@/lib/verification/data'
import { tinyGraph } from '../../unit/explainers/onnx/tiny-classifier'
import { type Classroom, call, openClassroom, question } from '../server/classroom'
import { until, WorkerProcess } from '../server/worker-process'
import { ModelDesk, storedObjects } from './uploaded'

vi.setConfig({ testTimeout: 180_000 })

const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-models-'))
let room: Classroom
let instructor: Viewer
let desk: ModelDesk
let worker: WorkerProcess

beforeAll(async () => {
  process.env.VITRINE_DATA = folder
  room = await openClassroom([question(1), question(2)])
  instructor = await room.enrol('INSTRUCTOR')
  desk = new ModelDesk(room.courseSlug, instructor)
  worker = new WorkerProcess()
})
afterAll(async () => {
  await worker.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

const classes = ['one', 'two', 'three', ...Array.from({ length: 8 }, (_, place) => `other ${place}`)]

async function addModel(name: string): Promise<void> {
  await desk.upload(name, encodeGraph(tinyGraph({ side: 32, classes: 11 })))
  await until(async () => (await desk.read(name)).status === 'details', worker)
  await desk.describe(name, { classes })
  await until(async () => (await desk.read(name)).status === 'ready', worker)
}

describe('a question about an uploaded model', () => {
  it('has its figure drawn and its key checked by that model, which then cannot be removed', async () => {
    await addModel('tiny')
    const { id: questionId } = await staffDatabase.question.findFirstOrThrow({
      where: { assignmentId: room.assignmentId, slug: 'q01' },
    })
    const { content, key } = room.document.questions[0]!
    const claim = (subject: string) => ({ op: 'highest', of: 'kind', subject })
    const version = newVersionSchema.parse({
      basedOn: 1,
      content,
      key: {
        q01: {
          ...key.q01!,
          evidence: {
            kind: 'claims',
            measurements: { kind: { measure: 'layer-kind', layer: 0 } },
            claims: { a: claim('Conv2d'), b: claim('ReLU'), c: claim('BatchNorm2d'), d: claim('Linear') },
          },
        },
      },
      figureSpec: {
        layout: 'maps',
        model: 'tiny',
        pictures: [0],
        methods: ['lime', 'saliency', 'smooth-grad', 'integrated-gradients'],
        parameters: { lime: { samples: 20 }, 'smooth-grad': { samples: 4 } },
      },
    })
    const where = { questionId }
    await publishQuestion(await authorizeQuestion(instructor, where, 'question.edit'), version)
    const figure = async () =>
      (
        await staffDatabase.questionVersion.findFirstOrThrow({
          where: { questionId, version: 2 },
          include: { figureRequest: { include: { figure: true } } },
        })
      ).figureRequest
    await until(async () => ['READY', 'FAILED'].includes((await figure())?.status ?? ''), worker)
    expect(await figure()).toMatchObject({ status: 'READY', error: null })

    const params = { assignmentId: room.assignmentId }
    await call(postCheck, 'POST', instructor, { params, body: { seeds: 1, partIds: ['q01'] } })
    const overview = async () =>
      readEvidenceOverview(await authorizeAssignment(instructor, params, 'evidence.read'))
    await until(async () => (await overview()).parts[0]?.verdict !== null, worker)
    expect((await overview()).parts[0]?.verdict).toMatchObject({
      verdict: 'supported',
      models: [{ name: 'tiny' }],
    })

    expect((await desk.read('tiny')).uses).toBe(1)
    for (const refused of [
      await desk.remove('tiny'),
      await desk.describe('tiny', { classes: classes.toReversed() }),
    ])
      expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'model-in-use' }])
    expect((await desk.describe('tiny', { classes, note: 'For question 1.' })).status).toBe(200)
    expect(await desk.read('tiny')).toMatchObject({ status: 'ready', details: { note: 'For question 1.' } })
  })
})

describe('a model that no question is about', () => {
  it('is removed with its files, with a line in the history for everything that was done', async () => {
    const before = await storedObjects()
    await addModel('unused')
    expect((await storedObjects()).length).toBeGreaterThanOrEqual(before.length)
    expect((await desk.remove('unused')).status).toBe(200)
    // The same files as of the model above: one object, which stays for it.
    expect(await storedObjects()).toEqual(before)
    expect((await desk.read('tiny')).status).toBe('ready')
    const actions = await staffDatabase.auditEvent.findMany({
      where: { subject: `course:${room.courseId}` },
      orderBy: { id: 'desc' },
      take: 3,
      select: { action: true },
    })
    expect(actions.map(({ action }) => action)).toEqual(['model.remove', 'model.describe', 'model.add'])
  })
})
