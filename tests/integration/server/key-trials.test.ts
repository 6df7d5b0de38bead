import { beforeAll, describe, expect, it } from 'vitest'
import {
  GET as read,
  PUT as start,
  DELETE as withdraw,
} from '@/app/api/questions/[questionId]/parts/[partId]/key-trial/route'
import { authorizeCourse, type Viewer } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { installedSources } from '@/lib/figures/installed-sources'
import { priorityOf } from '@/lib/jobs/fair-shares'
import type { Turn } from '@/lib/jobs/queue'
import { tryKeys } from '@/lib/jobs/try-keys'
import { pruneTrials } from '@/lib/key-trials/mutations'
import type { KeyTrialView } from '@/lib/key-trials/view'
import { copyBundledPicture } from '@/lib/pictures/service'
import { type Classroom, call, openClassroom, question } from './classroom'

let room: Classroom
let instructor: Viewer
let params: { questionId: string; partId: string }

beforeAll(async () => {
  room = await openClassroom([question(1)])
  instructor = await room.enrol('INSTRUCTOR')
  const { id } = await staffDatabase.question.findFirstOrThrow({ where: { assignmentId: room.assignmentId } })
  params = { questionId: id, partId: 'q01' }
})

const highest = (subject: string) => ({ op: 'highest', of: 'kind', subject })

/** Layer 21 of the bundled classifier is a BatchNorm2d; `a` says so. */
const asked = {
  figureModel: 'food-cnn',
  correct: ['a'],
  evidence: {
    kind: 'claims',
    measurements: { kind: { measure: 'layer-kind', layer: 21 } },
    claims: { a: highest('BatchNorm2d'), b: highest('ReLU') },
  },
}

async function trialOf(viewer = instructor): Promise<KeyTrialView | null> {
  return ((await (await call(read, 'GET', viewer, { params })).json()) as { trial: KeyTrialView | null })
    .trial
}
async function ask(body: object, viewer = instructor): Promise<number> {
  return (await call(start, 'PUT', viewer, { params, body })).status
}
/** As the queue gives it. */
const turn: Turn = {
  task_identifier: 'try-keys',
  payload: {},
  key: null,
  priority: priorityOf('tried-out'),
  attempts: 1,
  max_attempts: 3,
  flags: null,
}
const latest = () => staffDatabase.keyTrial.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
const work = async (id?: string) =>
  tryKeys(id ?? (await latest()).id, installedSources(), new AbortController().signal, turn)
async function jobs(): Promise<number> {
  const { rows } = await databasePool().query(`SELECT 1 FROM graphile_worker.jobs WHERE key LIKE 'trial:%'`)
  return rows.length
}

describe('trying a draft’s key', () => {
  it('says of each claim whether it is true, and publishes nothing', async () => {
    expect(await ask(asked)).toBe(200)
    expect(await trialOf()).toMatchObject({ status: 'queued', done: 0, total: 1, result: null })
    await work()
    expect(await trialOf()).toMatchObject({
      status: 'done',
      done: 1,
      asked,
      result: {
        verdict: { verdict: 'supported', margin: 1, models: [{ name: 'food-cnn' }] },
        options: { a: { holds: true, margin: 1 }, b: { holds: false, margin: -1 } },
      },
    })
    expect(await staffDatabase.questionVersion.count({ where: { questionId: params.questionId } })).toBe(1)
    expect(await staffDatabase.keyVerdict.count()).toBe(0)
  })

  it('takes a key that is not written to its end, and says what cannot be measured', async () => {
    expect(await ask({ ...asked, correct: [], figureModel: 'no-such-model' })).toBe(200)
    await work()
    expect((await trialOf())?.result).toMatchObject({
      verdict: {
        verdict: 'not-computable',
        missing: { message: { en: expect.stringContaining('no-such-model') } },
      },
      options: {},
    })
    const none = { ...asked, evidence: { ...asked.evidence, measurements: {} } }
    expect(await ask(none)).toBe(400)
  })

  it('is one’s own, and takes the place of the last one', async () => {
    const other = await room.enrol('INSTRUCTOR')
    expect(await trialOf(other)).toBeNull()
    await ask(asked, other)
    const before = await staffDatabase.keyTrial.count()
    await ask({ ...asked, correct: ['b'] }, other)
    expect(await staffDatabase.keyTrial.count()).toBe(before)
    await work()
    expect((await trialOf(other))?.result?.verdict.verdict).toBe('contradicted')
    expect((await trialOf())?.result?.verdict.verdict).toBe('not-computable')
  })

  it('is withdrawn with its job, and a worker that has it stores nothing', async () => {
    await ask(asked)
    const { id } = await latest()
    const waiting = await jobs()
    expect((await call(withdraw, 'DELETE', instructor, { params })).status).toBe(200)
    expect(await trialOf()).toBeNull()
    expect(await jobs()).toBe(waiting - 1)
    await work(id)
    expect(await trialOf()).toBeNull()
  })

  it('of another course’s picture is refused', async () => {
    const elsewhere = await openClassroom()
    const access = await authorizeCourse(
      await elsewhere.enrol('INSTRUCTOR'),
      elsewhere.courseSlug,
      'picture.edit',
    )
    const { pictureId } = await copyBundledPicture(access, 3)
    const measurements = { kind: { measure: 'region-removal', picture: pictureId } }
    expect(await ask({ ...asked, evidence: { ...asked.evidence, measurements } })).toBe(404)
  })

  it('is forgotten after a month', async () => {
    await ask(asked)
    await pruneTrials(new Date(Date.now() + 29 * 86_400_000))
    expect(await trialOf()).not.toBeNull()
    await pruneTrials(new Date(Date.now() + 31 * 86_400_000))
    expect(await trialOf()).toBeNull()
  })
})
