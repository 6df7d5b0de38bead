import { beforeAll, describe, expect, it } from 'vitest'
import { POST as postFile } from '@/app/api/assignments/[assignmentId]/answer-files/route'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { PUT as putAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { GET as getAttempt } from '@/app/api/attempts/[attemptId]/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import type { AnswerFileReport } from '@/lib/answer-files/mutations'
import { type FiledAnswer, type SealingKey, sealAnswers } from '@/lib/answer-files/seal'
import type { Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { submitEndedAttempts } from '@/lib/submission/mutations'
import { setSchedule } from '@/lib/timing/mutations'
import { type Classroom, call, openClassroom, openSchedule } from './classroom'

const noon = '2026-03-01T12:00:00.000Z'
let room: Classroom
let instructor: Viewer
beforeAll(async () => {
  room = await openClassroom()
  instructor = await room.enrol('INSTRUCTOR')
})

/** A student with an attempt in which q01 is answered with b, revision 2. */
async function enrolStudent() {
  const student = await room.enrol('STUDENT')
  const started = await call(postStart, 'POST', student, { params: { assignmentId: room.assignmentId } })
  const { attemptId } = (await started.json()) as { attemptId: string }
  await save(student, attemptId, 'q01', { optionIds: ['b'], revision: 2 })
  const page = await call(getAttempt, 'GET', student, { params: { attemptId } })
  const { sealingKey } = (await page.json()) as { sealingKey: SealingKey }
  return { student, attemptId, sealingKey }
}

function save(
  student: Viewer,
  attemptId: string,
  partId: string,
  choice: { optionIds: string[]; revision: number },
) {
  return call(putAnswer, 'PUT', student, {
    params: { attemptId, partId },
    body: { clientId: 'tab', ...choice },
  })
}

const filed = (partId: string, revision: number, optionIds: string[]): FiledAnswer => ({
  partId,
  revision,
  optionIds,
  clientId: 'lost-tab',
  chosenAt: noon,
})

async function seal(attemptId: string, key: SealingKey, answers: FiledAnswer[]): Promise<string> {
  return JSON.stringify(await sealAnswers(attemptId, { madeAt: noon, answers }, key))
}

async function hand(
  file: string,
  { viewer = instructor, assignmentId = room.assignmentId, apply = false, acceptLate = false } = {},
) {
  const response = await call(postFile, 'POST', viewer, {
    params: { assignmentId },
    body: { file, apply, acceptLate },
  })
  return { status: response.status, body: (await response.json()) as AnswerFileReport & { code: string } }
}

const answersOf = async (attemptId: string) => {
  const rows = await staffDatabase.answer.findMany({ where: { attemptId }, orderBy: { partId: 'asc' } })
  return rows.map(({ partId, revision, optionIds }) => [partId, revision, optionIds])
}
const auditOf = (attemptId: string) =>
  staffDatabase.auditEvent.findMany({
    where: { action: 'answer-file.import', subject: `attempt:${attemptId}` },
  })

describe('an answer file', () => {
  it('says what it holds, changes nothing until it is applied, and then stores what is newer', async () => {
    const { student, attemptId, sealingKey } = await enrolStudent()
    const file = await seal(attemptId, sealingKey, [
      filed('q01', 5, ['c']),
      filed('q02', 1, ['a', 'b']),
      filed('q03', 1, ['no-such-option']),
      filed('q99', 1, ['a']),
    ])
    const shown = await hand(file)
    expect(shown.status).toBe(200)
    expect(shown.body).toMatchObject({
      applied: false,
      endedAt: null,
      points: null,
      student: { name: student.name },
    })
    expect(shown.body.parts.map(({ partId, status }) => [partId, status])).toEqual([
      ['q01', 'new'],
      ['q02', 'new'],
      ['q03', 'invalid'],
      ['q99', 'invalid'],
    ])
    expect(await answersOf(attemptId)).toEqual([['q01', 2, ['b']]])
    expect(await auditOf(attemptId)).toEqual([])

    expect((await hand(file, { apply: true })).body.applied).toBe(true)
    expect(await answersOf(attemptId)).toEqual([
      ['q01', 5, ['c']],
      ['q02', 1, ['a', 'b']],
    ])
    expect(await staffDatabase.answerEvent.count({ where: { attemptId } })).toBe(3)
    const [audit] = await auditOf(attemptId)
    expect(audit).toMatchObject({
      actorId: instructor.userId,
      before: { answers: { q01: { optionIds: ['b'], revision: 2 }, q02: null } },
      after: { answers: { q01: { optionIds: ['c'], revision: 5 } }, madeAt: noon, endedAt: null },
    })
    // The device finds the network again: its own save has been stored, and an older one changes nothing.
    const replay = await call(putAnswer, 'PUT', student, {
      params: { attemptId, partId: 'q01' },
      body: { optionIds: ['c'], revision: 5, clientId: 'lost-tab' },
    })
    expect(await replay.json()).toMatchObject({ status: 'unchanged' })
  })

  it('never goes behind a newer answer, and applied twice it is applied once', async () => {
    const { student, attemptId, sealingKey } = await enrolStudent()
    const file = await seal(attemptId, sealingKey, [filed('q01', 3, ['c'])])
    await hand(file, { apply: true })
    expect((await hand(file, { apply: true })).body.parts[0]!.status).toBe('same')
    await save(student, attemptId, 'q01', { optionIds: ['d'], revision: 4 })
    expect((await hand(file, { apply: true })).body.parts[0]!.status).toBe('older')
    expect(await answersOf(attemptId)).toEqual([['q01', 4, ['d']]])
  })

  it('taken after the end makes nobody late, also when dates are set anew', async () => {
    const { attemptId, sealingKey } = await enrolStudent()
    const minutes = (count: number) => new Date(Date.now() + count * 60_000)
    const wall = (moment: Date) => moment.toISOString().slice(0, 19)
    // An hour that ended a quarter of an hour ago, five minutes after the due date; the last answer was long before.
    await staffDatabase.attempt.update({
      where: { id: attemptId },
      data: { startedAt: minutes(-75), endsAt: minutes(-15) },
    })
    await staffDatabase.answerEvent.updateMany({ where: { attemptId }, data: { savedAt: minutes(-60) } })
    const dates = {
      ...openSchedule,
      timeLimitMinutes: 60,
      dueAt: wall(minutes(-20)),
      lateTiers: [{ untilMinutes: 10, creditPercent: 50 }],
    }
    const creditOf = async () =>
      (await staffDatabase.attempt.findUniqueOrThrow({ where: { id: attemptId } })).creditPercent
    await setSchedule(await room.scheduling(), dates)
    await submitEndedAttempts(new Set())
    expect(await creditOf()).toBe(100)
    const file = await seal(attemptId, sealingKey, [filed('q01', 9, ['a'])])
    expect((await hand(file, { apply: true, acceptLate: true })).body.applied).toBe(true)
    await setSchedule(await room.scheduling(), { ...dates, scoreRelease: 'NEVER' })
    expect(await creditOf()).toBe(100)
    await setSchedule(await room.scheduling(), openSchedule)
  })

  it('counts in an attempt that has ended only with the instructor’s word, and is then graded anew', async () => {
    const { student, attemptId, sealingKey } = await enrolStudent()
    await call(postSubmit, 'POST', student, { params: { attemptId } })
    const file = await seal(attemptId, sealingKey, [filed('q01', 9, ['a'])])
    const shown = await hand(file)
    expect(shown.body.endedAt).not.toBeNull()
    expect(await hand(file, { apply: true })).toMatchObject({
      status: 409,
      body: { code: 'answer-file-late' },
    })
    expect(await answersOf(attemptId)).toEqual([['q01', 2, ['b']]])
    expect(await auditOf(attemptId)).toEqual([])

    const { body } = await hand(file, { apply: true, acceptLate: true })
    expect(body.points).toEqual({ before: 0, after: 300 })
    const scores = await staffDatabase.partScore.findMany({ where: { attemptId, partId: 'q01' } })
    expect(scores.map(({ points }) => points)).toEqual([300])
    expect((await auditOf(attemptId))[0]).toMatchObject({
      before: { points: 0 },
      after: { points: 300, endedAt: shown.body.endedAt },
    })
  })

  it('is refused when it was changed, is none, or belongs elsewhere, and to everybody but instructors', async () => {
    const { student, attemptId, sealingKey } = await enrolStudent()
    const file = await seal(attemptId, sealingKey, [filed('q01', 5, ['c'])])
    const other = await enrolStudent()
    const forged = JSON.stringify({ ...JSON.parse(file), attempt: other.attemptId })
    for (const [text, reason] of [
      [forged, 'tampered'],
      ['{}', 'form'],
      [JSON.stringify({ ...JSON.parse(file), key: '0123456789abcdef' }), 'key'],
    ])
      expect(await hand(text!, { apply: true, acceptLate: true })).toMatchObject({
        status: 422,
        body: { code: 'answer-file-unreadable', reason },
      })
    const elsewhere = await openClassroom()
    const foreign = { viewer: await elsewhere.enrol('INSTRUCTOR'), assignmentId: elsewhere.assignmentId }
    expect((await hand(file, { apply: true, ...foreign })).status).toBe(404)
    expect((await hand(file, { apply: true, viewer: foreign.viewer })).status).toBe(404)
    expect((await hand(file, { apply: true, viewer: await room.enrol('TA') })).status).toBe(403)
    expect((await hand(file, { apply: true, viewer: student })).status).toBe(403)
    expect(await answersOf(attemptId)).toEqual([['q01', 2, ['b']]])
    expect(await answersOf(other.attemptId)).toEqual([['q01', 2, ['b']]])
  })
})
