import { mkdtempSync, rmSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as propose } from '@/app/api/assignments/[assignmentId]/model-swaps/route'
import { GET as getStates } from '@/app/api/figures/route'
import { POST as apply } from '@/app/api/model-swaps/[swapId]/apply/route'
import { DELETE as discard, GET as read } from '@/app/api/model-swaps/[swapId]/route'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, authorizeQuestion, type Viewer } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { installedSources } from '@/lib/figures/installed-sources'
import { ensureFigures } from '@/lib/figures/mutations'
import { priorityOf } from '@/lib/jobs/fair-shares'
import type { Turn } from '@/lib/jobs/queue'
import { tryKeys } from '@/lib/jobs/try-keys'
import { readSwapOffers, readUsedModels } from '@/lib/model-swaps/data'
import type { SwapView } from '@/lib/model-swaps/view'
import { publishQuestion } from '@/lib/questions/mutations'
import { readEditedQuestion } from '@/lib/studio/data'
import { saveDraft } from '@/lib/studio/mutations'
import { type Classroom, call, openClassroom, question } from './classroom'

vi.setConfig({ testTimeout: 60_000 })

/** A second classifier: the bundled one under another name, as an installation adds it. */
const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-swap-'))
let room: Classroom
let instructor: Viewer
let ids: string[]

const highest = (subject: string) => ({ op: 'highest', of: 'kind', subject }) as const

/** About layer 21 of the model, a BatchNorm2d; `a` says so. */
function about(number: number, { correct = 'a', layer = 21, filter = 0 } = {}) {
  const plain = question(number, { correct: [correct] })
  const [partId] = Object.keys(plain.key) as [string]
  return {
    ...plain,
    key: {
      [partId]: {
        ...plain.key[partId]!,
        evidence: {
          kind: 'claims' as const,
          measurements: { kind: { measure: 'layer-kind' as const, layer } },
          claims: {
            a: highest('BatchNorm2d'),
            b: highest('ReLU'),
            c: highest('Conv2d'),
            d: highest('Linear'),
          },
        },
      },
    },
    figure: figureSpecSchema.parse({
      layout: 'layers-activation',
      pictures: [0],
      layers: [2],
      filter,
    }),
  }
}

beforeAll(async () => {
  process.env.VITRINE_DATA = folder
  await mkdir(path.join(folder, 'models'), { recursive: true })
  await cp(path.resolve('models/food-cnn'), path.join(folder, 'models/twin-cnn'), { recursive: true })
  room = await openClassroom([about(1), about(2, { correct: 'b' }), question(3)])
  instructor = await room.enrol('INSTRUCTOR')
  const questions = await staffDatabase.question.findMany({
    where: { assignmentId: room.assignmentId },
    orderBy: { position: 'asc' },
  })
  ids = questions.map(({ id }) => id)
  await ensureFigures()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const params = () => ({ assignmentId: room.assignmentId })
const post = (body: object, viewer = instructor) => call(propose, 'POST', viewer, { params: params(), body })
async function proposed(questionIds = ids.slice(0, 2)): Promise<string> {
  const response = await post({ from: 'food-cnn', to: 'twin-cnn', questionIds })
  expect(response.status).toBe(200)
  return ((await response.json()) as { swapId: string }).swapId
}
const view = async (swapId: string) =>
  (await (await call(read, 'GET', instructor, { params: { swapId } })).json()) as SwapView
const send = (swapId: string, body: object = {}) =>
  call(apply, 'POST', instructor, { params: { swapId }, body })
const take = (swapId: string) => call(discard, 'DELETE', instructor, { params: { swapId } })
const versions = () => staffDatabase.questionVersion.count({ where: { question: params() } })

/** As the worker does; the figures themselves are drawn elsewhere. */
async function compute(swapId: string): Promise<void> {
  const { id } = await staffDatabase.keyTrial.findUniqueOrThrow({ where: { swapId } })
  const turn: Turn = {
    task_identifier: 'try-keys',
    payload: {},
    key: null,
    priority: priorityOf('left'),
    attempts: 1,
    max_attempts: 3,
    flags: null,
  }
  await tryKeys(id, installedSources(), new AbortController().signal, turn)
  const rows = await staffDatabase.modelSwapQuestion.findMany({ where: { swapId } })
  for (const { figureRequestId } of rows)
    await staffDatabase.figureRequest.update({
      where: { id: figureRequestId },
      data: {
        status: 'READY',
        figure: {
          connectOrCreate: {
            where: { id: figureRequestId },
            create: { id: figureRequestId, manifest: { evidence: [] }, document: {} },
          },
        },
      },
    })
}
async function jobs(swapId: string): Promise<number> {
  const rows = await staffDatabase.modelSwapQuestion.findMany({ where: { swapId } })
  const { rowCount } = await databasePool().query('SELECT 1 FROM graphile_worker.jobs WHERE key = ANY($1)', [
    rows.map(({ figureRequestId }) => `preview:${figureRequestId}`),
  ])
  return rowCount ?? 0
}

describe('before anything is computed', () => {
  it('the models in use are listed with those of their kind', async () => {
    const access = await authorizeAssignment(instructor, params(), 'question.edit')
    expect(await readUsedModels(access)).toEqual([
      { name: 'food-cnn', questions: ['1', '2'], candidates: ['twin-cnn'] },
    ])
    const offers = await readSwapOffers(access, { from: 'food-cnn', to: 'twin-cnn' })
    expect(offers?.map(({ label, obstacles }) => [label, obstacles])).toEqual([
      ['1', []],
      ['2', []],
    ])
    expect(await readSwapOffers(access, { from: 'food-cnn', to: 'gone' })).toBeNull()
  })

  it('what cannot be, is refused with the reason by question', async () => {
    const other = await openClassroom([about(1, { layer: 400 }), about(2, { filter: 900 })])
    const teacher = await other.enrol('INSTRUCTOR')
    const found = await staffDatabase.question.findMany({ where: { assignmentId: other.assignmentId } })
    const response = await call(propose, 'POST', teacher, {
      params: { assignmentId: other.assignmentId },
      body: { from: 'food-cnn', to: 'twin-cnn', questionIds: found.map(({ id }) => id) },
    })
    expect(response.status).toBe(422)
    const { obstacles } = (await response.json()) as {
      obstacles: { label: string; reasons: { en: string }[] }[]
    }
    expect(obstacles.map(({ label }) => label).sort()).toEqual(['1', '2'])
    expect(JSON.stringify(obstacles)).toContain('It is about layer 400; this model has')
    expect(await staffDatabase.modelSwap.count({ where: { assignmentId: other.assignmentId } })).toBe(0)
    expect((await post({ from: 'food-cnn', to: 'twin-cnn', questionIds: [ids[2]] })).status).toBe(400)
    expect((await post({ from: 'food-cnn', to: 'gone', questionIds: [ids[0]] })).status).toBe(404)
  })
})

describe('a proposal', () => {
  it('is computed apart, seen by staff alone, and leaves nothing when it is discarded', async () => {
    const before = { versions: await versions(), requests: await staffDatabase.figureRequest.count() }
    const swapId = await proposed()
    expect(await jobs(swapId)).toBe(1) // Both questions have the same figure.
    expect(await view(swapId)).toMatchObject({
      status: 'proposed',
      keys: { status: 'queued', done: 0, total: 2 },
      figures: { ready: 0, failed: 0, total: 2 },
    })
    const { figureRequestId } = await staffDatabase.modelSwapQuestion.findFirstOrThrow({ where: { swapId } })
    const look = async (viewer: Viewer) =>
      (await call(getStates, 'GET', viewer, { query: `?request=${figureRequestId}` })).status
    expect(await look(await room.enrol('TA'))).toBe(200)
    expect(await look(await room.enrol('STUDENT'))).toBe(404)
    expect((await send(swapId)).status).toBe(409)
    await compute(swapId)
    expect((await take(swapId)).status).toBe(200)
    expect((await take(swapId)).status).toBe(404)
    expect({ versions: await versions(), requests: await staffDatabase.figureRequest.count() }).toEqual(
      before,
    )
    expect(await staffDatabase.keyTrial.count({ where: { swapId } })).toBe(0)
    expect(await staffDatabase.figure.count({ where: { id: figureRequestId } })).toBe(0)
  })

  it('is compared by part with what was found of the old model', async () => {
    const key = await staffDatabase.answerKey.findFirstOrThrow({
      where: { questionVersion: { questionId: ids[0]! } },
    })
    const model = { name: 'food-cnn', sha256: 'x', insteadOf: null }
    const value = (subject: string, of: number) => ({
      subject,
      name: { zh: subject, en: subject },
      value: of,
    })
    await staffDatabase.keyVerdict.create({
      data: {
        answerKeyId: key.id,
        partId: 'q01',
        modelsHash: 'x',
        result: {
          verdict: 'contradicted',
          margin: -1,
          isThin: false,
          stability: null,
          outcomes: { a: { holds: false, margin: -1, claim: highest('BatchNorm2d'), expected: true } },
          readings: { kind: { values: [value('BatchNorm2d', 0), value('Softmax', 1)], model } },
          missing: null,
        },
      },
    })
    const swapId = await proposed()
    await compute(swapId)
    const { compared, keys } = await view(swapId)
    expect(keys).toEqual({ status: 'done', done: 2, total: 2 })
    const [first, second] = compared.map(({ parts: [part] }) => part!)
    expect(first).toMatchObject({
      changed: true,
      needsReason: false,
      before: { verdict: 'contradicted', margin: -1 },
      after: { verdict: 'supported', margin: 1, models: [{ name: 'twin-cnn' }] },
    })
    expect(first!.options[0]).toMatchObject({ before: { holds: false }, after: { holds: true } })
    expect(first!.measured[0]!.values.map(({ name, before, after }) => [name.en, before, after])).toEqual(
      expect.arrayContaining([
        ['BatchNorm2d', 0, 1],
        ['Softmax', 1, null],
        ['ReLU', null, 0],
      ]),
    )
    expect(second).toMatchObject({ before: null, after: { verdict: 'contradicted' }, needsReason: true })
    await take(swapId)
  })

  it('is applied as a whole, with a reason where a key is contradicted, for attempts that begin later', async () => {
    const student = await room.enrol('STUDENT')
    const start = async (viewer: Viewer) =>
      (await startAttempt(await authorizeAssignment(viewer, params(), 'attempt.start'))).attemptId
    const begun = await start(student)
    const shows = (attemptId: string) =>
      staffDatabase.attemptQuestion.findMany({
        where: { attemptId },
        orderBy: { position: 'asc' },
        include: { questionVersion: true },
      })
    const access = await authorizeQuestion(instructor, { questionId: ids[0]! }, 'question.edit')
    const { published } = await readEditedQuestion(access)
    const mine = { ...published!.draft, prompt: { zh: '草稿', en: 'Mine' } }
    await saveDraft(access, { revision: 0, basedOn: 1, draft: mine })

    const swapId = await proposed()
    await compute(swapId)
    expect((await view(swapId)).compared[0]!.draft).toMatchObject({ author: instructor.name })
    const refused = await send(swapId)
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ code: 'key-contradicted', contradicted: ['q02'] })
    expect(await versions()).toBe(3)
    expect(await (await send(swapId, { reason: 'The course’s own key' })).json()).toEqual({ versions: 2 })
    expect((await send(swapId, { reason: 'x' })).status).toBe(409)

    const later = await shows(await start(await room.enrol('STUDENT')))
    expect(
      later.map(({ questionVersion: { version, figureSpec } }) => [
        version,
        (figureSpec as { model?: string } | null)?.model,
      ]),
    ).toEqual([
      [2, 'twin-cnn'],
      [2, 'twin-cnn'],
      [1, undefined],
    ])
    expect(later[0]!.questionVersion.figureRequestId).not.toBeNull()
    expect((await shows(begun)).map(({ questionVersion }) => questionVersion.version)).toEqual([1, 1, 1])
    const { stored } = await readEditedQuestion(access)
    expect(stored).toMatchObject({ basedOn: 1, draft: { prompt: { en: 'Mine' } } })
    const audit = await staffDatabase.auditEvent.findMany({
      where: { subject: { in: [`question:${ids[1]}`, `assignment:${room.assignmentId}`] } },
      orderBy: { id: 'asc' },
    })
    expect(audit.filter(({ action }) => action === 'model-swap.apply')).toHaveLength(1)
    expect(audit.find(({ action }) => action === 'question.publish')?.after).toMatchObject({
      version: 2,
      contradicted: ['q02'],
      reason: 'The course’s own key',
    })
    expect(await view(swapId)).toMatchObject({
      status: 'applied',
      keyReason: 'The course’s own key',
      compared: [{ appliedVersion: 2, outdated: false }, { appliedVersion: 2 }],
    })
    expect((await take(swapId)).status).toBe(409)
  })

  it('is refused when somebody has published meanwhile, and says of which question', async () => {
    const response = await post({ from: 'twin-cnn', to: 'food-cnn', questionIds: ids.slice(0, 2) })
    const { swapId } = (await response.json()) as { swapId: string }
    await compute(swapId)
    const access = await authorizeQuestion(instructor, { questionId: ids[0]! }, 'question.edit')
    const { content, key } = room.document.questions[0]!
    await publishQuestion(access, { basedOn: 2, content, key, figureSpec: null })
    const refused = await send(swapId, { reason: 'x' })
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ code: 'swap-outdated', questionIds: [ids[0]] })
    expect((await view(swapId)).compared.map(({ outdated }) => outdated)).toEqual([true, false])
    expect(await staffDatabase.questionVersion.count({ where: { questionId: ids[1]! } })).toBe(2)
    await take(swapId)
  })

  it('waits with two others at most', async () => {
    const made: string[] = []
    for (let count = 0; count < 3; count++) {
      const response = await post({ from: 'twin-cnn', to: 'food-cnn', questionIds: [ids[1]] })
      made.push(((await response.json()) as { swapId: string }).swapId)
    }
    const refused = await post({ from: 'twin-cnn', to: 'food-cnn', questionIds: [ids[1]] })
    expect(await refused.json()).toMatchObject({ code: 'swap-limit', most: 3 })
    for (const swapId of made) await take(swapId)
  })
})
