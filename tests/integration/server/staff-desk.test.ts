import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getAudit } from '@/app/api/assignments/[assignmentId]/audit/route'
import { GET as getScoreboard } from '@/app/api/assignments/[assignmentId]/scoreboard/route'
import { GET as getScores } from '@/app/api/assignments/[assignmentId]/scores/route'
import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import { readAudit } from '@/lib/audit/data'
import {
  authorizeAssignment,
  authorizeOwnAttempt,
  authorizeSaving,
  authorizeStudent,
  type Viewer,
} from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { addDemoClass } from '@/lib/demo-class/mutations'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import { readScoreboard } from '@/lib/scoreboard/data'
import type { Scoreboard } from '@/lib/scoreboard/view'
import { readStudentWork } from '@/lib/student-work/data'
import { submitAttempt } from '@/lib/submission/mutations'
import { type Classroom, call, inSession, openClassroom, stranger } from './classroom'

const address = (room: Classroom) => ({ assignmentId: room.assignmentId })

async function start(room: Classroom, student: Viewer): Promise<string> {
  const access = await authorizeAssignment(student, address(room), 'attempt.start')
  return (await startAttempt(access)).attemptId
}

async function choose(student: Viewer, attemptId: string, partId: string, ...saves: string[][]) {
  const own = await authorizeSaving(student, attemptId)
  for (const [index, optionIds] of saves.entries())
    await saveAnswer(inSession(student), own, partId, { optionIds, clientId: 'tab', revision: index + 1 })
}

const submit = async (student: Viewer, attemptId: string) =>
  submitAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.submit'))

describe('the scoreboard', () => {
  it('has a line for every student, in every state, and the progress of every part', async () => {
    const room = await openClassroom()
    const ta = await room.enrol('TA')
    const [idle, working, done] = [
      await room.enrol('STUDENT'),
      await room.enrol('STUDENT'),
      await room.enrol('STUDENT'),
    ]
    const begun = await start(room, working)
    await choose(working, begun, 'q01', ['b'])
    await choose(working, begun, 'q02', ['a'], [])
    const finished = await start(room, done)
    await choose(done, finished, 'q01', ['a'])
    await choose(done, finished, 'q02', ['a'], ['a', 'b'])
    await submit(done, finished)

    const board = await readScoreboard(await authorizeAssignment(ta, address(room), 'assignment.overview'))
    const line = (viewer: Viewer) => board.students.find((student) => student.userId === viewer.userId)
    expect(board).toMatchObject({ maximum: 900 })
    expect(board.students).toHaveLength(3)
    expect(line(idle)).toMatchObject({ state: 'not-started', startedAt: null, points: null, minutes: null })
    expect(line(working)).toMatchObject({
      state: 'working',
      answeredParts: 1,
      points: null,
      submittedAt: null,
    })
    expect(line(done)).toMatchObject({
      state: 'submitted',
      answeredParts: 2,
      points: 600,
      maximum: 900,
      simulated: false,
      minutes: expect.any(Number),
    })
    const attempt = await staffDatabase.attempt.findUniqueOrThrow({ where: { id: finished } })
    expect(line(done)?.submittedAt).toBe(attempt.submittedAt?.toISOString())
    expect(
      board.parts.map(({ label, answered, scored, points }) => [label, answered, scored, points]),
    ).toEqual([
      ['1', 2, 1, 300],
      ['2', 1, 1, 300],
      ['3', 0, 1, 0],
    ])
  })

  it('is answered again only when something has changed, and to staff only', async () => {
    const room = await openClassroom()
    const [ta, student] = [await room.enrol('TA'), await room.enrol('STUDENT')]
    const ask = (viewer: Viewer | null, headers = {}) =>
      call(getScoreboard, 'GET', viewer, { params: address(room), headers })
    const first = await ask(ta)
    const tag = first.headers.get('etag')!
    expect(((await first.json()) as Scoreboard).students).toHaveLength(1)
    expect((await ask(ta, { 'if-none-match': tag })).status).toBe(304)
    await start(room, student)
    await expect
      .poll(async () => (await ask(ta, { 'if-none-match': tag })).status, { timeout: 5000 })
      .toBe(200)
    for (const handler of [getScoreboard, getScores]) {
      const status = async (viewer: Viewer | null) =>
        (await call(handler, 'GET', viewer, { params: address(room) })).status
      expect(await status(student)).toBe(403)
      expect(await status(await stranger())).toBe(404)
      expect(await status(null)).toBe(401)
    }
  })

  it('as a table has a column for every part', async () => {
    const room = await openClassroom()
    const [ta, student] = [await room.enrol('TA'), await room.enrol('STUDENT')]
    await staffDatabase.user.update({ where: { id: student.userId }, data: { name: '=1+1' } })
    const attemptId = await start(room, student)
    await choose(student, attemptId, 'q01', ['a'])
    await submit(student, attemptId)
    const response = await call(getScores, 'GET', ta, { params: address(room) })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const [header, line] = (await response.text()).split('\r\n')
    expect(header).toMatch(/^\uFEFF?name,email,simulated,.*,q01,q02,q03$/)
    expect(line).toMatch(/^'=1\+1,.*,no,,submitted,1,0\.3,0\.9,.*,0\.3,0,0$/)
  })
})

describe('item statistics', () => {
  it('say nothing about three students', async () => {
    const room = await openClassroom()
    const ta = await room.enrol('TA')
    const access = await authorizeAssignment(ta, address(room), 'assignment.statistics')
    expect(await readItemAnalysis(access, 'first')).toMatchObject({
      analysis: { kind: 'too-few', students: 0, needed: 10 },
      items: [],
    })
  })

  describe('of a class', () => {
    let room: Classroom
    let ta: Viewer
    beforeAll(async () => {
      room = await openClassroom()
      ta = await room.enrol('TA')
      const settings = { courseSlug: room.courseSlug, assignmentSlug: 'hw', students: 60, seed: 3 }
      await addDemoClass({ ...settings, now: new Date() })
    })
    const analyse = async (attempts: 'first' | 'latest') =>
      readItemAnalysis(await authorizeAssignment(ta, address(room), 'assignment.statistics'), attempts)

    it('agree with the rows in the database', async () => {
      const { analysis, items, simulated, leftOut } = await analyse('first')
      if (analysis.kind === 'too-few') throw new Error('too few')
      const where = { attempt: { assignmentId: room.assignmentId, submittedAt: { not: null } } }
      const [scores, answers] = await Promise.all([
        staffDatabase.partScore.findMany({ where }),
        staffDatabase.answer.findMany({ where }),
      ])
      expect(scores).toHaveLength(3 * analysis.students)
      expect([simulated, leftOut]).toEqual([analysis.students, 0])
      for (const { statistics } of items) {
        const points = scores.filter((score) => score.partId === statistics.id)
        const sum = points.reduce((all, score) => all + score.points, 0)
        expect(statistics.difficulty).toBeCloseTo(sum / 300 / analysis.students, 12)
        for (const option of statistics.options)
          expect(option.count).toBe(
            answers.filter(
              (answer) => answer.partId === statistics.id && answer.optionIds.includes(option.id),
            ).length,
          )
      }
    })

    it('count first attempts unless the latest are asked for, and leave out attempts at other parts', async () => {
      const attempt = await staffDatabase.attempt.findFirstOrThrow({
        where: { assignmentId: room.assignmentId, submittedAt: { not: null } },
        include: { scores: true },
      })
      const again = await staffDatabase.attempt.create({
        data: { assignmentId: room.assignmentId, userId: attempt.userId, number: 2, submittedAt: new Date() },
      })
      const [before, latest] = [await analyse('first'), await analyse('latest')]
      // The second attempt has no scores: it met other parts than the assignment has.
      expect(latest.leftOut).toBe(before.leftOut + 1)
      expect(latest.analysis.students).toBe(before.analysis.students - 1)
      await staffDatabase.partScore.createMany({
        data: attempt.scores.map((score) => ({ ...score, attemptId: again.id, points: 300 })),
      })
      // What a process has read it remembers for a second.
      await expect
        .poll(async () => (await analyse('latest')).analysis.students, { timeout: 5000 })
        .toBe(before.analysis.students)
      expect(await analyse('first')).toEqual(before)
      await staffDatabase.attempt.delete({ where: { id: again.id } })
    })
  })
})

describe('a student’s page', () => {
  it('has each answer with its history, score, rule and versions', async () => {
    const room = await openClassroom()
    const [ta, student] = [await room.enrol('TA'), await room.enrol('STUDENT')]
    const open = (viewer: Viewer, studentId: string) =>
      authorizeStudent(viewer, address(room), studentId, 'assignment.inspect').then(readStudentWork)
    expect(await open(ta, student.userId)).toMatchObject({ state: 'not-started', attempt: null })
    const attemptId = await start(room, student)
    await choose(student, attemptId, 'q02', ['a'], ['a', 'b'])
    const working = await open(ta, student.userId)
    expect(working).toMatchObject({ state: 'working', attempt: { points: null } })
    expect(working.attempt?.questions[1]?.parts[0]).toMatchObject({
      chosen: ['a', 'b'],
      history: [
        { optionIds: ['a'], revision: 1 },
        { optionIds: ['a', 'b'], revision: 2 },
      ],
      score: null,
      key: { correct: ['a', 'b'] },
    })
    await submit(student, attemptId)
    const done = await open(ta, student.userId)
    expect(done).toMatchObject({ state: 'submitted', attempt: { points: 300, maximum: 900 } })
    expect(done.attempt?.questions[1]).toMatchObject({
      version: 1,
      parts: [{ score: { points: 300, maximum: 300, rule: 'exact', keyVersion: 1 } }],
    })
    await expect(open(student, student.userId)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(open(ta, ta.userId)).rejects.toMatchObject({ code: 'not-found' })
    const elsewhere = await openClassroom()
    const other = await elsewhere.enrol('STUDENT')
    await expect(open(ta, other.userId)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the history', () => {
  it('has what was done to this assignment only, is searched by words, and is for staff', async () => {
    const [room, elsewhere] = [await openClassroom(), await openClassroom()]
    const [ta, student] = [await room.enrol('TA'), await room.enrol('STUDENT')]
    const attemptId = await start(room, student)
    await submit(student, attemptId)
    await start(elsewhere, await elsewhere.enrol('STUDENT'))
    const access = await authorizeAssignment(ta, address(room), 'assignment.audit')
    const find = async (q: string, before?: string) => readAudit(access, { q, ...(before && { before }) })
    const { lines, next } = await find('')
    expect(next).toBeNull()
    expect(lines.map(({ action }) => action)).toEqual([
      'attempt.submit',
      'attempt.start',
      ...Array<string>(3).fill('seed.question'),
      'seed.assignment',
    ])
    expect(lines[0]).toMatchObject({
      actor: { name: student.name },
      about: `${student.name} ${student.email}`,
      after: { maximum: 900 },
    })
    expect((await find(`SUBMIT ${student.name}`)).lines).toHaveLength(1)
    expect((await find('100%')).lines).toHaveLength(0)
    expect((await find('', lines[0]!.id)).lines).toEqual(lines.slice(1))

    const ask = (viewer: Viewer) =>
      call(getAudit, 'GET', viewer, { params: address(room), query: '?q=attempt.start' })
    const exported = await (await ask(ta)).text()
    expect(exported.trim().split('\r\n')).toHaveLength(2)
    expect((await ask(student)).status).toBe(403)
  })

  it('cannot be changed or removed', async () => {
    await openClassroom()
    const refused = /append-only/
    await expect(staffDatabase.auditEvent.updateMany({ data: { action: 'x' } })).rejects.toThrow(refused)
    await expect(staffDatabase.auditEvent.deleteMany()).rejects.toThrow(refused)
    await expect(staffDatabase.$executeRaw`TRUNCATE "AuditEvent"`).rejects.toThrow(refused)
  })
})
