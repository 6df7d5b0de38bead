import { beforeEach, describe, expect, it } from 'vitest'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { POST as postReceipt } from '@/app/api/assignments/[assignmentId]/receipts/route'
import { PUT as putAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { GET as getResult } from '@/app/api/attempts/[attemptId]/result/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import { GET as getTime } from '@/app/api/attempts/[attemptId]/time/route'
import { authorizeAssignment, authorizeStudent, type Viewer } from '@/lib/auth/gate'
import { readAssignmentForStudent } from '@/lib/courses/front-page/data'
import { staffDatabase } from '@/lib/database/staff'
import { readStudentWork } from '@/lib/student-work/data'
import { submitEndedAttempts } from '@/lib/submission/mutations'
import { setSchedule, setStudentSchedule } from '@/lib/timing/mutations'
import type { ScheduleInput, StudentScheduleInput } from '@/lib/timing/schema'
import { type Classroom, call, openClassroom, openSchedule } from './classroom'

let room: Classroom
let student: Viewer
beforeEach(async () => {
  room = await openClassroom()
  student = await room.enrol('STUDENT')
})

const minutes = (count: number) => new Date(Date.now() + count * 60_000)
const schedule = async (given: Partial<ScheduleInput>) =>
  setSchedule(await room.scheduling(), { ...openSchedule, ...given })
const noOverride: StudentScheduleInput['override'] = {
  opensAt: null,
  dueAt: null,
  closesAt: null,
  timeLimitMinutes: null,
  extraTimePercent: null,
  attemptsAllowed: null,
  reason: '',
}
const extend = async (override: Partial<StudentScheduleInput['override']>, extraTimePercent = 0) =>
  setStudentSchedule(await room.scheduling(), student.userId, {
    extraTimePercent,
    override: { ...noOverride, ...override },
  })

async function start() {
  const params = { assignmentId: room.assignmentId }
  return (await (await call(postStart, 'POST', student, { params })).json()).attemptId as string
}
const save = async (attemptId: string, option: string, revision: number) =>
  (
    await call(putAnswer, 'PUT', student, {
      params: { attemptId, partId: 'q01' },
      body: { optionIds: [option], clientId: 't', revision },
    })
  ).status
const submit = async (attemptId: string) =>
  (await call(postSubmit, 'POST', student, { params: { attemptId } })).json()
const time = async (attemptId: string) =>
  (await call(getTime, 'GET', student, { params: { attemptId } })).json()
const rowOf = (id: string) => staffDatabase.attempt.findUniqueOrThrow({ where: { id } })
const check = async (receipt: string | null) =>
  (
    await call(postReceipt, 'POST', await room.enrol('TA'), {
      params: { assignmentId: room.assignmentId },
      body: { receipt },
    })
  ).json()

/** An attempt of an hour, begun an hour and a quarter ago, with a wrong answer; the server has submitted it. */
async function endedAttempt(settings: Partial<ScheduleInput> = {}): Promise<string> {
  await schedule({ timeLimitMinutes: 60, ...settings })
  const attemptId = await start()
  await save(attemptId, 'b', 1)
  await staffDatabase.attempt.update({
    where: { id: attemptId },
    data: { startedAt: minutes(-75), endsAt: minutes(-15) },
  })
  await submitEndedAttempts(new Set())
  return attemptId
}

describe('an extension after the server has submitted', () => {
  it('opens the attempt again; what was given is kept in the history, and the next submission counts', async () => {
    const attemptId = await endedAttempt()
    const first = await rowOf(attemptId)
    expect(first).toMatchObject({ submittedBy: 'SERVER', receipt: expect.any(String) })
    expect(await save(attemptId, 'a', 2)).toBe(409)

    // Time and a half of an hour ends in a quarter of an hour.
    await extend({}, 50)
    const open = await rowOf(attemptId)
    expect(open).toMatchObject({ submittedAt: null, submittedBy: null, receipt: null, creditPercent: null })
    expect(await staffDatabase.partScore.count({ where: { attemptId } })).toBe(0)
    expect(await time(attemptId)).toMatchObject({
      submittedAt: null,
      submittedByServer: false,
      running: true,
      reopenedAt: expect.any(String),
      boundaries: [{ kind: 'time-limit', at: open.endsAt!.toISOString() }],
    })
    const front = await readAssignmentForStudent(
      await authorizeAssignment(student, { assignmentId: room.assignmentId }, 'assignment.read'),
    )
    expect(front).toMatchObject({ step: { kind: 'continue' }, attempt: { reopenedAt: expect.any(String) } })
    const result = await call(getResult, 'GET', student, { params: { attemptId } })
    expect(await result.json()).toMatchObject({ code: 'attempt-not-submitted' })

    expect(await save(attemptId, 'a', 2)).toBe(200)
    const second = await submit(attemptId)
    expect(second).toMatchObject({ first: true })
    expect(second.receipt).not.toBe(first.receipt)
    const ta = await room.enrol('TA')
    const { attempt: work } = await readStudentWork(
      await authorizeStudent(ta, { assignmentId: room.assignmentId }, student.userId, 'assignment.inspect'),
    )
    expect(work).toMatchObject({
      receipt: second.receipt,
      superseded: [{ receipt: first.receipt, submittedAt: first.submittedAt!.toISOString(), points: 0 }],
    })
    const reopened = await staffDatabase.reopenedSubmission.findMany({ where: { attemptId } })
    expect(reopened).toMatchObject([
      { receipt: first.receipt, submittedAt: first.submittedAt, points: 0, maximum: 900, mayKnowKey: true },
    ])
    const audit = await staffDatabase.auditEvent.findMany({
      where: { subject: `attempt:${attemptId}` },
      orderBy: { id: 'asc' },
    })
    expect(audit.map(({ action }) => action)).toEqual([
      'attempt.start',
      'attempt.submit-ended',
      'attempt.reopen',
      'attempt.submit',
    ])
    expect(audit[2]).toMatchObject({ before: { receipt: first.receipt, points: 0, maximum: 900 } })

    for (const shown of [first.receipt, first.signedReceipt])
      expect(await check(shown)).toMatchObject({ verdict: 'valid', supersededAt: expect.any(String) })
    expect(await check(second.receipt)).toMatchObject({ verdict: 'valid', supersededAt: null })
  })

  it('notes that the key was shown when everybody had finished, long before the closing', async () => {
    const closesAt = minutes(600).toISOString().slice(0, 19)
    const whenAllDone = { scoreRelease: 'WHEN_ALL_DONE', keyRelease: 'WHEN_ALL_DONE', closesAt } as const
    const attemptId = await endedAttempt(whenAllDone)
    const shown = await (await call(getResult, 'GET', student, { params: { attemptId } })).json()
    expect(shown.score.parts[0].key).not.toBeNull()
    await extend({}, 50)
    expect(await staffDatabase.reopenedSubmission.findMany({ where: { attemptId } })).toMatchObject([
      { mayKnowKey: true },
    ])
  })

  it('for everybody does so for everybody, and ends as any attempt does', async () => {
    const first = await endedAttempt()
    await schedule({ timeLimitMinutes: 90 })
    expect((await rowOf(first)).submittedAt).toBeNull()
    await schedule({ timeLimitMinutes: 60 })
    await submitEndedAttempts(new Set())
    expect(await rowOf(first)).toMatchObject({ submittedBy: 'SERVER', receipt: expect.any(String) })
    expect(await staffDatabase.reopenedSubmission.count({ where: { attemptId: first } })).toBe(1)
  })

  it('that leaves no time changes nothing', async () => {
    const attemptId = await endedAttempt()
    const before = await rowOf(attemptId)
    await extend({}, 10)
    await schedule({ timeLimitMinutes: 60, attemptsAllowed: 2 })
    expect(await rowOf(attemptId)).toEqual(before)
  })

  it('leaves alone what the student has handed in, and an attempt that another one has followed', async () => {
    await schedule({ timeLimitMinutes: 60 })
    const own = await start()
    await submit(own)
    await extend({ timeLimitMinutes: 500 })
    expect((await rowOf(own)).submittedBy).toBe('STUDENT')

    student = await room.enrol('STUDENT')
    const ended = await endedAttempt()
    await schedule({ timeLimitMinutes: 60, attemptsAllowed: 2 })
    const { userId } = student
    await staffDatabase.attempt.create({ data: { assignmentId: room.assignmentId, userId, number: 2 } })
    await extend({ timeLimitMinutes: 500 })
    expect((await rowOf(ended)).submittedBy).toBe('SERVER')
  })

  it('at the moment of submission: it is one or the other, never half', async () => {
    for (let round = 0; round < 6; round++) {
      student = await room.enrol('STUDENT')
      await schedule({ timeLimitMinutes: 60 })
      const attemptId = await start()
      await staffDatabase.attempt.update({
        where: { id: attemptId },
        data: { startedAt: minutes(-75), endsAt: minutes(-15) },
      })
      await Promise.all([submitEndedAttempts(new Set()), extend({}, 100)])
      const row = await rowOf(attemptId)
      expect(row).toMatchObject({ submittedAt: null, receipt: null })
      expect(await staffDatabase.partScore.count({ where: { attemptId } })).toBe(0)
      expect(await save(attemptId, 'a', 1)).toBe(200)
    }
  })
})
