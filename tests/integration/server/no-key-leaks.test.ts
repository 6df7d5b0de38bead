import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getKeyCheck } from '@/app/api/assignments/[assignmentId]/key-checks/latest/route'
import { GET as getAnswers } from '@/app/api/attempts/[attemptId]/answers/route'
import { GET as getAppeals } from '@/app/api/attempts/[attemptId]/appeals/route'
import { GET as getOwnPointing } from '@/app/api/attempts/[attemptId]/questions/[questionId]/pointing-games/route'
import { GET as getResult } from '@/app/api/attempts/[attemptId]/result/route'
import { GET as getAttempt } from '@/app/api/attempts/[attemptId]/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import { GET as getImage } from '@/app/api/figures/[figureId]/assets/[name]/route'
import { GET as getFigure } from '@/app/api/figures/[figureId]/route'
import { GET as getStates } from '@/app/api/figures/route'
import { GET as getPointing } from '@/app/api/questions/[questionId]/pointing-games/route'
import { GET as getQuestion } from '@/app/api/questions/[questionId]/route'
import { readAttempt } from '@/lib/attempts/data'
import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, authorizeOwnAttempt, authorizeSaving, type Viewer } from '@/lib/auth/gate'
import { listMyCourses } from '@/lib/courses/data'
import { readAssignmentForStudent } from '@/lib/courses/front-page/data'
import { previewAssignment } from '@/lib/courses/mutations'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import type { Claim } from '@/lib/explainers/claims/claim'
import type { TrustMeasurements } from '@/lib/explainers/trust/measurements'
import { readKeysReleasedTo, readResult } from '@/lib/grading/data'
import type { PartVerdict } from '@/lib/verification/part-verdict'
import { type Classroom, call, inSession, openClassroom, question } from './classroom'

/**
 * Distinctive words and numbers stand where keys, explanations and measurements are kept. Whatever a student can ask
 * for is read and searched for them.
 */
const canary = 'CANARY-7f3a'
/** Stands in measurements alone. */
const measured = 'CANARY-measured-2b8c'
/** Stands where staff write for staff: never to be seen, released or not. */
const staffOnly = 'CANARY-staff-9e1d'
const figureId = 'f'.repeat(64)
const requestId = 'e'.repeat(64)
const trustId = '7'.repeat(64)

let room: Classroom
let student: Viewer
let attemptId: string

beforeAll(async () => {
  room = await openClassroom(
    [question(1, { secret: `${canary}-explanation` }), question(2, { correct: ['a', 'b'], secret: canary })],
    { scoreRelease: 'NEVER', keyRelease: 'NEVER' },
  )
  // Rules are part of a key too: a weight that exists nowhere else.
  const keys = await staffDatabase.answerKey.findMany({
    where: { questionVersion: { question: { assignmentId: room.assignmentId, slug: 'q01' } } },
  })
  const claims = Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((id): [string, Claim] => [
      id,
      { op: 'highest', of: 'weight', subject: 'strawberry' },
    ]),
  )
  await staffDatabase.answerKey.update({
    where: { id: keys[0]!.id },
    data: {
      secret: {
        q01: {
          correct: ['a'],
          rule: { name: 'weighted', fractions: { a: 1000, b: 777 } },
          explanation: { zh: canary, en: canary },
          evidence: {
            kind: 'claims',
            measurements: { weight: { measure: 'region-removal', picture: 2 } },
            claims,
            accepted: { zh: canary, en: canary },
          },
        },
      },
    },
  })
  // What a check of the key found: a region, its number and its model, as feedback will tell them.
  const outcomes = Object.fromEntries(
    Object.entries(claims).map(([id, claim]) => [
      id,
      { claim, expected: id === 'a', holds: false, margin: -0.5 },
    ]),
  )
  const value = (subject: string, number: number) => ({
    subject,
    name: { zh: `${measured} ${subject}`, en: `${measured} ${subject}` },
    value: number,
  })
  const verdict: PartVerdict = {
    verdict: 'contradicted',
    margin: -0.5,
    isThin: false,
    stability: null,
    outcomes,
    readings: {
      weight: {
        values: [value('table', 0.25), value('strawberry', -0.90125)],
        model: { name: `${measured}-model`, sha256: '0'.repeat(64), insteadOf: null },
      },
    },
    missing: null,
  }
  await staffDatabase.keyVerdict.create({
    data: { answerKeyId: keys[0]!.id, partId: 'q01', modelsHash: canary, result: verdict },
  })
  await staffDatabase.measurementReading.create({ data: { id: canary, reading: { value: canary } } })
  const manifest = { method: 'lime', versions: { method: 1 } }
  await staffDatabase.evidence.create({
    data: { id: 'd'.repeat(64), requestId, manifest, measurements: { verdict: canary }, seconds: 1 },
  })
  await staffDatabase.figure.create({
    data: {
      id: figureId,
      manifest: { spec: {}, drawing: 1, evidence: [{ id: 'd'.repeat(64), manifest }] },
      document: { groups: [], alternative: { zh: '圖', en: 'Figure' } },
      assets: { create: { name: 'a.png', bytes: new Uint8Array([1, 2, 3]) } },
      requests: { create: { id: requestId, spec: {}, status: 'READY' } },
    },
  })
  await storeTests()
  await staffDatabase.questionVersion.updateMany({
    where: { question: { assignmentId: room.assignmentId } },
    data: { figureRequestId: requestId, trustRequestId: trustId },
  })
  student = await room.enrol('STUDENT')
  const access = await authorizeAssignment(student, { assignmentId: room.assignmentId }, 'attempt.start')
  attemptId = (await startAttempt(access)).attemptId
  const owned = await authorizeSaving(student, attemptId)
  await saveAnswer(inSession(student), owned, 'q01', { optionIds: ['a'], clientId: 'tab', revision: 1 })
  // What staff say among themselves about a part.
  await staffDatabase.partAdjustment.create({
    data: { attemptId, partId: 'q01', comment: 'Well argued', reason: staffOnly, authorId: staffOnly },
  })
  await staffDatabase.appeal.create({
    data: {
      attemptId,
      partId: 'q01',
      claimedById: staffOnly,
      messages: { create: { byStaff: true, authorId: staffOnly, text: 'Asked and answered' } },
    },
  })
})

/** A figure that tests a map; what the pointing game found names an object. */
async function storeTests() {
  const spec = { layout: 'trust', maps: [{ method: 'saliency', picture: 8 }] }
  const measured: TrustMeasurements = {
    deletion: { area: 0.1, random: 0.2 },
    insertion: { area: 0.9, random: 0.5 },
    completeness: null,
    seeds: null,
    randomization: [],
    pointing: [{ object: { zh: canary, en: canary }, hit: 1, chance: 0.1 }],
  }
  const id = '8'.repeat(64)
  const manifest = { method: 'trust-saliency', versions: { method: 1001 } }
  await staffDatabase.evidence.create({
    data: { id, requestId: trustId, manifest, measurements: measured, seconds: 1 },
  })
  await staffDatabase.figure.create({
    data: {
      id: trustId,
      manifest: { spec, drawing: 1, evidence: [{ id, manifest }] },
      document: { groups: [], alternative: { zh: '圖', en: 'Tests' } },
      requests: { create: { id: trustId, spec, status: 'READY' } },
    },
  })
}

/** Everything that a student's browser can be given, by what gives it. */
async function crawl(): Promise<Record<string, string>> {
  const attempt = { params: { attemptId } }
  const figure = { params: { figureId } }
  const { id: questionId } = await staffDatabase.question.findFirstOrThrow({
    where: { assignmentId: room.assignmentId },
  })
  const responses = {
    attempt: await call(getAttempt, 'GET', student, attempt),
    answers: await call(getAnswers, 'GET', student, attempt),
    appeals: await call(getAppeals, 'GET', student, attempt),
    result: await call(getResult, 'GET', student, attempt),
    question: await call(getQuestion, 'GET', student, { params: { questionId } }),
    keyCheck: await call(getKeyCheck, 'GET', student, { params: { assignmentId: room.assignmentId } }),
    states: await call(getStates, 'GET', student, { query: `?request=${requestId}` }),
    figure: await call(getFigure, 'GET', student, figure),
    tests: await call(getFigure, 'GET', student, { params: { figureId: trustId } }),
    pointing: await call(getOwnPointing, 'GET', student, { params: { attemptId, questionId } }),
    pointingForStaff: await call(getPointing, 'GET', student, { params: { questionId } }),
    asset: await call(getImage, 'GET', student, { params: { figureId, name: 'a.png' } }),
  }
  const own = await authorizeOwnAttempt(student, { attemptId }, 'attempt.read')
  const assignment = await authorizeAssignment(
    student,
    { assignmentId: room.assignmentId },
    'assignment.read',
  )
  const pages = {
    courses: await listMyCourses(student),
    assignment: await readAssignmentForStudent(assignment),
    readAttempt: await readAttempt(own),
  }
  const texts = await Promise.all(
    Object.entries(responses).map(async ([name, response]) => {
      const headers = JSON.stringify([...response.headers])
      return [name, `${response.status} ${headers} ${await response.text()}`] as const
    }),
  )
  return Object.fromEntries([
    ...texts,
    ...Object.entries(pages).map(([name, page]) => [name, JSON.stringify(page)]),
  ])
}

function expectNothingSecret(payloads: Record<string, string>): void {
  for (const [name, text] of Object.entries(payloads)) {
    expect(text, name).not.toContain(canary)
    expect(text, name).not.toContain(measured)
    expect(text, name).not.toContain(staffOnly)
    expect(text, name).not.toMatch(
      /"correct"|"explanation"|"fractions"|"measurements"|"secret"|"claims"|"verdict"|"accepted"|"readings"|"feedback"|"holds"|"outline"|:777\b|0\.901/,
    )
  }
}

describe('before release', () => {
  it('nothing that a student can ask for holds a key, an explanation or a measurement', async () => {
    const payloads = await crawl()
    // The crawl itself works: what may be seen is there.
    expect(payloads.attempt).toContain('Question 1')
    expect(payloads.readAttempt).toContain('Option a')
    expect(payloads.figure).toMatch(/^200 /)
    expect(payloads.asset).toMatch(/^200 /)
    expect(payloads.result).toMatch(/^409 /)
    expect(payloads.appeals).toContain('Asked and answered')
    expect(payloads.question).toMatch(/^403 /)
    expect(payloads.tests).toMatch(/^200 /)
    expect(payloads.pointing).toMatch(/^200 .*\{"games":null\}$/)
    expect(payloads.pointingForStaff).toMatch(/^403 /)
    expect(payloads.keyCheck).toMatch(/^403 /)
    expectNothingSecret(payloads)
  })

  it('the student client cannot select, filter or sort by what is secret', async () => {
    const keys = studentDatabase.answerKey as unknown as {
      findMany(query: object): Promise<Record<string, unknown>[]>
    }
    for (const row of await keys.findMany({})) expect(Object.keys(row)).not.toContain('secret')
    await expect(keys.findMany({ select: { secret: true } })).rejects.toThrow()
    await expect(keys.findMany({ where: { secret: { string_contains: canary } } })).rejects.toThrow()
    await expect(keys.findMany({ orderBy: { secret: 'asc' } })).rejects.toThrow()
  })
})

describe('after submission', () => {
  beforeAll(async () => {
    await call(postSubmit, 'POST', student, { params: { attemptId } })
  })
  const settle = (settings: object) =>
    staffDatabase.assignment.update({ where: { id: room.assignmentId }, data: settings })
  const result = () => authorizeOwnAttempt(student, { attemptId }, 'attempt.result').then(readResult)

  it('with nothing released, neither score nor key is given', async () => {
    const payloads = await crawl()
    expect(payloads.result).toMatch(/^200 /)
    expectNothingSecret(payloads)
    expect(await result()).toMatchObject({ score: null, releasedAt: null })
  })

  it('a date that lies ahead releases nothing yet, and is told', async () => {
    const date = new Date(Date.now() + 3_600_000)
    await settle({ scoreRelease: 'AT_DATE', scoreReleaseAt: date, keyRelease: 'ON_SUBMIT' })
    expectNothingSecret(await crawl())
    expect(await result()).toMatchObject({ score: null, releasedAt: date.toISOString() })
  })

  it('the score without the key holds points only', async () => {
    await settle({ scoreRelease: 'ON_SUBMIT', keyRelease: 'NEVER' })
    expectNothingSecret(await crawl())
    expect(await result()).toMatchObject({
      score: {
        points: 300,
        maximum: 600,
        parts: [{ partId: 'q01', points: 300, chosen: ['a'], key: null }, {}],
      },
    })
    const access = await authorizeOwnAttempt(student, { attemptId }, 'attempt.result')
    expect(await readKeysReleasedTo(access)).toBeNull()
  })

  it('the released key is given on the result, and nowhere else', async () => {
    await settle({ scoreRelease: 'ON_SUBMIT', keyRelease: 'ON_SUBMIT' })
    const { result: withKey, pointing, ...others } = await crawl()
    expect(withKey).toContain(canary)
    expect(withKey).toContain('Well argued')
    expect(withKey).not.toContain(staffOnly)
    expect(pointing).toContain(canary)
    expect(withKey).toContain(measured)
    // Words, not the data that they are made of.
    expect(withKey).not.toMatch(/"fractions"|:777\b|"claims"|"readings"|"sha256"/)
    expectNothingSecret(others)
    const parts = (await result()).score?.parts
    expect(parts?.map((part) => part.key?.correct)).toEqual([['a'], ['a', 'b']])
    expect(parts?.[0]?.key?.feedback).toMatchObject({
      state: 'measured',
      options: [{ optionId: 'a', chosen: true, keyed: true, holds: false }],
      keyNote: { en: canary },
      models: [{ name: `${measured}-model`, insteadOf: null }],
    })
    // Of the second key nobody has said what it rests on.
    expect(parts?.[1]?.key?.feedback).toBeNull()
  })

  it('staff see the same at the same moment, and nothing earlier', async () => {
    const ta = await room.enrol('TA')
    const access = await authorizeAssignment(ta, { assignmentId: room.assignmentId }, 'student.preview')
    const preview = (at: Date) => previewAssignment(access, student.userId, at)
    expect((await preview(new Date())).result).toEqual(await result())
    const before = new Date(Date.now() - 3_600_000)
    const early = await preview(before)
    expect(early.result).toBeNull()
    expectNothingSecret({ early: JSON.stringify(early) })
    await expect(
      authorizeAssignment(student, { assignmentId: room.assignmentId }, 'student.preview'),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('what was measured of other weights than the figure shows is not told', async () => {
    const model = { name: `${measured}-model`, sha256: '1'.repeat(64) }
    await staffDatabase.figure.update({
      where: { id: figureId },
      data: {
        manifest: {
          spec: {},
          drawing: 1,
          evidence: [{ id: 'd'.repeat(64), manifest: { method: 'lime', model } }],
        },
      },
    })
    const feedbackOf = async () => (await result()).score?.parts[0]?.key?.feedback
    expect(await feedbackOf()).toEqual({ state: 'not-measured' })
    await staffDatabase.keyCheckRun.create({ data: { assignmentId: room.assignmentId } })
    expect(await feedbackOf()).toEqual({ state: 'measuring' })
  })

  it('a key is not given for another attempt that has not been submitted', async () => {
    const other = await room.enrol('STUDENT')
    const access = await authorizeAssignment(other, { assignmentId: room.assignmentId }, 'attempt.start')
    await startAttempt(access)
    const own = await authorizeOwnAttempt(other, { assignmentId: room.assignmentId }, 'attempt.result')
    expect(await readKeysReleasedTo(own)).toBeNull()
    await expect(readResult(own)).rejects.toMatchObject({ code: 'attempt-not-submitted' })
  })
})
