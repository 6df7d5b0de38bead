import { beforeEach, describe, expect, it, vi } from 'vitest'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { PUT as putAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { GET as getResult } from '@/app/api/attempts/[attemptId]/result/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import { GET as getTime } from '@/app/api/attempts/[attemptId]/time/route'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, type Viewer } from '@/lib/auth/gate'
import { readStaffOverview } from '@/lib/courses/data'
import { readAssignmentForStudent } from '@/lib/courses/front-page/data'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import { readScoreboard } from '@/lib/scoreboard/data'
import { submitEndedAttempts } from '@/lib/submission/mutations'
import { receiptCode } from '@/lib/submission/receipt-code'
import { hashAnswers, receiptPublicKey, verifyReceipt } from '@/lib/submission/signed-receipt'
import { graceSeconds } from '@/lib/timing/access-timeline'
import { setSchedule, setStudentSchedule } from '@/lib/timing/mutations'
import type { ScheduleInput, StudentScheduleInput } from '@/lib/timing/schema'
import { type Classroom, call, openClassroom, openSchedule } from './classroom'

let room: Classroom
let student: Viewer
beforeEach(async () => {
  room = await openClassroom()
  student = await room.enrol('STUDENT')
})

const seconds = (count: number) => new Date(Date.now() + count * 1000)
/** A wall clock of UTC. */
const wall = (moment: Date) => moment.toISOString().slice(0, 19)
const schedule = async (given: Partial<ScheduleInput>) =>
  setSchedule(await room.scheduling(), { ...openSchedule, ...given })
const ownSchedule = async (override: Partial<StudentScheduleInput['override']>, extraTimePercent = 0) =>
  setStudentSchedule(await room.scheduling(), student.userId, {
    extraTimePercent,
    override: {
      opensAt: null,
      dueAt: null,
      closesAt: null,
      timeLimitMinutes: null,
      extraTimePercent: null,
      attemptsAllowed: null,
      reason: '',
      ...override,
    },
  })

async function start(number?: number) {
  const query = number === undefined ? '' : `?number=${number}`
  const response = await call(postStart, 'POST', student, {
    params: { assignmentId: room.assignmentId },
    query,
  })
  return (await response.json()) as { attemptId: string; number: number; started: boolean; code?: string }
}

async function save(attemptId: string, optionIds: string[], revision: number, partId = 'q01') {
  const body = { optionIds, clientId: 't', revision }
  const response = await call(putAnswer, 'PUT', student, { params: { attemptId, partId }, body })
  return { http: response.status, ...((await response.json()) as Record<string, unknown>) }
}

const submit = async (attemptId: string) =>
  (await (await call(postSubmit, 'POST', student, { params: { attemptId } })).json()) as Record<
    string,
    unknown
  >
const attemptRow = (id: string) => staffDatabase.attempt.findUniqueOrThrow({ where: { id } })
/** As if the attempt had begun earlier, or time had passed. */
const moveEnd = (id: string, endsAt: Date) =>
  staffDatabase.attempt.update({ where: { id }, data: { endsAt } })
const front = async () =>
  readAssignmentForStudent(
    await authorizeAssignment(student, { assignmentId: room.assignmentId }, 'assignment.read'),
  )

describe('the end of an attempt', () => {
  it('is the time limit or the closing, with extra time, and moves while the attempt runs', async () => {
    await schedule({ timeLimitMinutes: 60 })
    const { attemptId } = await start()
    const { startedAt, endsAt } = await attemptRow(attemptId)
    const minutesOf = (end: Date | null) => ((end?.getTime() ?? 0) - startedAt.getTime()) / 60_000
    expect(minutesOf(endsAt)).toBe(60)
    await ownSchedule({}, 50)
    expect(minutesOf((await attemptRow(attemptId)).endsAt)).toBe(90)
    await ownSchedule({ timeLimitMinutes: 120, extraTimePercent: 0, reason: 'ill' }, 50)
    expect(minutesOf((await attemptRow(attemptId)).endsAt)).toBe(120)
    await ownSchedule({})
    expect(await staffDatabase.assignmentOverride.count({ where: { userId: student.userId } })).toBe(0)
    expect(minutesOf((await attemptRow(attemptId)).endsAt)).toBe(60)
    const closing = new Date(Math.floor(seconds(600).getTime() / 1000) * 1000)
    await schedule({ timeLimitMinutes: 60, closesAt: wall(closing) })
    expect((await attemptRow(attemptId)).endsAt).toEqual(closing)
    const time = await (await call(getTime, 'GET', student, { params: { attemptId } })).json()
    expect(time).toMatchObject({ running: true, boundaries: [{ kind: 'closes', at: closing.toISOString() }] })
  })

  it('takes saves under way for the grace, and says so; then none, with the reason', async () => {
    await schedule({ timeLimitMinutes: 60 })
    const { attemptId } = await start()
    expect(await save(attemptId, ['a'], 1)).toMatchObject({ status: 'stored', inGrace: false })
    await moveEnd(attemptId, seconds(-2))
    expect(await save(attemptId, ['b'], 2)).toMatchObject({ status: 'stored', inGrace: true })
    const events = await staffDatabase.answerEvent.findMany({ where: { attemptId }, orderBy: { id: 'asc' } })
    expect(events.map(({ inGrace }) => inGrace)).toEqual([false, true])
    await moveEnd(attemptId, seconds(-graceSeconds - 1))
    expect(await save(attemptId, ['c'], 3)).toMatchObject({
      http: 409,
      code: 'attempt-time-over',
      stored: { optionIds: ['b'] },
    })
  })

  it('an extension opens an attempt that had run out but was not submitted yet', async () => {
    await schedule({ timeLimitMinutes: 60 })
    const { attemptId } = await start()
    const startedAt = seconds(-3700)
    await staffDatabase.attempt.update({
      where: { id: attemptId },
      data: { startedAt, endsAt: seconds(-100) },
    })
    expect((await save(attemptId, ['a'], 1)).http).toBe(409)
    await ownSchedule({}, 100)
    expect((await save(attemptId, ['a'], 1)).http).toBe(200)
  })
})

describe('submission by the server', () => {
  it('happens once per attempt, however many watch, and is dated to the end', async () => {
    await schedule({ timeLimitMinutes: 60 })
    const { attemptId } = await start()
    await save(attemptId, ['a'], 1)
    await submitEndedAttempts(new Set())
    expect((await attemptRow(attemptId)).submittedAt).toBeNull()
    const endsAt = seconds(-graceSeconds - 5)
    await moveEnd(attemptId, endsAt)
    await Promise.all([
      ...Array.from({ length: 4 }, () => submitEndedAttempts(new Set())),
      submit(attemptId),
      call(getTime, 'GET', student, { params: { attemptId } }),
    ])
    const row = await attemptRow(attemptId)
    expect(row).toMatchObject({ submittedAt: endsAt, submittedBy: 'SERVER', creditPercent: 100 })
    expect(await staffDatabase.partScore.count({ where: { attemptId } })).toBe(3)
    const audit = await staffDatabase.auditEvent.findMany({
      where: { subject: `attempt:${attemptId}`, action: { startsWith: 'attempt.submit' } },
    })
    expect(audit.map(({ action }) => action)).toEqual(['attempt.submit-ended'])
    expect(await submit(attemptId)).toMatchObject({ receipt: row.receipt, first: false })
  })

  it('is told by the database’s clock: a machine whose own is an hour ahead gives nobody time and ends nothing', async () => {
    await schedule({ timeLimitMinutes: 30 })
    const { assignmentId } = await room.scheduling()
    const access = await authorizeAssignment(student, { assignmentId }, 'attempt.start')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    let attemptId = ''
    try {
      attemptId = (await startAttempt(access)).attemptId
      await submitEndedAttempts(new Set())
    } finally {
      vi.useRealTimers()
    }
    const { submittedAt, endsAt } = await attemptRow(attemptId)
    expect(submittedAt).toBeNull()
    expect(endsAt!.getTime()).toBeLessThanOrEqual(seconds(30 * 60).getTime())
  })

  it('leaves an attempt that cannot be submitted, and goes on with the others', async () => {
    await schedule({ timeLimitMinutes: 60 })
    const broken = await start()
    await staffDatabase.answerKey.deleteMany({
      where: { questionVersion: { pins: { some: { attemptId: broken.attemptId } } } },
    })
    await moveEnd(broken.attemptId, seconds(-600))
    room = await openClassroom()
    student = await room.enrol('STUDENT')
    const sound = await start()
    await moveEnd(sound.attemptId, seconds(-300))
    const failed = new Set<string>()
    while ((await submitEndedAttempts(failed)) > 0);
    expect([...failed]).toEqual([broken.attemptId])
    expect((await attemptRow(sound.attemptId)).submittedBy).toBe('SERVER')
    await staffDatabase.attempt.delete({ where: { id: broken.attemptId } })
  })

  it('who had finished before the due date is not late, though the server submits after it', async () => {
    await schedule({ dueAt: wall(seconds(60)), lateTiers: [{ untilMinutes: null, creditPercent: 50 }] })
    const early = (await start()).attemptId
    await save(early, ['a'], 1)
    await moveEnd(early, seconds(-graceSeconds - 1))
    await schedule({
      dueAt: wall(seconds(-40)),
      closesAt: wall(seconds(-20)),
      lateTiers: [{ untilMinutes: null, creditPercent: 50 }],
    })
    await staffDatabase.answerEvent.updateMany({
      where: { attemptId: early },
      data: { savedAt: seconds(-120) },
    })
    await submitEndedAttempts(new Set())
    expect(await attemptRow(early)).toMatchObject({ submittedBy: 'SERVER', creditPercent: 100 })
  })
})

describe('late credit', () => {
  it('is a line of its own in the result, and an extension afterwards gives it back', async () => {
    await schedule({
      dueAt: wall(seconds(-3600)),
      lateTiers: [{ untilMinutes: 24 * 60, creditPercent: 75 }],
    })
    const { attemptId } = await start()
    await save(attemptId, ['a'], 1)
    await submit(attemptId)
    const result = async () =>
      ((await (await call(getResult, 'GET', student, { params: { attemptId } })).json()) as { score: object })
        .score
    expect(await result()).toMatchObject({ earned: 300, creditPercent: 75, points: 225, maximum: 900 })
    const ta = await room.enrol('TA')
    const overview = await readStaffOverview(
      await authorizeAssignment(ta, { assignmentId: room.assignmentId }, 'assignment.overview'),
    )
    expect(overview.students[0]).toMatchObject({ attempts: 1, score: { points: 225, maximum: 900 } })
    const board = await readScoreboard(
      await authorizeAssignment(ta, { assignmentId: room.assignmentId }, 'assignment.overview'),
    )
    expect(board.students[0]).toMatchObject({ points: 225, maximum: 900 })
    await ownSchedule({ dueAt: wall(seconds(3600)) })
    expect(await result()).toMatchObject({ earned: 300, creditPercent: 100, points: 300 })
  })
})

describe('several attempts', () => {
  it('each asked for by number, no more than allowed, and the highest counts', async () => {
    await schedule({ attemptsAllowed: 2 })
    const first = await start()
    expect(first).toMatchObject({ number: 1, started: true })
    // The first is still open: a second one has to wait.
    expect(await start(2)).toMatchObject({ attemptId: first.attemptId, started: false })
    await save(first.attemptId, ['a'], 1)
    await submit(first.attemptId)
    expect(await start()).toMatchObject({ attemptId: first.attemptId, started: false })
    expect(await front()).toMatchObject({
      step: { kind: 'start', number: 2 },
      attempts: [{ number: 1, score: { points: 300, maximum: 900 }, counts: true }],
    })
    const both = await Promise.all([start(2), start(2), start(2)])
    expect(new Set(both.map(({ attemptId }) => attemptId)).size).toBe(1)
    expect(both.filter(({ started }) => started)).toHaveLength(1)
    const second = both[0]!
    // The key of the first attempt would answer the second.
    const withheld = await call(getResult, 'GET', student, { params: { attemptId: first.attemptId } })
    expect(JSON.stringify(await withheld.json())).not.toMatch(/"correct"|because/)
    await submit(second.attemptId)
    expect((await front()).attempts.map(({ number, counts }) => [number, counts])).toEqual([
      [1, true],
      [2, false],
    ])
    const shown = await call(getResult, 'GET', student, { params: { attemptId: first.attemptId } })
    expect(JSON.stringify(await shown.json())).toMatch(/"correct"/)
    expect(await start(3)).toMatchObject({ code: 'attempts-used-up' })
    await ownSchedule({ attemptsAllowed: 3 })
    expect(await start(3)).toMatchObject({ number: 3, started: true })
  })

  it('start an attempt and move the closing at once: the attempt has the new end', async () => {
    for (let round = 0; round < 5; round++) {
      student = await room.enrol('STUDENT')
      const closing = wall(seconds(1000 + round))
      const [started] = await Promise.all([start(), schedule({ closesAt: closing })])
      expect(wall((await attemptRow(started.attemptId)).endsAt!)).toBe(closing)
      await schedule({})
    }
  })
})

describe('release when everybody has finished', () => {
  it('waits for the last extension', async () => {
    await schedule({
      closesAt: wall(seconds(60)),
      scoreRelease: 'WHEN_ALL_DONE',
      keyRelease: 'WHEN_ALL_DONE',
    })
    const { attemptId } = await start()
    await submit(attemptId)
    const other = student
    student = await room.enrol('STUDENT')
    await ownSchedule({ closesAt: wall(seconds(3600)) })
    const extended = await start()
    const result = async () =>
      (await (await call(getResult, 'GET', other, { params: { attemptId } })).json()) as Record<
        string,
        unknown
      >
    expect(await result()).toMatchObject({ score: null, releasedAt: expect.any(String) })
    await submit(extended.attemptId)
    expect(await result()).toMatchObject({ score: { maximum: 900 } })
  })
})

describe('settings', () => {
  it('are refused with every field that does not fit, and nothing is changed', async () => {
    const wrong = schedule({
      timeZone: 'Europe/Berlin',
      opensAt: '2027-03-28T02:30',
      dueAt: '2027-03-29T10:00',
      closesAt: '2027-03-29T09:00',
      scoreRelease: 'AT_DATE',
    })
    await expect(wrong).rejects.toMatchObject({
      code: 'invalid-request',
      options: {
        fields: [
          { path: 'body.opensAt', issue: 'no-such-time' },
          { path: 'body.closesAt', issue: 'closes-before-due' },
          { path: 'body.scoreReleaseAt', issue: 'release-needs-date' },
        ],
      },
    })
    const row = await staffDatabase.assignment.findUniqueOrThrow({ where: { id: room.assignmentId } })
    expect(row.dueAt).toBeNull()
  })

  it('are changed by two at once: neither undoes what the other has set', async () => {
    const dueAt = wall(seconds(60))
    await setSchedule(await room.scheduling(), { ...openSchedule, known: openSchedule, dueAt })
    const own = { ...openSchedule, scoreRelease: 'NEVER' as const }
    await setSchedule(await room.scheduling(), { ...own, known: openSchedule })
    expect(
      await staffDatabase.assignment.findUniqueOrThrow({ where: { id: room.assignmentId } }),
    ).toMatchObject({ dueAt: new Date(`${dueAt}Z`), scoreRelease: 'NEVER', keyRelease: 'ON_SUBMIT' })
  })

  it('are in the history, with what was before', async () => {
    await schedule({ attemptsAllowed: 3 })
    const [event] = await staffDatabase.auditEvent.findMany({
      where: { action: 'assignment.schedule', subject: `assignment:${room.assignmentId}` },
    })
    expect(event).toMatchObject({ before: { attemptsAllowed: 1 }, after: { attemptsAllowed: 3 } })
  })
})

describe('the signed receipt', () => {
  it('says what was handed in, and its name is its hash', async () => {
    const { attemptId } = await start()
    await save(attemptId, ['a'], 1)
    await save(attemptId, ['b', 'a'], 1, 'q02')
    const submitted = await submit(attemptId)
    const signed = String(submitted.signedReceipt)
    expect(submitted.receipt).toBe(receiptCode(signed))
    const verdict = verifyReceipt(signed, receiptPublicKey(environment().receiptKey))
    expect(verdict).toMatchObject({
      valid: true,
      statement: {
        attempt: attemptId,
        student: student.userId,
        submittedAt: submitted.submittedAt,
        submittedBy: 'student',
        answered: 2,
        answersSha256: hashAnswers(
          new Map([
            ['q01', ['a']],
            ['q02', ['a', 'b']],
          ]),
        ),
      },
    })
  })
})
