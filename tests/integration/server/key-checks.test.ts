import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getLatest } from '@/app/api/assignments/[assignmentId]/key-checks/latest/route'
import { POST as postCheck } from '@/app/api/assignments/[assignmentId]/key-checks/route'
import { POST as postVersion } from '@/app/api/questions/[questionId]/versions/route'
import { authorizeAssignment, type Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { bundledSources, type FigureSources } from '@/lib/figures/sources'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import { checkKeys } from '@/lib/jobs/check-keys'
import { bandOf, priorityOf } from '@/lib/jobs/fair-shares'
import type { Turn } from '@/lib/jobs/queue'
import type { QuestionKey } from '@/lib/questions/content'
import { readEvidenceOverview } from '@/lib/verification/data'
import { ensureKeyChecks } from '@/lib/verification/mutations'
import { type Classroom, call, openClassroom, question } from './classroom'

/** A question about the kind of layer 21 of the bundled classifier, which is a BatchNorm2d; `a` says so. */
function layerQuestion(correct: string): AssignmentDocument['questions'][number] {
  const plain = question(1, { correct: [correct] })
  const kinds = { a: 'BatchNorm2d', b: 'ReLU', c: 'Conv2d', d: 'Linear' }
  const key: QuestionKey = {
    q01: {
      ...plain.key.q01!,
      evidence: {
        kind: 'claims',
        measurements: { kind: { measure: 'layer-kind', layer: 21 } },
        claims: Object.fromEntries(
          Object.entries(kinds).map(([id, subject]) => [id, { op: 'highest', of: 'kind', subject }]),
        ),
      },
    },
  }
  return { ...plain, key }
}

let room: Classroom
let instructor: Viewer
let ta: Viewer
let student: Viewer
let sources: FigureSources

beforeAll(async () => {
  sources = bundledSources()
  room = await openClassroom([layerQuestion('a'), question(2)])
  instructor = await room.enrol('INSTRUCTOR')
  ta = await room.enrol('TA')
  student = await room.enrol('STUDENT')
})

const params = () => ({ assignmentId: room.assignmentId })
const overview = async (viewer = ta) =>
  readEvidenceOverview(await authorizeAssignment(viewer, params(), 'evidence.read'))
const latestRun = () =>
  staffDatabase.keyCheckRun.findFirstOrThrow({
    where: { assignmentId: room.assignmentId },
    orderBy: { createdAt: 'desc' },
  })
const ask = (viewer: Viewer, body: object) => call(postCheck, 'POST', viewer, { params: params(), body })
/** As the queue gives it. */
const turn: Turn = {
  task_identifier: 'check-keys',
  payload: {},
  key: null,
  priority: priorityOf('upkeep'),
  attempts: 1,
  max_attempts: 3,
  flags: null,
}
const work = async () => checkKeys((await latestRun()).id, sources, new AbortController().signal, turn)

describe('checking keys', () => {
  it('is for instructors to ask and for staff to read', async () => {
    expect((await ask(student, {})).status).toBe(403)
    expect((await ask(ta, {})).status).toBe(403)
    expect((await call(getLatest, 'GET', student, { params: params() })).status).toBe(403)
    await expect(overview(student)).rejects.toMatchObject({ code: 'forbidden' })
    const unknown = await ask(instructor, { partIds: ['q99'] })
    expect(unknown.status).toBe(400)
    expect(await unknown.text()).toContain('there is no part q99; there are q01, q02')
  })

  it('is queued behind the figures, computed by the worker, and told as it goes', async () => {
    const asked = await ask(instructor, { seeds: 2 })
    expect(await asked.json()).toEqual({ status: 'queued', done: 0, total: 2 })
    const { id } = await latestRun()
    const jobs = await staffDatabase.$queryRaw<{ priority: number }[]>`
      SELECT priority FROM graphile_worker.jobs WHERE key = ${`check:${id}`}`
    expect(jobs.map(({ priority }) => bandOf(priority))).toEqual(['upkeep'])
    await work()
    const told = await call(getLatest, 'GET', ta, { params: params() })
    expect(await told.json()).toEqual({ run: { status: 'done', done: 2, total: 2 } })
    const [layer, plain] = (await overview()).parts
    expect(layer).toMatchObject({ partId: 'q01', verdict: { verdict: 'supported', margin: 1 } })
    expect(layer?.options.map(({ keyed, holds }) => [keyed, holds])).toEqual([
      [true, true],
      [false, false],
      [false, false],
      [false, false],
    ])
    expect(layer?.options[0]?.why?.en).toMatch(/^Kind of layer at cnnid=21: BatchNorm2d is highest: true/)
    expect(layer?.verdict?.models).toMatchObject([{ name: 'food-cnn', insteadOf: null }])
    expect(plain?.verdict?.verdict).toBe('reasoned')
  })

  it('done again of the same models, renews the verdict and adds no history', async () => {
    await ask(instructor, { partIds: ['q01'], seeds: 1 })
    await work()
    expect((await overview()).parts[0]?.history).toHaveLength(1)
    expect(await staffDatabase.measurementReading.count()).toBe(1)
  })

  it('that was done does nothing when its job comes again', async () => {
    const before = await latestRun()
    await work()
    expect(await latestRun()).toEqual(before)
  })

  it('forgets the oldest finished runs, and nothing of what they found', async () => {
    const verdicts = await staffDatabase.keyVerdict.count()
    await staffDatabase.keyCheckRun.createMany({
      data: Array.from({ length: 25 }, (_, day) => ({
        ...params(),
        id: `old-${day}`,
        status: 'DONE' as const,
        createdAt: new Date(2020, 0, 1 + day),
      })),
    })
    await ask(instructor, { partIds: ['q01'], seeds: 1 })
    await work()
    const kept = await staffDatabase.keyCheckRun.findMany({ where: params(), orderBy: { createdAt: 'asc' } })
    expect(kept).toHaveLength(20)
    expect(kept.map(({ id }) => id)).toContain('old-24')
    expect(kept.map(({ id }) => id)).not.toContain('old-0')
    expect(await staffDatabase.keyVerdict.count()).toBe(verdicts)
  })

  it('is put back when the worker stops', async () => {
    await ask(instructor, {})
    const stopped = new AbortController()
    stopped.abort()
    await expect(checkKeys((await latestRun()).id, sources, stopped.signal, turn)).rejects.toThrow()
    const { id, status } = await latestRun()
    expect(status).toBe('QUEUED')
    await staffDatabase.$executeRaw`
      UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = ${`check:${id}`}`
    await ensureKeyChecks()
    const jobs = await staffDatabase.$queryRaw<{ attempts: number }[]>`
      SELECT attempts FROM graphile_worker.jobs WHERE key = ${`check:${id}`}`
    expect(jobs).toEqual([{ attempts: 0 }])
    await checkKeys(id, sources, new AbortController().signal, turn)
    expect(await staffDatabase.keyCheckRun.findUnique({ where: { id } })).toMatchObject({ status: 'DONE' })
  })
})

describe('publishing a key that the model contradicts', () => {
  const publish = async (basedOn: number, correct: string, reason?: string) => {
    const { id: questionId } = await staffDatabase.question.findFirstOrThrow({
      where: { assignmentId: room.assignmentId, slug: 'q01' },
    })
    const { content, key } = layerQuestion(correct)
    const body = { basedOn, content, key, figureSpec: null, ...(reason && { reason }) }
    return call(postVersion, 'POST', instructor, { params: { questionId }, body })
  }

  it('is refused without a reason, naming the part', async () => {
    const refused = await publish(1, 'b')
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ code: 'key-contradicted', contradicted: ['q01'] })
  })

  it('keeps the reason in the audit, and shows it beside the verdict', async () => {
    const reason = 'The course counts the layer before.'
    expect((await publish(1, 'b', reason)).status).toBe(200)
    const event = await staffDatabase.auditEvent.findFirstOrThrow({
      where: { action: 'question.publish' },
      orderBy: { id: 'desc' },
    })
    expect(event).toMatchObject({ actorId: instructor.userId, after: { contradicted: ['q01'], reason } })
    await work()
    const [line] = (await overview()).parts
    expect(line).toMatchObject({ verdict: { verdict: 'contradicted' }, publishReason: reason })
    expect(line?.history.map(({ verdict }) => verdict)).toEqual(['contradicted', 'supported'])
  })

  it('needs no reason once the key is right again', async () => {
    expect((await publish(2, 'a')).status).toBe(200)
    await work()
    expect((await overview()).parts[0]).toMatchObject({
      verdict: { verdict: 'supported' },
      publishReason: null,
    })
  })
})
